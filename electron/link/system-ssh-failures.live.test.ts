import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSshd } from './testing/sshd'
import { systemSshBench } from './testing/system-ssh-place'

const bench = systemSshBench()

const writeConfig = (name: string, text: string): string => {
  const file = join(bench.place.files, name)
  writeFileSync(file, text)
  return file
}

describe('what the system’s ssh cannot reach', () => {
  it('names a host that nobody knows', async () => {
    await expect(bench.open([], { host: 'innkeeper.invalid' })).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringMatching(
        /^innkeeper\.invalid (is not a known host name|could not be looked up)$/,
      ),
      detail: expect.stringContaining('Could not resolve hostname'),
    })
  })

  it('names a port that refuses connections', async () => {
    await expect(bench.open([], { port: 1 })).rejects.toMatchObject({
      kind: 'unreachable',
      message: '[127.0.0.1]:1 refuses connections on this port',
      cure: expect.stringContaining('sshd'),
    })
  })

  it('gives up on what takes a connection and says nothing', async () => {
    const silent = await listen(() => undefined)
    await expect(bench.open([], { port: portOf(silent), reachTimeoutMs: 500 })).rejects.toMatchObject({
      kind: 'timed-out',
      message: expect.stringContaining('did not answer within'),
      cure: expect.stringContaining('firewall'),
    })
    silent.close()
  })

  it('tells what is not an ssh server', async () => {
    const hangsUp = await listen((socket) => socket.end())
    await expect(bench.open([], { port: portOf(hangsUp) })).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('is not an ssh server, or it hung up at once'),
    })
    hangsUp.close()
  })

  it('tells that there is no common encryption', async () => {
    const old = await startSshd(['Ciphers aes128-cbc'])
    try {
      await expect(
        bench.open([], { port: old.port, keyFile: old.keyFile, knownHostsFile: old.knownHostsFile }),
      ).rejects.toMatchObject({
        kind: 'unsupported',
        message: `[127.0.0.1]:${old.port} and this computer's ssh have no common cipher`,
        cure: expect.stringContaining('aes128-cbc'),
      })
    } finally {
      await old.stop()
    }
  })

  it('names the ssh program that is not installed', async () => {
    await expect(bench.open([], { command: '/nowhere/ssh' })).rejects.toMatchObject({
      kind: 'not-found',
      message: 'The program /nowhere/ssh is not installed on this computer',
      cure: expect.stringContaining('openssh-client'),
    })
  })

  it('refuses a program that is no OpenSSH', async () => {
    await expect(bench.open([], { command: '/bin/true' })).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('is not OpenSSH'),
    })
  })

  it('gives up at once when its signal says so', async () => {
    const silent = await listen(() => undefined)
    const abort = new AbortController()
    const opening = bench.open([], {
      port: portOf(silent),
      signal: abort.signal,
      log: () => setTimeout(() => abort.abort(), 50),
    })
    await expect(opening).rejects.toMatchObject({ kind: 'cancelled' })
    silent.close()
  })
})

