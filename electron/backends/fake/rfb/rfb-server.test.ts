import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { Framebuffer } from '../screen/framebuffer'
import { duplexPair } from './memory-duplex'
import { serveRfb } from './rfb-server'
import { RfbClient } from './test-client'

class TestScreen {
  readonly frame = new Framebuffer(200, 100)
  readonly name = 'painter'
  readonly seen: string[] = []

  constructor(readonly password?: string) {
    this.frame.fill(0, 0, 200, 100, 0x204060)
  }

  key(keysym: number, isDown: boolean): void {
    this.seen.push(`key ${keysym.toString(16)} ${isDown ? 'down' : 'up'}`)
  }

  pointer(x: number, y: number, buttons: number): void {
    this.seen.push(`pointer ${x},${y} ${buttons}`)
  }
}

function start(screen: TestScreen) {
  const [clientEnd, serverEnd] = duplexPair()
  const served = serveRfb(serverEnd, screen)
  return { client: new RfbClient(clientEnd), served, stream: clientEnd }
}

const xorshift = (seed: number) => () => {
  seed ^= seed << 13
  seed ^= seed >>> 17
  seed ^= seed << 5
  return seed >>> 0
}

describe('RFB server', () => {
  it('introduces itself, then tells size and name', async () => {
    const { client } = start(new TestScreen())
    expect(await client.enter()).toBeUndefined()
    expect({ width: client.width, height: client.height, name: client.name }).toEqual({
      width: 200,
      height: 100,
      name: 'painter',
    })
  })

  it('sends the whole picture when asked for all of it, and nothing more until something changes', async () => {
    const screen = new TestScreen()
    const { client } = start(screen)
    await client.enter()
    client.request(false)
    await client.update()
    expect(client.pixels.every((pixel) => pixel === 0x204060)).toBe(true)
    client.request(true)
    screen.frame.fill(190, 90, 10, 10, 0xff0000)
    screen.frame.damage(190, 90, 10, 10)
    const rects = await client.update()
    expect(rects.map(({ x, y, width, height }) => ({ x, y, width, height }))).toEqual([
      { x: 144, y: 80, width: 56, height: 16 },
      { x: 144, y: 96, width: 56, height: 4 },
    ])
    expect(client.pixels[95 * 200 + 195]).toBe(0xff0000)
    expect(client.pixels[0]).toBe(0x204060)
  })

  it('sends a part only when a part is asked for', async () => {
    const { client } = start(new TestScreen())
    await client.enter()
    client.request(false, 80, 20, 10, 10)
    expect((await client.update()).map(({ x, y, width, height }) => [x, y, width, height])).toEqual([
      [72, 16, 72, 16],
    ])
  })

  it('sends pixels in the format the client set', async () => {
    const { client, stream } = start(new TestScreen())
    await client.enter()
    // 16 bits, big endian, 5-6-5
    stream.write(Buffer.from([0, 0, 0, 0, 16, 16, 1, 1, 0, 31, 0, 63, 0, 31, 11, 5, 0, 0, 0, 0]))
    client.bytesPerPixel = 2
    client.request(false)
    const [first] = await client.update()
    const expected =
      (Math.round((0x20 * 31) / 255) << 11) |
      (Math.round((0x40 * 63) / 255) << 5) |
      Math.round((0x60 * 31) / 255)
    expect(first?.data.readUInt16BE(0)).toBe(expected)
  })

  it('gives a colour map to clients without true colour', async () => {
    const { client, stream } = start(new TestScreen())
    await client.enter()
    stream.write(Buffer.from([0, 0, 0, 0, 8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
    const map = await client.read(6 + 256 * 6)
    expect([map[0], map.readUInt16BE(4)]).toEqual([1, 256])
    client.bytesPerPixel = 1
    client.request(false)
    const [first] = await client.update()
    const entry = 6 + (first?.data[0] ?? 0) * 6
    // the nearest colour a 3-3-2 map has
    expect(map.readUInt16BE(entry) >> 8).toBeCloseTo(0x24, -1)
  })

  it('announces a new size to clients that follow it, then sends the new picture', async () => {
    const screen = new TestScreen()
    const { client } = start(screen)
    await client.enter()
    client.setEncodings(0, -223)
    client.request(false)
    await client.update()
    client.request(true)
    screen.frame.reset(300, 150)
    expect((await client.update()).map((rect) => [rect.encoding, rect.width, rect.height])).toEqual([
      [-223, 300, 150],
    ])
    screen.frame.fill(0, 0, 300, 150, 0x00ff00)
    client.request(true)
    await client.update()
    expect(client.pixels.length).toBe(300 * 150)
    expect(client.pixels.every((pixel) => pixel === 0x00ff00)).toBe(true)
  })

  it('never sends beyond the size a client knows when it cannot follow', async () => {
    const screen = new TestScreen()
    const { client } = start(screen)
    await client.enter()
    client.setEncodings(0)
    screen.frame.reset(300, 150)
    client.request(false)
    for (const rect of await client.update()) {
      expect(rect.x + rect.width).toBeLessThanOrEqual(200)
      expect(rect.y + rect.height).toBeLessThanOrEqual(100)
    }
  })

  it('passes keys and pointer on, and swallows clipboard text', async () => {
    const screen = new TestScreen()
    const { client, stream } = start(screen)
    await client.enter()
    stream.write(Buffer.concat([Buffer.from([6, 0, 0, 0, 0, 0, 0, 5]), Buffer.from('hello')]))
    client.key(0x61)
    client.key(0x61, false)
    client.pointer(12, 34)
    client.request(false)
    await client.update()
    expect(screen.seen).toEqual(['key 61 down', 'key 61 up', 'pointer 12,34 0'])
  })

  it('lets in who knows the password, and tells others why not before it closes', async () => {
    const right = start(new TestScreen('postmark'))
    expect(await right.client.enter('postmark')).toBeUndefined()
    expect(right.client.name).toBe('painter')
    const wrong = start(new TestScreen('postmark'))
    expect(await wrong.client.enter('guess')).toBe('Wrong password')
    await wrong.served
  })

  it('speaks the older version 3.3', async () => {
    const { client, stream } = start(new TestScreen())
    await client.read(12)
    stream.write('RFB 003.003\n')
    expect((await client.read(4)).readUInt32BE()).toBe(1)
    stream.write(Buffer.from([1]))
    expect((await client.read(4)).readUInt16BE()).toBe(200)
  })

  it.each([
    ['not RFB at all', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a security type not offered', Buffer.from('RFB 003.008\n\x09', 'latin1')],
    ['an unknown message', Buffer.from('RFB 003.008\n\x01\x01\xfa', 'latin1')],
    ['an endless clipboard', Buffer.from('RFB 003.008\n\x01\x01\x06\0\0\0\xff\xff\xff\xff', 'latin1')],
    [
      '24 bits per pixel',
      Buffer.from(`RFB 003.008\n\x01\x01${'\0'.repeat(4)}\x18${'\x01'.repeat(15)}`, 'latin1'),
    ],
  ])('closes the connection on %s', async (_, bytes) => {
    const { stream, served } = start(new TestScreen())
    stream.on('error', () => {})
    stream.resume()
    const ended = once(stream, 'close')
    stream.write(bytes)
    await served
    await ended
    expect(stream.destroyed).toBe(true)
  })

  it('survives two thousand connections of random bytes', async () => {
    const random = xorshift(20_240_607)
    const screen = new TestScreen()
    for (let round = 0; round < 2000; round += 1) {
      const { stream, served } = start(screen)
      stream.on('error', () => {})
      stream.resume()
      if (round % 4 !== 0) stream.write('RFB 003.008\n\x01\x01')
      const length = random() % 60
      stream.write(
        Buffer.from(Array.from({ length }, () => (random() % 3 === 0 ? random() % 8 : random() % 256))),
      )
      stream.end()
      await served
    }
    // and works as before
    const { client } = start(screen)
    expect(await client.enter()).toBeUndefined()
  })

  it('holds back updates from a client that does not read', async () => {
    const screen = new TestScreen()
    const { client, stream } = start(screen)
    await client.enter()
    stream.pause()
    for (let round = 0; round < 50; round += 1) {
      client.request(false)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(stream.readableLength).toBeLessThan(3 * 200 * 100 * 4)
    stream.resume()
    await client.update()
  })
})
