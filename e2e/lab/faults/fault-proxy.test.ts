import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FaultProxy } from './fault-proxy'
import { Line, seededRandom, type Weather } from './line'

describe('a line', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  function line(weather: Weather) {
    const arrived: { atMs: number; text: string }[] = []
    const holds: boolean[] = []
    const begun = performance.now()
    const one = new Line(weather, seededRandom(7), {
      deliver: (bytes) =>
        arrived.push({ atMs: Math.round(performance.now() - begun), text: bytes.toString() }),
      hold: (isFull) => holds.push(isFull),
    })
    return { one, arrived, holds }
  }

  it('delays each byte by the same time', () => {
    const { one, arrived } = line({ kind: 'delay', delayMs: 500 })
    one.send(Buffer.from('a'))
    vi.advanceTimersByTime(100)
    one.send(Buffer.from('b'))
    vi.advanceTimersByTime(1000)
    expect(arrived).toEqual([
      { atMs: 500, text: 'a' },
      { atMs: 600, text: 'b' },
    ])
  })

  it('that loses packets loses no byte and keeps the order, but some are late by the time of sending again', () => {
    const { one, arrived } = line({ kind: 'loss', share: 0.3 })
    for (let at = 0; at < 100; at += 1) {
      one.send(Buffer.from(`${at} `))
      vi.advanceTimersByTime(1000)
    }
    vi.advanceTimersByTime(60_000)
    expect(arrived.map(({ text }) => Number(text))).toEqual(Array.from({ length: 100 }, (_, at) => at))
    const late = arrived.filter(({ atMs, text }) => atMs - Number(text) * 1000 >= 200)
    expect(late.length).toBeGreaterThan(15)
    expect(late.length).toBeLessThan(60)
  })

  it('that is down delivers nothing, and everything when it is up again', () => {
    const { one, arrived } = line({ kind: 'down' })
    one.send(Buffer.from('a'))
    vi.advanceTimersByTime(600_000)
    expect(arrived).toEqual([])
    one.change({ kind: 'clear' })
    expect(arrived.map(({ text }) => text)).toEqual(['a'])
  })

  it('holds back who sends more than it takes', () => {
    const { one, holds } = line({ kind: 'down' })
    one.send(Buffer.alloc(2 << 20))
    expect(holds).toEqual([true])
    one.change({ kind: 'clear' })
    expect(holds.at(-1)).toBe(false)
  })
})

describe('the proxy', () => {
  let server: Server
  let proxy: FaultProxy
  const sockets: Socket[] = []

  beforeEach(async () => {
    server = createServer({ allowHalfOpen: true }, (socket) => {
      sockets.push(socket)
      socket.on('error', () => undefined)
      socket.pipe(socket)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    proxy = await FaultProxy.to({ port: (server.address() as AddressInfo).port })
  })
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy()
    await proxy.stop()
    server.close()
  })

  async function dial(): Promise<Socket> {
    const socket = connect(proxy.port, '127.0.0.1')
    sockets.push(socket)
    await once(socket, 'connect')
    return socket
  }

  it('carries bytes and the end of either side', async () => {
    const socket = await dial()
    socket.end('hello')
    const [echo] = (await once(socket, 'data')) as [Buffer]
    expect(echo.toString()).toBe('hello')
    await once(socket, 'close')
    await expect.poll(() => proxy.open).toBe(0)
  })

  it('resets the connections there are', async () => {
    const socket = await dial()
    socket.write('x')
    await once(socket, 'data')
    proxy.reset()
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNRESET')
  })

  it('closes the connections there are', async () => {
    const socket = await dial()
    socket.write('x')
    await once(socket, 'data')
    proxy.close()
    await once(socket, 'end')
  })
})
