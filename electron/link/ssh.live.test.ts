import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Prompt } from '../../shared/model/prompt'
import type { Link } from './link'
import { openSshLink, type SshLinkOptions } from './ssh'
import { startSshd, type TestSshd } from './testing/sshd'

let sshd: TestSshd
let echo: Server
let echoPath: string
let lines: string[]
const opened: Link[] = []

async function connect(to: TestSshd, more: Partial<SshLinkOptions> = {}): Promise<Link> {
  const link = await openSshLink({
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
  opened.push(link)
  return link
}

async function listen(where: string): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined)
    socket.pipe(socket)
  })
  server.listen(where)
  await once(server, 'listening')
  return server
}

beforeAll(async () => {
  lines = []
  sshd = await startSshd()
  echoPath = join(sshd.directory, 'echo sock')
  echo = await listen(echoPath)
})
afterEach(async () => {
  for (const link of opened.splice(0)) await link.close()
  lines = []
})
afterAll(async () => {
  echo?.close()
  await sshd?.stop()
})

describe('ssh link to a real sshd', () => {
  it('signs in once for any number of streams and commands', async () => {
    const before = sshd.signIns()
    const link = await connect(sshd)
    const streams = await Promise.all(Array.from({ length: 20 }, () => link.openUnix(echoPath)))
    const echoes = streams.map((stream, index) => {
      stream.end(`stream ${index}`)
      return text(stream)
    })
    expect(await Promise.all(echoes)).toEqual(streams.map((_, index) => `stream ${index}`))
    expect((await link.run(['true'])).code).toBe(0)
    expect(sshd.signIns() - before).toBe(1)
  })

  it('passes words to the remote command as they are', async () => {
    const link = await connect(sshd)
    const result = await link.run(['printf', '%s|', '$HOME', "it's", '*', 'a b', '', ';ls'])
    expect(result).toEqual({ stdout: "$HOME|it's|*|a b||;ls|", stderr: '', code: 0 })
  })

  it('returns output, error output and code of a command', async () => {
    const link = await connect(sshd)
    const result = await link.run(['sh', '-c', 'cat; echo oops >&2; exit 3'], { input: 'in' })
    expect(result).toEqual({ stdout: 'in', stderr: 'oops\n', code: 3 })
  })

  it('reports a missing program as the shell does', async () => {
    const link = await connect(sshd)
    const result = await link.run(['innkeeper-no-such-program'])
    expect(result.code).toBe(127)
    expect(result.stderr).toContain('innkeeper-no-such-program')
  })

  it('carries megabytes unharmed in both directions at once', async () => {
    const link = await connect(sshd)
    const input = Buffer.alloc(8_000_000, 'abcdefghijk')
    const result = await link.run(['cat'], { input })
    expect(Buffer.from(result.stdout).equals(input)).toBe(true)
  })

  it('holds a fast sender back while nobody reads', async () => {
    const link = await connect(sshd)
    const command = await link.exec(['cat', '/dev/zero'])
    command.stream.on('error', () => undefined)
    await once(command.stream, 'readable')
    expect(command.stream.readableLength).toBeLessThan(4_000_000)
    command.stream.destroy()
    await command.exit
  })

  it('reaches a TCP port of the host', async () => {
    const link = await connect(sshd)
    const stream = await link.openTcp('127.0.0.1', sshd.port)
    const [greeting] = (await once(stream, 'data')) as [Buffer]
    expect(greeting.toString()).toMatch(/^SSH-2\.0-OpenSSH/)
    stream.destroy()
  })

  it('says so when nothing listens on the port', async () => {
    const link = await connect(sshd)
    await expect(link.openTcp('127.0.0.1', 1)).rejects.toMatchObject({
      kind: 'unreachable',
      message: 'The host cannot reach 127.0.0.1:1',
    })
  })

  it('says so when there is no such socket, and the link lives on', async () => {
    const link = await connect(sshd)
    await expect(link.openUnix('/nowhere/sock')).rejects.toMatchObject({
      kind: 'unreachable',
      message: 'There is no socket at /nowhere/sock on the host',
    })
    expect((await link.run(['echo', 'alive'])).stdout).toBe('alive\n')
  })

  it('ends a remote command when its signal says so', async () => {
    const link = await connect(sshd)
    const abort = new AbortController()
    const command = await link.exec(['cat'], { signal: abort.signal })
    command.stream.on('error', () => undefined)
    abort.abort()
    expect(await command.exit).not.toHaveProperty('code')
  })

  it('ends what waits for a command when the link is closed', async () => {
    const link = await connect(sshd)
    const running = link.run(['cat'])
    await link.close()
    await expect(running).rejects.toBeInstanceOf(Error)
  })

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

describe('ssh link to an sshd that forbids forwarding', () => {
  let strict: TestSshd
  beforeAll(async () => {
    strict = await startSshd(['AllowStreamLocalForwarding no', 'AllowTcpForwarding no'])
  })
  afterAll(() => strict?.stop())

  it('reaches Unix sockets through netcat', async () => {
    const link = await connect(strict)
    const stream = await link.openUnix(echoPath)
    stream.write('hello')
    const [chunk] = (await once(stream, 'data')) as [Buffer]
    expect(chunk.toString()).toBe('hello')
    stream.destroy()
  })

  it('names the netcat that is missing', async () => {
    const link = await connect(strict, { netcat: 'innkeeper-no-netcat' })
    const stream = await link.openUnix(echoPath)
    const [error] = (await once(stream, 'error')) as [Error]
    expect(error).toMatchObject({ kind: 'unsupported', cure: expect.stringContaining('netcat-openbsd') })
  })

  it('names the setting that forbids TCP forwarding', async () => {
    const link = await connect(strict)
    await expect(link.openTcp('127.0.0.1', 5900)).rejects.toMatchObject({
      kind: 'denied',
      cure: expect.stringContaining('AllowTcpForwarding'),
    })
  })
})

describe('ssh link to an sshd with few sessions', () => {
  it('says that the host starts no more commands, and runs them again later', async () => {
    const few = await startSshd(['MaxSessions 1'])
    try {
      const link = await connect(few)
      const first = await link.exec(['cat'])
      await expect(link.exec(['true'])).rejects.toMatchObject({
        kind: 'busy',
        cure: expect.stringContaining('MaxSessions'),
      })
      const streams = await Promise.all([link.openUnix(echoPath), link.openUnix(echoPath)])
      for (const stream of streams) stream.destroy()
      first.stream.end()
      first.stream.resume()
      await first.exit
      // sshd gives the session's place back a moment after the channel is closed
      await vi.waitFor(async () => expect((await link.run(['echo', 'again'])).stdout).toBe('again\n'), {
        timeout: 10_000,
      })
    } finally {
      await few.stop()
    }
  })
})

describe('ssh link when the server goes away', () => {
  it('ends streams and commands with one reason', async () => {
    const going = await startSshd()
    const link = await connect(going)
    const stream = await link.openUnix(echoPath)
    const command = await link.exec(['sh', '-c', 'echo $PPID; exec cat'])
    const ended = new Promise((resolve) => link.onClosed(resolve))
    const streamError = once(stream, 'error')
    const [parent] = (await once(command.stream, 'data')) as [Buffer]
    // the server process of this connection only
    process.kill(Number(parent.toString()), 'SIGKILL')
    expect(await ended).toMatchObject({ kind: 'unreachable' })
    expect((await streamError)[0]).toMatchObject({ kind: 'unreachable' })
    await expect(command.exit).rejects.toMatchObject({ kind: 'unreachable' })
    await going.stop()
  })
})
