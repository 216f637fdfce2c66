import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import type { Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Prompt } from '../../shared/model/prompt'
import type { Link } from './link'
import { openSshLink, type SshLinkOptions } from './ssh'
import { describeSshLink, listenEcho } from './testing/link-suite'
import { startSshd, type TestSshd } from './testing/sshd'

let sshd: TestSshd
let echo: Server
let echoPath: string
let lines: string[] = []
const opened: Link[] = []

function open(to: TestSshd, more: Partial<SshLinkOptions> = {}): Promise<Link> {
  return openSshLink({
    host: '127.0.0.1',
    port: to.port,
    user: to.user,
    keyFile: to.keyFile,
    knownHostsFile: to.knownHostsFile,
    home: to.directory,
    agent: '',
    ask: async (prompt: Prompt) => {
      throw new Error(`nobody should be asked: ${prompt.kind}`)
    },
    onStage: () => undefined,
    log: (line) => lines.push(line),
    ...more,
  })
}

async function connect(to: TestSshd, more: Partial<SshLinkOptions> = {}): Promise<Link> {
  const link = await open(to, more)
  opened.push(link)
  return link
}

beforeAll(async () => {
  sshd = await startSshd()
  echoPath = join(sshd.directory, 'echo sock')
  echo = await listenEcho(echoPath)
})
afterEach(async () => {
  for (const link of opened.splice(0)) await link.close()
  lines = []
})
afterAll(async () => {
  echo?.close()
  await sshd?.stop()
})

describeSshLink('ssh link by our own engine', { connect: (to) => open(to) })

describe('ssh link to a real sshd', () => {
  it('writes no secret and no key into the log', async () => {
    await connect(sshd)
    const key = await readFile(sshd.keyFile, 'utf8')
    expect(lines).toContain('Signed in')
    for (const line of lines) expect(key).not.toContain(line)
  })

  it('is refused with cause and cure when the host does not know the key', async () => {
    const stranger = join(sshd.directory, 'stranger')
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', stranger])
    await expect(connect(sshd, { keyFile: stranger })).rejects.toMatchObject({
      kind: 'auth-failed',
      message: expect.stringContaining('refused the key'),
      detail: 'The host accepts: publickey',
    })
  })

  it.each(['rsa', 'ecdsa'])('signs in with an %s key', async (type) => {
    const keyFile = join(sshd.directory, `key-${type}`)
    execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-f', keyFile])
    execFileSync('sh', ['-c', 'cat "$0" >> "$1"', `${keyFile}.pub`, join(sshd.directory, 'authorized_keys')])
    const link = await connect(sshd, { keyFile })
    expect((await link.run(['true'])).code).toBe(0)
  })

  it('signs in with a key that only the ssh agent holds', async () => {
    const socket = join(sshd.directory, 'agent')
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] })
    try {
      await once(agent.stdout, 'data')
      const env = { ...process.env, SSH_AUTH_SOCK: socket }
      execFileSync('ssh-add', ['-q', sshd.keyFile], { env, stdio: 'ignore' })
      const link = await openSshLink({
        host: '127.0.0.1',
        port: sshd.port,
        user: sshd.user,
        knownHostsFile: sshd.knownHostsFile,
        home: join(sshd.directory, 'empty-home'),
        agent: socket,
        ask: async () => null,
        onStage: () => undefined,
        log: () => undefined,
      })
      opened.push(link)
      expect((await link.run(['true'])).code).toBe(0)
    } finally {
      agent.kill()
    }
  })

  it('adds the host key so that ssh itself then trusts it', async () => {
    const known = join(sshd.directory, 'fresh', 'known_hosts')
    await connect(sshd, {
      knownHostsFile: known,
      ask: async () => ({ kind: 'host-key', accept: true }),
    })
    const printed = execFileSync('ssh', [
      ...['-F', 'none', '-o', 'StrictHostKeyChecking=yes', '-o', `UserKnownHostsFile=${known}`],
      ...['-o', 'BatchMode=yes', '-i', sshd.keyFile, '-p', String(sshd.port)],
      `${sshd.user}@127.0.0.1`,
      'echo trusted',
    ])
    expect(printed.toString()).toBe('trusted\n')
    await rm(known)
  })
})

describe('ssh link beyond what an sshd allows', () => {
  it('names the netcat that is missing where Unix sockets are not forwarded', async () => {
    const strict = await startSshd(['AllowStreamLocalForwarding no'])
    try {
      const link = await connect(strict, { netcat: 'innkeeper-no-netcat' })
      const stream = await link.openUnix(echoPath)
      const [error] = (await once(stream, 'error')) as [Error]
      expect(error).toMatchObject({ kind: 'unsupported', cure: expect.stringContaining('netcat-openbsd') })
    } finally {
      await strict.stop()
    }
  })

  it('goes on with what is open over its one connection when no session is left', async () => {
    const few = await startSshd(['MaxSessions 1'])
    try {
      const link = await connect(few)
      const command = await link.exec(['cat'])
      const streams = await Promise.all(Array.from({ length: 3 }, () => link.openUnix(echoPath)))
      const refused = await Promise.allSettled(Array.from({ length: 4 }, () => link.exec(['true'])))
      for (const result of refused) {
        expect(result).toMatchObject({
          status: 'rejected',
          reason: {
            kind: 'busy',
            message: 'The host starts no further commands over this ssh connection',
            cure: 'What is open goes on. Close some consoles or raise MaxSessions in sshd_config on the host',
          },
        })
      }
      for (const stream of [command.stream, ...streams]) {
        stream.write('still here')
        const [chunk] = (await once(stream, 'data')) as [Buffer]
        expect(chunk.toString()).toBe('still here')
      }
      expect(few.openConnections()).toBe(1)
      expect(few.connections()).toBe(1)
    } finally {
      await few.stop()
    }
  })
})