describe('a connection of the system’s ssh that is lost', () => {
  it('notices a host that no longer answers, at the interval of ssh_config', async () => {
    const configFile = writeConfig('alive', 'ServerAliveInterval 1\nServerAliveCountMax 1\n')
    const link = await bench.open([], { configFile })
    const stream = (await link.exec(['sh', '-c', 'echo $PPID; exec cat'])).stream
    const [parent] = (await once(stream, 'data')) as [Buffer]
    const streamEnded = once(stream, 'error')
    const ended = new Promise((resolve) => link.onClosed(resolve))
    process.kill(Number(parent.toString()), 'SIGSTOP')
    try {
      expect(await ended).toMatchObject({
        kind: 'unreachable',
        message: `[127.0.0.1]:${bench.sshd.port} no longer answers`,
      })
      expect((await streamEnded)[0]).toMatchObject({ kind: 'unreachable' })
    } finally {
      process.kill(Number(parent.toString()), 'SIGKILL')
    }
  })

  it('ends with its ssh process, and leaves nothing although nobody closes it', async () => {
    const link = await bench.open([])
    const ended = new Promise((resolve) => link.onClosed(resolve))
    const line = bench.place.leftovers().processes.find((text) => text.includes(' ssh ')) ?? ''
    process.kill(Number.parseInt(line, 10), 'SIGKILL')
    expect(await ended).toMatchObject({ kind: 'unreachable' })
    await expect
      .poll(() => bench.place.leftovers(), { timeout: 10_000 })
      .toEqual({ folders: [], processes: [] })
  })

  it('leaves neither process nor file when the app is killed', async () => {
    const { port, user, keyFile, knownHostsFile } = bench.sshd
    const options = JSON.stringify({ host: '127.0.0.1', port, user, keyFile, knownHostsFile })
    const script = new URL('testing/link-until-killed.ts', import.meta.url).pathname
    const app = spawn(process.execPath, ['--import', 'tsx', script, options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [said] = (await once(app.stdout, 'data')) as [Buffer]
    expect(said.toString()).toBe('ready\n')
    expect(bench.place.leftovers().processes).toHaveLength(2)
    app.kill('SIGKILL')
    await expect
      .poll(() => bench.place.leftovers(), { timeout: 10_000 })
      .toEqual({ folders: [], processes: [] })
  })
})

describe('the system’s ssh where it cannot share a connection', () => {
  let echo: Server
  beforeAll(async () => {
    echo = await listen((socket) => socket.pipe(socket))
  })
  afterAll(() => echo?.close())

  it('runs commands and opens streams, each by a process of its own, and says so', async () => {
    const link = await bench.open([], { platform: 'win32' })
    expect(bench.lines.join('\n')).toContain('one process for each stream')
    expect(await link.run(['printf', '%s', "it's $HOME"])).toEqual({
      stdout: "it's $HOME",
      stderr: '',
      code: 0,
    })
    const stream = await link.openTcp('127.0.0.1', portOf(echo))
    stream.write('hello')
    expect(String((await once(stream, 'data'))[0])).toBe('hello')
    stream.destroy()
    const path = join(bench.place.files, 'echo')
    const unix = createServer((socket) => socket.pipe(socket)).listen(path)
    const there = await link.openUnix(path)
    there.write('there')
    expect(String((await once(there, 'data'))[0])).toBe('there')
    there.destroy()
    unix.close()
  })

  it('ends a stream with the reason why it could not be opened', async () => {
    const link = await bench.open([], { platform: 'win32' })
    const tcp = await link.openTcp('127.0.0.1', 1)
    expect((await once(tcp, 'error'))[0]).toMatchObject({ message: 'The host cannot reach 127.0.0.1:1' })
    const unix = await link.openUnix('/nowhere/sock')
    expect((await once(unix, 'error'))[0]).toMatchObject({
      kind: 'unreachable',
      message: '/nowhere/sock on the host cannot be opened',
    })
  })

  it('keeps apart a code of 255 and a failure of ssh', async () => {
    const link = await bench.open([], { platform: 'win32' })
    expect(await link.run(['sh', '-c', 'echo mine >&2; exit 255'])).toMatchObject({ code: 255 })
  })

  it('asks nobody, and says that keys or an agent are needed', async () => {
    const keyFile = bench.lockedKey('windows', 'secret')
    await expect(bench.open([], { platform: 'win32', keyFile })).rejects.toMatchObject({
      kind: 'auth-failed',
      cure: 'Use a key without a passphrase or an ssh agent: ssh cannot ask for passwords here',
    })
  })

  it('ends its processes when it is closed', async () => {
    const link = await bench.open([], { platform: 'win32' })
    const command = await link.exec(['cat'])
    const exit = command.exit.catch((error: unknown) => error)
    await link.close()
    expect(await exit).toMatchObject({ message: 'The connection to the host was closed' })
    await expect(link.run(['true'])).rejects.toMatchObject({ kind: 'unreachable' })
  })
})

async function listen(onConnection: Parameters<typeof createServer>[1]): Promise<Server> {
  const server = createServer(onConnection as never).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
