import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest'
import type { Prompt, PromptAnswer } from '../../../shared/model/prompt'
import type { Link } from '../link'
import { openSystemSshLink, type SystemSshLinkOptions } from '../system-ssh'
import { makeKey } from './ssh-server'
import { startSshd, type TestSshd } from './sshd'

export interface SystemSshPlace {
  /** A folder for the test's own files. */
  readonly files: string
  /** Folders of links, and the processes that belong to them: what a link that ended must not leave behind. */
  leftovers(): { folders: string[]; processes: string[] }
  remove(): void
}

/** A temporary folder of its own, so that what links leave behind can be told from everything else. */
export function makeSystemSshPlace(): SystemSshPlace {
  const folder = mkdtempSync('/tmp/ikt-')
  const files = mkdtempSync('/tmp/ikf-')
  vi.stubEnv('TMPDIR', folder)
  return {
    files,
    leftovers: () => ({
      folders: readdirSync(folder).filter((name) => name.startsWith('ik-')),
      processes: execFileSync('ps', ['-eo', 'pid,args'])
        .toString()
        .split('\n')
        .filter((line) => line.includes(join(folder, 'ik-'))),
    }),
    remove: () => {
      vi.unstubAllEnvs()
      rmSync(folder, { recursive: true, force: true })
      rmSync(files, { recursive: true, force: true })
    },
  }
}

export interface SystemSshBench {
  readonly place: SystemSshPlace
  /** A server that lets a key in. */
  readonly sshd: TestSshd
  /** Since the test began. */
  readonly asked: Prompt[]
  readonly lines: string[]
  /** Links and servers to be closed after the test. */
  readonly opened: { close(): Promise<void> }[]
  open(answers: Answer[], more?: Partial<SystemSshLinkOptions>): Promise<Link>
  /** A key of that passphrase which the server lets in. */
  lockedKey(name: string, passphrase: string): string
}

export type Answer = PromptAnswer | ((prompt: Prompt) => PromptAnswer | Promise<PromptAnswer>)
export const say = (value: string): PromptAnswer => ({ kind: 'text', values: [value] })

/** To be called at the top of a test file. After each test it checks that no link left anything behind. */
export function systemSshBench(): SystemSshBench {
  const asked: Prompt[] = []
  const lines: string[] = []
  const opened: { close(): Promise<void> }[] = []
  let sshd: TestSshd | undefined
  let place: SystemSshPlace | undefined
  const have = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('not set up yet')
    return part
  }
  beforeAll(async () => {
    sshd = await startSshd()
    place = makeSystemSshPlace()
  })
  afterEach(async () => {
    for (const thing of opened.splice(0)) await thing.close()
    asked.length = 0
    lines.length = 0
    expect(place?.leftovers()).toEqual({ folders: [], processes: [] })
  })
  afterAll(async () => {
    place?.remove()
    await sshd?.stop()
  })
  return {
    get place() {
      return have(place)
    },
    get sshd() {
      return have(sshd)
    },
    asked,
    lines,
    opened,
    async open(answers, more = {}) {
      const to = have(sshd)
      const queue = [...answers]
      const link = await openSystemSshLink({
        host: '127.0.0.1',
        port: to.port,
        user: to.user,
        keyFile: to.keyFile,
        knownHostsFile: to.knownHostsFile,
        configFile: 'none',
        agent: '',
        ask: async (prompt) => {
          asked.push(prompt)
          const answer = queue.shift()
          if (answer === undefined) throw new Error(`nobody should be asked: ${JSON.stringify(prompt)}`)
          return typeof answer === 'function' ? answer(prompt) : answer
        },
        onStage: (stage) => lines.push(`stage: ${stage}`),
        log: (line) => lines.push(line),
        ...more,
      })
      opened.push(link)
      return link
    },
    lockedKey(name, passphrase) {
      const file = join(have(place).files, name)
      writeFileSync(file, makeKey('ed25519', passphrase), { mode: 0o600 })
      const publicKey = execFileSync('ssh-keygen', ['-y', '-P', passphrase, '-f', file])
      writeFileSync(join(have(sshd).directory, 'authorized_keys'), publicKey, { flag: 'a' })
      return file
    },
  }
}
