import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Channel } from './channel'
import { windowBytes } from './channel'
import { MuxConnection } from './mux-connection'
import { packet, PacketCutter, Reader, type Field } from './wire'

let folder: string
let server: Server
let master: Socket
/** Types and bodies of what we sent, after the greeting. */
let sent: { type: number; reader: Reader }[]
const message = (type: number, ...fields: Field[]): Buffer => packet([{ byte: 0 }, { byte: type }, ...fields])

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mux-'))
  sent = []
})
afterEach(() => {
  master?.destroy()
  server?.close()
  rmSync(folder, { recursive: true })
})

async function open(greeting: Buffer, whyLost?: () => Promise<Error | undefined>): Promise<MuxConnection> {
  const path = join(folder, 'm')
  server = createServer((socket) => {
    master = socket
    const cutter = new PacketCutter()
    let greetings = 2
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => {
      for (const body of cutter.push(chunk)) {
        greetings -= 1
        if (greetings === 0) socket.write(greeting)
        if (greetings >= 0) continue
        const reader = new Reader(body)
        reader.byte()
        sent.push({ type: reader.byte(), reader })
      }
    })
  }).listen(path)
  await once(server, 'listening')
  const socket = connect(path)
  await once(socket, 'connect')
  return MuxConnection.open(socket, whyLost ?? (async () => undefined))
}

const agreed = Buffer.concat([packet([1, 4]), packet([0x8000000f, 1])])

async function openChannel(connection: MuxConnection, remoteWindow = 100): Promise<Channel> {
  const opening = new Promise<Channel>((resolve, reject) => {
    connection.forwardOut('127.0.0.1', 0, 'host', 1, (error, channel) =>
      error ? reject(error) : resolve(channel),
    )
  })
  await expect.poll(() => sent.length).toBe(1)
  const { type, reader } = sent.shift() as (typeof sent)[0]
  expect([type, reader.text(), reader.uint32()]).toEqual([90, 'direct-tcpip', 0])
  master.write(message(91, 0, 7, remoteWindow, 40))
  return opening
}

describe('channels over the control socket of ssh', () => {
  it('need a master that speaks this version and knows proxy mode', async () => {
    await expect(open(packet([1, 5]))).rejects.toThrow('speaks version 5')
    master.destroy()
    server.close()
    rmSync(join(folder, 'm'), { force: true })
    await expect(open(Buffer.concat([packet([1, 4]), packet([0x80000003, 1, 'no'])]))).rejects.toThrow('no')
  })

  it('send no more than the host takes, in packets of its size', async () => {
    const channel = await openChannel(await open(agreed))
    channel.write(Buffer.alloc(150, 'x'))
    await expect.poll(() => sent.length).toBe(3)
    master.write(message(93, 0, 30))
    await expect.poll(() => sent.length).toBe(4)
    const sizes = sent.map(({ reader }) => [reader.uint32(), reader.bytes().length])
    expect(sizes).toEqual([
      [7, 40],
      [7, 40],
      [7, 20],
      [7, 30],
    ])
  })

  it('widen the window only as the reader reads', async () => {
    const channel = await openChannel(await open(agreed))
    const block = Buffer.alloc(32 * 1024)
    const blocks = windowBytes / block.length
    for (let index = 0; index < blocks; index += 1) master.write(message(94, 0, block))
    await expect.poll(() => channel.readableLength).toBe(windowBytes)
    expect(sent).toEqual([])
    channel.resume()
    await expect.poll(() => sent.length).toBeGreaterThan(0)
    expect(sent[0]?.type).toBe(93)
  })

  it('end with an error when the host sends more than it may', async () => {
    const channel = await openChannel(await open(agreed))
    const failed = once(channel, 'error')
    const block = Buffer.alloc(64 * 1024)
    for (let size = 0; size <= windowBytes; size += block.length) master.write(message(94, 0, block))
    expect(String((await failed)[0])).toContain('more than was allowed')
  })

  it('tell the reason of a refusal', async () => {
    const connection = await open(agreed)
    const refused = new Promise((resolve) => connection.openssh_forwardOutStreamLocal('/x', resolve))
    await expect.poll(() => sent.length).toBe(1)
    master.write(message(92, 0, 2, 'open failed', ''))
    expect(await refused).toMatchObject({ reason: 2, message: 'Channel open failure: open failed' })
  })

  it('give the exit code after the output, however the packets come', async () => {
    const connection = await open(agreed)
    const started = new Promise<Channel>((resolve) =>
      connection.exec('x', (_error, channel) => resolve(channel)),
    )
    await expect.poll(() => sent.length).toBe(1)
    master.write(message(91, 0, 7, 100, 40))
    await expect.poll(() => sent.length).toBe(2)
    // all in one piece, before anybody could listen
    const all = [
      message(99, 0),
      message(94, 0, 'out'),
      message(95, 0, 1, 'err'),
      message(98, 0, 'exit-status', false, { byte: 0 }, { byte: 0 }, { byte: 0 }, { byte: 3 }),
      message(96, 0),
      message(97, 0),
    ]
    master.write(Buffer.concat(all))
    const channel = await started
    let output = ''
    let errors = ''
    channel.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString()
    })
    channel.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    const [code] = (await once(channel, 'exit')) as [number]
    expect([code, output, errors]).toEqual([3, 'out', 'err'])
  })

  it('end with the connection, which tells why', async () => {
    const connection = await open(agreed, async () => new Error('the reason'))
    const channel = await openChannel(connection)
    const told: string[] = []
    connection.on('error', (error: Error) => told.push(error.message))
    connection.on('close', () => told.push('closed'))
    const closed = new Promise<void>((resolve) => connection.on('close', resolve))
    const ended = once(channel, 'close')
    connection.forwardOut('', 0, 'x', 1, () => told.push('not opened'))
    master.destroy()
    await closed
    await ended
    // a channel that does not open is not taken for a refusal by the host
    expect(told).toEqual(['the reason', 'closed', 'not opened'])
    expect(() => connection.exec('x', () => undefined)).toThrow('not connected')
  })

  it('refuse packets that cannot be true', async () => {
    expect(() => new PacketCutter().push(Buffer.from([0xff, 0xff, 0xff, 0xff]))).toThrow('packet of')
    expect(() => new Reader(Buffer.from([0, 0, 0, 9, 1])).text()).toThrow('too short')
    const connection = await open(agreed)
    const closed = once(connection, 'close')
    master.write(Buffer.from([0xff, 0xff, 0xff, 0xff]))
    await closed
  })
})
