import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isLoopback, openDirectLink, type DirectLink } from './direct'

describe('a link to a host of which only ports can be reached', () => {
  let server: Server
  let port: number
  let link: DirectLink

  beforeEach(async () => {
    server = createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    ;({ port } = server.address() as AddressInfo)
    link = openDirectLink('127.0.0.1')
  })

  afterEach(async () => {
    await link.close()
    server.close()
  })

  it('leads to a port of the host', async () => {
    expect(await text(await link.openPort(port))).toBe('hello')
  })

  it.each(['0.0.0.0', '::', ''])(
    'takes what listens on all addresses (%j) for a port of the host',
    async (address) => {
      expect(await text(await link.openTcp(address, port))).toBe('hello')
    },
  )

  it.each(['127.0.0.1', '127.0.1.1', '::1', 'localhost', '::ffff:127.0.0.1'])(
    'never takes the loopback address %s of the host for that of this computer',
    async (address) => {
      await expect(link.openTcp(address, port)).rejects.toMatchObject({
        kind: 'denied',
        message: `Port ${port} of the host is open only to programs on the host`,
        cure: expect.stringMatching(/listen on an address.*by ssh/),
      })
    },
  )

  it('says that sockets and commands need ssh', async () => {
    const needsSsh = { kind: 'unsupported', cure: expect.stringContaining('+ssh') }
    await expect(link.openUnix('/run/x')).rejects.toMatchObject(needsSsh)
    await expect(link.exec(['ls'])).rejects.toMatchObject({
      ...needsSsh,
      message: expect.stringContaining('ls'),
    })
    await expect(link.run(['ls'])).rejects.toMatchObject(needsSsh)
  })

  it('gives up on a host that does not answer', async () => {
    // TEST-NET-1 (RFC 5737): nobody answers, or the network says so
    const far = openDirectLink('192.0.2.1', { connectLimitMs: 20 })
    await expect(far.openPort(16_514)).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringMatching(/^192\.0\.2\.1:16514 /),
      cure: expect.any(String),
    })
  })

  it('gives up when told to', async () => {
    await expect(link.openPort(port, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' })
  })

  it('ends its streams when it is closed, and opens no more', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const stream = await link.openPort((silent.address() as AddressInfo).port)
    const ended = once(stream, 'close')
    let told = 0
    link.onClosed((error) => {
      if (!error) told += 1
    })
    await link.close()
    await ended
    expect(told).toBe(1)
    await expect(link.openPort(port)).rejects.toMatchObject({ kind: 'unreachable' })
    silent.close()
  })

  it('knows addresses that lead to the machine they are used on', () => {
    expect(['127.8.9.1', 'LOCALHOST', '::1'].every(isLoopback)).toBe(true)
    expect(['10.0.0.1', '0.0.0.0', '::', 'fe80::1', '1127.0.0.1'].some(isLoopback)).toBe(false)
  })
})
