import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Prompt, PromptAnswer } from '../../shared/model/prompt'
import type { Link } from './link'
import { openSshLink, type SshLinkOptions } from './ssh'
import { TestSshClient, typed } from './testing/ssh-client'
import { startSshd, type TestSshd } from './testing/sshd'

let edge: TestSshd
let inner: TestSshd
let db: TestSshd
let client: TestSshClient
const links: Link[] = []

beforeAll(async () => {
  ;[edge, inner, db] = await Promise.all([startSshd(), startSshd(), startSshd()])
})
afterAll(() => Promise.all([edge?.stop(), inner?.stop(), db?.stop()]))
beforeEach(async () => {
  client = await TestSshClient.create()
})
afterEach(async () => {
  for (const link of links.splice(0)) await link.close()
  await client.end()
})

const never = (prompt: Prompt): never => {
  throw new Error(`nobody should be asked: ${prompt.kind}`)
}

const block = (name: string, sshd: TestSshd, ...more: string[]): string =>
  [
    `Host ${name}`,
    'HostName 127.0.0.1',
    `Port ${sshd.port}`,
    `User ${sshd.user}`,
    `IdentityFile ${sshd.keyFile}`,
    ...more,
    `UserKnownHostsFile ${sshd.knownHostsFile}`,
    '',
  ].join('\n')

async function connect(
  config: string,
  answers: (prompt: Prompt) => PromptAnswer = never,
  more: Partial<SshLinkOptions> = {},
): Promise<Link> {
  await client.write('config', config)
  const link = await openSshLink({
    host: 'db',
    home: client.home,
    systemConfigFile: '',
    agent: '',
    ask: async (prompt) => {
      client.asked.push(prompt)
      return answers(prompt)
    },
    onStage: () => undefined,
    log: (text) => client.logged.push(text),
    ...more,
  })
  links.push(link)
  return link
}

/** Which ports a command on the target sees its connection come from and go to. */
const portsSeen = async (link: Link): Promise<string[]> =>
  (await link.run(['sh', '-c', 'echo $SSH_CONNECTION'])).stdout.trim().split(' ')

describe('a host behind jump hosts', () => {
  it('is reached through the alias’s jump host with one connection to each', async () => {
    const before = [edge.connections(), db.connections()]
    const link = await connect(block('db', db, 'ProxyJump edge') + block('edge', edge))
    const results = await Promise.all([link.run(['echo', 'a']), link.run(['echo', 'b']), portsSeen(link)])
    expect(results[0]).toMatchObject({ stdout: 'a\n' })
    expect(results[2].at(-1)).toBe(String(db.port))
    const stream = await link.openTcp('127.0.0.1', inner.port)
    const [greeting] = (await once(stream, 'data')) as [Buffer]
    expect(greeting.toString()).toMatch(/^SSH-2\.0-OpenSSH/)
    stream.destroy()
    expect([edge.connections(), db.connections()]).toEqual(before.map((count) => count + 1))
  })

  it('is reached through two jump hosts, the first of which has to be passed for the second', async () => {
    const before = [edge, inner, db].map((sshd) => sshd.signIns())
    const link = await connect(
      block('db', db, 'ProxyJump inner') + block('inner', inner, 'ProxyJump edge') + block('edge', edge),
    )
    expect((await portsSeen(link)).at(-1)).toBe(String(db.port))
    expect([edge, inner, db].map((sshd) => sshd.signIns())).toEqual(before.map((count) => count + 1))
    expect(client.logged).toContain(
      `Connecting to edge ([127.0.0.1]:${edge.port}, jump host) as ${edge.user}`,
    )
  })

  it('is left on all its hosts when the link is closed', async () => {
    const link = await connect(block('db', db, 'ProxyJump edge') + block('edge', edge))
    await link.run(['true'])
    expect([edge.openConnections(), db.openConnections()]).not.toContain(0)
    await link.close()
    await vi.waitFor(() => expect([edge.openConnections(), db.openConnections()]).toEqual([0, 0]), {
      timeout: 10_000,
    })
  })

  it('is reached with one question for a key that both hosts want', async () => {
    const keyFile = join(client.home, 'locked')
    await copyFile(edge.keyFile, keyFile)
    execFileSync('ssh-keygen', ['-q', '-p', '-a', '4', '-N', 'open sesame', '-f', keyFile])
    const own = await startSshd([`AuthorizedKeysFile ${join(edge.directory, 'authorized_keys')}`])
    try {
      const locked = { ...edge, keyFile }
      await connect(block('db', { ...own, keyFile }, 'ProxyJump edge') + block('edge', locked), () =>
        typed('open sesame'),
      )
      expect(client.asked).toEqual([{ kind: 'passphrase', keyFile, isRetry: false }])
    } finally {
      for (const link of links.splice(0)) await link.close()
      await own.stop()
    }
  })

  it('ends its streams with the jump host’s name when that one goes away', async () => {
    const going = await startSshd()
    const link = await connect(block('db', db, 'ProxyJump edge') + block('edge', going))
    const ended = new Promise((resolve) => link.onClosed(resolve))
    const command = await link.exec(['cat'])
    const streamError = once(command.stream, 'error')
    going.killConnections()
    const lost = {
      kind: 'unreachable',
      message: `The ssh connection to edge ([127.0.0.1]:${going.port}, jump host) was lost`,
    }
    expect(await ended).toMatchObject(lost)
    expect((await streamError)[0]).toMatchObject(lost)
    await going.stop()
  })
})

