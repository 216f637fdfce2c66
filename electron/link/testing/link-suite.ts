import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Link } from '../link'
import { startSshd, type TestSshd } from './sshd'

export interface LinkSuite {
  /** Signs in with the sshd's key; the suite closes it. */
  connect(sshd: TestSshd): Promise<Link>
}

/** What comes in goes back, until the sender has ended. */
export async function listenEcho(where: string): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined)
    socket.pipe(socket)
  })
  server.listen(where)
  await once(server, 'listening')
  return server
}

/** What every link over ssh does, whichever program speaks it. */
export function describeSshLink(name: string, suite: LinkSuite): void {
  describe(name, () => {
    let sshd: TestSshd
    let link: Link
    let echo: Server
    let echoPath: string
    beforeAll(async () => {
      sshd = await startSshd()
      echoPath = join(sshd.directory, 'echo sock')
      echo = await listenEcho(echoPath)
      link = await suite.connect(sshd)
    })
    afterAll(async () => {
      await link?.close()
      echo?.close()
      await sshd?.stop()
    })

    it('is not the link to this computer', () => {
      expect(link.isLocal).toBe(false)
    })

    it('signs in once for forty streams at once and commands beside them', async () => {
      const own = await suite.connect(sshd)
      const before = sshd.signIns()
      const streams = await Promise.all(Array.from({ length: 40 }, () => own.openUnix(echoPath)))
      const echoes = streams.map((stream, index) => {
        stream.end(`stream ${index}`)
        return text(stream)
      })
      expect(await Promise.all(echoes)).toEqual(streams.map((_, index) => `stream ${index}`))
      expect((await own.run(['true'])).code).toBe(0)
      expect(sshd.signIns()).toBe(before)
      await own.close()
    })

    it('passes words to the remote command as they are', async () => {
      const words = [
        '$HOME',
        "it's",
        '*',
        'a b',
        '',
        ';ls',
        'two\nlines',
        '"',
        '\\',
        'żółw 🐢',
        '-n',
        '~',
        '=x',
      ]
      const result = await link.run(['printf', '%s|', ...words])
      expect(result).toEqual({ stdout: words.map((word) => `${word}|`).join(''), stderr: '', code: 0 })
    })

    it('returns output, error output and code of a command', async () => {
      const result = await link.run(['sh', '-c', 'cat; echo oops >&2; exit 3'], { input: 'in' })
      expect(result).toEqual({ stdout: 'in', stderr: 'oops\n', code: 3 })
    })

    it('keeps apart a code of 255 and a failure of ssh', async () => {
      expect(await link.run(['sh', '-c', 'echo mine >&2; exit 255'])).toMatchObject({
        code: 255,
        stderr: 'mine\n',
      })
    })

    it('reports a missing program as the shell does', async () => {
      const result = await link.run(['innkeeper-no-such-program'])
      expect(result.code).toBe(127)
      expect(result.stderr).toContain('innkeeper-no-such-program')
    })

    it('refuses output beyond the limit', async () => {
      await expect(link.run(['cat', '/dev/zero'], { maxBytes: 100_000 })).rejects.toMatchObject({
        kind: 'unsupported',
      })
    })

    it('carries 64 MiB unharmed in both directions at once', async () => {
      const command = await link.exec(['cat'])
      const block = Buffer.alloc(1024 * 1024 + 1)
      for (let index = 0; index < block.length; index += 1) block[index] = (index * 31) % 251
      const sent = createHash('sha256')
      const got = createHash('sha256')
      let gotBytes = 0
      command.stream.on('data', (chunk: Buffer) => {
        got.update(chunk)
        gotBytes += chunk.length
      })
      for (let index = 0; index < 64; index += 1) {
        sent.update(block)
        if (!command.stream.write(block)) await once(command.stream, 'drain')
      }
      command.stream.end()
      expect(await command.exit).toEqual({ code: 0 })
      expect(gotBytes).toBe(64 * block.length)
      expect(got.digest('hex')).toBe(sent.digest('hex'))
    })

    it('holds a fast sender back while nobody reads', async () => {
      const command = await link.exec(['cat', '/dev/zero'])
      command.stream.on('error', () => undefined)
      await once(command.stream, 'readable')
      expect(command.stream.readableLength).toBeLessThan(4_000_000)
      command.stream.destroy()
      await command.exit
    })

    it('lets other streams through while one is held back', async () => {
      const slow = await link.exec(['cat', '/dev/zero'])
      slow.stream.on('error', () => undefined)
      await once(slow.stream, 'readable')
      expect((await link.run(['echo', 'through'])).stdout).toBe('through\n')
      slow.stream.destroy()
    })

    it('reaches a TCP port of the host', async () => {
      const stream = await link.openTcp('127.0.0.1', sshd.port)
      const [greeting] = (await once(stream, 'data')) as [Buffer]
      expect(greeting.toString()).toMatch(/^SSH-2\.0-OpenSSH/)
      stream.destroy()
    })

    it('closes a stream to a socket once the other side has ended', async () => {
      // as QEMU does when it gives a serial line to somebody else
      const server = createServer({ allowHalfOpen: true }, (socket) => {
        socket.on('error', () => undefined)
        socket.once('data', () => socket.end('bye'))
      })
      const path = join(sshd.directory, 'farewell')
      server.listen(path)
      await once(server, 'listening')
      const stream = await link.openUnix(path)
      const closed = once(stream, 'close')
      stream.write('go')
      expect(await text(stream)).toBe('bye')
      await closed
      server.close()
    })

    it('says so when nothing listens on the port', async () => {
      await expect(link.openTcp('127.0.0.1', 1)).rejects.toMatchObject({
        kind: 'unreachable',
        message: 'The host cannot reach 127.0.0.1:1',
      })
    })

    it('says so when there is no such socket, and the link lives on', async () => {
      await expect(link.openUnix('/nowhere/sock')).rejects.toMatchObject({
        kind: 'unreachable',
        message: 'There is no socket at /nowhere/sock on the host',
      })
      expect((await link.run(['echo', 'alive'])).stdout).toBe('alive\n')
    })

    it('ends a remote command when its signal says so', async () => {
      const abort = new AbortController()
      const command = await link.exec(['cat'], { signal: abort.signal })
      command.stream.on('error', () => undefined)
      abort.abort()
      expect(await command.exit).not.toHaveProperty('code')
    })

    it('opens nothing for a signal that has been aborted', async () => {
      const signal = AbortSignal.abort()
      await expect(link.openUnix(echoPath, signal)).rejects.toMatchObject({ kind: 'cancelled' })
      await expect(link.openTcp('127.0.0.1', sshd.port, signal)).rejects.toMatchObject({ kind: 'cancelled' })
      await expect(link.exec(['true'], { signal })).rejects.toMatchObject({ kind: 'cancelled' })
    })

    it('ends what waits for a command when the link is closed, and opens nothing more', async () => {
      const own = await suite.connect(sshd)
      const ended = new Promise((resolve) => own.onClosed(resolve))
      const running = own.run(['cat']).catch((error: unknown) => error)
      await own.close()
      expect(await running).toBeInstanceOf(Error)
      expect(await ended).toBeUndefined()
      await expect(own.openUnix(echoPath)).rejects.toMatchObject({ kind: 'unreachable' })
    })

    describe('with an sshd that forbids forwarding', () => {
      let strict: TestSshd
      let own: Link
      beforeAll(async () => {
        strict = await startSshd(['AllowStreamLocalForwarding no', 'AllowTcpForwarding no'])
        own = await suite.connect(strict)
      })
      afterAll(async () => {
        await own?.close()
        await strict?.stop()
      })

      it('reaches Unix sockets through netcat', async () => {
        const stream = await own.openUnix(echoPath)
        stream.write('hello')
        const [chunk] = (await once(stream, 'data')) as [Buffer]
        expect(chunk.toString()).toBe('hello')
        stream.destroy()
      })

      it('names the setting that forbids TCP forwarding', async () => {
        await expect(own.openTcp('127.0.0.1', 5900)).rejects.toMatchObject({
          kind: 'denied',
          cure: expect.stringContaining('AllowTcpForwarding'),
        })
      })
    })

    it('says that the host starts no more commands, and runs them again later', async () => {
      const few = await startSshd(['MaxSessions 1'])
      const own = await suite.connect(few)
      try {
        const first = await own.exec(['cat'])
        await expect(own.exec(['true'])).rejects.toMatchObject({
          kind: 'busy',
          cure: expect.stringContaining('MaxSessions'),
        })
        const streams = await Promise.all([own.openUnix(echoPath), own.openUnix(echoPath)])
        for (const stream of streams) stream.destroy()
        first.stream.end()
        first.stream.resume()
        await first.exit
        // sshd gives the session's place back a moment after the channel is closed
        await vi.waitFor(async () => expect((await own.run(['echo', 'again'])).stdout).toBe('again\n'), {
          timeout: 10_000,
        })
      } finally {
        await own.close()
        await few.stop()
      }
    })

    it('ends streams and commands with one reason when the server goes away', async () => {
      const going = await startSshd()
      const own = await suite.connect(going)
      const stream = await own.openUnix(echoPath)
      const command = await own.exec(['sh', '-c', 'echo $PPID; exec cat'])
      const ended = new Promise((resolve) => own.onClosed(resolve))
      const streamError = once(stream, 'error')
      const [parent] = (await once(command.stream, 'data')) as [Buffer]
      // the server process of this connection only
      process.kill(Number(parent.toString()), 'SIGKILL')
      expect(await ended).toMatchObject({
        kind: 'unreachable',
        message: `The ssh connection to [127.0.0.1]:${going.port} was lost`,
        cure: 'Innkeeper connects again by itself',
      })
      expect((await streamError)[0]).toMatchObject({ kind: 'unreachable' })
      await expect(command.exit).rejects.toMatchObject({ kind: 'unreachable' })
      await own.close()
      await going.stop()
    })
  })
}
