import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Link } from './link'
import { openLocalLink } from './local'

let directory: string
let link: Link

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'link-'))
  link = openLocalLink()
})
afterEach(async () => {
  await link.close()
  await rm(directory, { recursive: true, force: true })
})

async function echo(where: string | number): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket))
  if (typeof where === 'string') server.listen(where)
  else server.listen(where, '127.0.0.1')
  await once(server, 'listening')
  return server
}

describe('local link', () => {
  it('carries bytes to a Unix socket and back', async () => {
    const path = join(directory, 'sock')
    const server = await echo(path)
    const stream = await link.openUnix(path)
    stream.end('hello')
    expect(await text(stream)).toBe('hello')
    server.close()
  })

  it('carries bytes to a TCP port and back', async () => {
    const server = await echo(0)
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const stream = await link.openTcp('127.0.0.1', address.port)
    stream.end('hello')
    expect(await text(stream)).toBe('hello')
    server.close()
  })

  it('says so when there is no socket', async () => {
    await expect(link.openUnix(join(directory, 'none'))).rejects.toMatchObject({ kind: 'unreachable' })
  })

  it('runs a command with its words as they are', async () => {
    const result = await link.run(['printf', '%s|', '$HOME', "it's", '*'])
    expect(result).toEqual({ stdout: "$HOME|it's|*|", stderr: '', code: 0 })
  })

  it('feeds input and returns both outputs and the code', async () => {
    const result = await link.run(['sh', '-c', 'cat; echo oops >&2; exit 3'], { input: 'in' })
    expect(result).toEqual({ stdout: 'in', stderr: 'oops\n', code: 3 })
  })

  it('survives a command that does not read its input', async () => {
    const result = await link.run(['true'], { input: Buffer.alloc(1_000_000) })
    expect(result.code).toBe(0)
  })

  it('carries megabytes through a command unharmed', async () => {
    const input = Buffer.alloc(3_000_000, 'abcdefg')
    const result = await link.run(['cat'], { input })
    expect(result.stdout).toBe(input.toString())
  })

  it('refuses more output than asked for', async () => {
    await expect(link.run(['yes'], { maxBytes: 1000 })).rejects.toThrow('more than 1000 bytes')
  })

  it('names a program that is not installed', async () => {
    await expect(link.run(['innkeeper-no-such-program'])).rejects.toMatchObject({ kind: 'not-found' })
  })

  it('names a program that may not be started', async () => {
    const path = join(directory, 'plain')
    await link.run(['cp', '/bin/true', path])
    await chmod(path, 0o600)
    await expect(link.run([path])).rejects.toMatchObject({ kind: 'denied' })
  })

  it('ends a running command when the signal says so', async () => {
    const abort = new AbortController()
    const command = await link.exec(['sleep', '600'], { signal: abort.signal })
    command.stream.on('error', () => undefined)
    abort.abort()
    expect(await command.exit).toEqual({ signal: 'SIGTERM' })
  })

  it('starts nothing for a signal that has already said so', async () => {
    await expect(link.run(['true'], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      kind: 'cancelled',
    })
  })

  it('ends its streams and commands when closed, and opens no more', async () => {
    const command = await link.exec(['sleep', '600'])
    const told: unknown[] = []
    link.onClosed((error) => told.push(error))
    await link.close()
    expect(await command.exit).toEqual({ signal: 'SIGTERM' })
    expect(told).toEqual([undefined])
    await expect(link.run(['true'])).rejects.toMatchObject({ kind: 'unreachable' })
  })
})