describe('what is wrong at a jump host is told as such', () => {
  const viaEdge = (...more: string[]): string =>
    block('db', db, 'ProxyJump edge') + block('edge', edge, ...more)

  it('when it refuses connections', async () => {
    const closed = { ...edge, port: 1 }
    await expect(connect(block('db', db, 'ProxyJump edge') + block('edge', closed))).rejects.toMatchObject({
      kind: 'unreachable',
      message: 'edge ([127.0.0.1]:1, jump host) refuses connections on this port',
    })
  })

  it('when it cannot reach the next host', async () => {
    const config = block('db', { ...db, port: 1 }, 'ProxyJump edge') + block('edge', edge)
    await expect(connect(config)).rejects.toMatchObject({
      kind: 'unreachable',
      message: `edge ([127.0.0.1]:${edge.port}, jump host) cannot reach [127.0.0.1]:1`,
      cure: expect.stringContaining('as the jump host sees them'),
    })
  })

  it('when it does not forward', async () => {
    const strict = await startSshd(['AllowTcpForwarding no'])
    try {
      const config = block('db', db, 'ProxyJump edge') + block('edge', strict)
      await expect(connect(config)).rejects.toMatchObject({
        kind: 'denied',
        message: `edge ([127.0.0.1]:${strict.port}, jump host) does not forward connections to [127.0.0.1]:${db.port}`,
        cure: expect.stringContaining('AllowTcpForwarding yes'),
      })
    } finally {
      await strict.stop()
    }
  })

  it('when it refuses the key', async () => {
    const config = block('db', db, 'ProxyJump edge') + block('edge', { ...edge, keyFile: db.keyFile })
    await expect(connect(config)).rejects.toMatchObject({
      kind: 'auth-failed',
      message: expect.stringMatching(/^edge \(.*jump host\) refused the keys in .* of /),
    })
  })

  it('when its host key has changed; the host behind it sees nobody', async () => {
    const before = db.connections()
    const blob = (await readFile(db.knownHostsFile, 'utf8')).split(' ').slice(1).join(' ')
    const known = await client.write('known', `[127.0.0.1]:${edge.port} ${blob}`)
    await expect(connect(viaEdge(`UserKnownHostsFile ${known}`))).rejects.toMatchObject({
      kind: 'denied',
      message: expect.stringMatching(/^The key of edge \(.*jump host\) is not the one on record/),
      cure: expect.stringContaining(`ssh-keygen -f "${known}" -R "[127.0.0.1]:${edge.port}"`),
    })
    expect(db.connections()).toBe(before)
  })

  it('when its host key is unknown: the question shows its address, and declining ends all', async () => {
    const known = join(client.home, 'none')
    await expect(
      connect(viaEdge(`UserKnownHostsFile ${known}`), () => ({ kind: 'host-key', accept: false })),
    ).rejects.toMatchObject({ kind: 'cancelled', message: expect.stringContaining('The key of edge') })
    expect(client.asked).toMatchObject([{ kind: 'host-key', address: `[127.0.0.1]:${edge.port}` }])
  })

  it('when the host behind it refuses the key', async () => {
    const config = block('db', { ...db, keyFile: edge.keyFile }, 'ProxyJump edge') + block('edge', edge)
    await expect(connect(config)).rejects.toMatchObject({
      kind: 'auth-failed',
      message: expect.stringMatching(/^db \(.*via edge\) refused the keys in /),
    })
  })
})
