import { Duplex } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { RpcConnection } from './connection'
import { RpcProtocolError } from './errors'
import { Framer, packetHeadBytes, type Packet } from './framing'
import { libvirtCalls, libvirtStreamCalls } from './generated/calls.gen'
import { libvirtEvents } from './generated/events.gen'
import { golden } from './testing/golden'
import { failure } from './testing/scenario'

const uuid = '00112233-4455-6677-8899-aabbccddeeff'
const vm1 = { name: 'vm1', uuid, id: 7 }
const nobody = { name: '', uuid: 'ffffffff-ffff-ffff-ffff-ffffffffffff', id: -1 }

/** A byte stream that keeps what is sent and gives what the test pushes. */
function wire(): { duplex: Duplex; sent: Buffer[] } {
  const sent: Buffer[] = []
  const duplex = new Duplex({
    read: () => {},
    write: (chunk: Buffer, _encoding, done) => {
      sent.push(chunk)
      done()
    },
  })
  return { duplex, sent }
}

/** Everything the daemon says in the story below, in one piece. */
const story = Buffer.concat([
  golden.authListReply,
  golden.ping,
  golden.connectOpenReply,
  golden.lifecycleEvent,
  golden.listDomainsReply,
  golden.errorReply,
  golden.screenshotReply,
  golden.streamData,
  golden.streamEndOfData,
  golden.streamHole,
  golden.replyWithDescriptors,
  golden.streamFinish,
])

/** Makes the seven calls the golden packets answer, feeds the story in the given pieces, and tells what came out. */
async function play(pieces: Buffer[]) {
  const { duplex, sent } = wire()
  const rpc = new RpcConnection(duplex, { keepAlive: null, maxInFlight: 7 })
  const events: unknown[] = []
  rpc.onEvent(libvirtEvents.DOMAIN_EVENT_CALLBACK_LIFECYCLE, (message) => events.push(message))
  const volume = { vol: { pool: 'p', name: 'n', key: 'k' }, offset: 0, length: 0, flags: 1 }
  const auth = rpc.call(libvirtCalls.AUTH_LIST, undefined)
  const open = rpc.call(libvirtCalls.CONNECT_OPEN, { name: 'qemu:///system', flags: 1 })
  const list = rpc.call(libvirtCalls.CONNECT_LIST_ALL_DOMAINS, { need_results: 1, flags: 0 })
  const suspend = failure(rpc.call(libvirtCalls.DOMAIN_SUSPEND, { dom: vm1 }))
  const shot = rpc.openStream(libvirtStreamCalls.DOMAIN_SCREENSHOT, { dom: vm1, screen: 0, flags: 0 })
  const download = rpc.openStream(libvirtStreamCalls.STORAGE_VOL_DOWNLOAD, volume, { sparse: true })
  const host = rpc.call(libvirtCalls.CONNECT_GET_HOSTNAME, undefined)
  for (const piece of pieces) duplex.push(piece)
  const replies = {
    auth: await auth,
    open: await open,
    list: await list,
    suspend: await suspend,
    host: await host,
  }
  const { ret, stream } = await shot
  const parts = [await stream.read(), await stream.read()]
  await stream.closed
  // The download's reply never came: closing is what ends it.
  rpc.close()
  const result = { ...replies, ret, parts, events, download: await failure(download) }
  return { result, sent: Buffer.concat(sent) }
}

describe('the golden packets', () => {
  it('are numbered as the procedure tables say', () => {
    expect(libvirtCalls.DOMAIN_SUSPEND.num).toBe(golden.errorReply.readInt32BE(12))
    expect(libvirtCalls.CONNECT_GET_HOSTNAME.num).toBe(golden.replyWithDescriptors.readInt32BE(12))
    expect(libvirtCalls.CONNECT_LIST_ALL_DOMAINS.num).toBe(golden.listDomainsReply.readInt32BE(12))
    expect(libvirtStreamCalls.DOMAIN_SCREENSHOT.num).toBe(golden.screenshotReply.readInt32BE(12))
    expect(libvirtStreamCalls.STORAGE_VOL_DOWNLOAD.num).toBe(golden.streamHole.readInt32BE(12))
    expect(libvirtEvents.DOMAIN_EVENT_CALLBACK_LIFECYCLE.num).toBe(golden.lifecycleEvent.readInt32BE(12))
  })

  it('are understood in full', async () => {
    const { result, sent } = await play([story])
    expect(result).toEqual({
      auth: { types: [0] },
      open: undefined,
      list: { domains: [vm1, nobody], ret: 2 },
      suspend: expect.objectContaining({
        code: 42,
        domain: 10,
        message: 'Gone.',
        details: { level: 2, str1: '%s', str2: null, str3: 'gone', int1: -1, int2: 5 },
      }),
      host: { hostname: 'host' },
      ret: { mime: 'a/b+c' },
      parts: [{ kind: 'data', bytes: Buffer.of(1, 2, 3) }, null],
      events: [{ callbackID: 1, msg: { dom: { ...vm1, id: -1 }, event: 5, detail: 1 } }],
      download: expect.objectContaining({ name: 'RpcClosedError' }),
    })
    expect(sent.subarray(0, golden.authListCall.length)).toEqual(golden.authListCall)
    const open = golden.authListCall.length
    expect(sent.subarray(open, open + golden.connectOpenCall.length)).toEqual(golden.connectOpenCall)
    expect(sent.subarray(-golden.pong.length)).toEqual(golden.pong)
  })

  it('are understood alike wherever the bytes are cut in two', async () => {
    const whole = (await play([story])).result
    for (let at = 1; at < story.length; at++) {
      expect((await play([story.subarray(0, at), story.subarray(at)])).result, `cut at ${at}`).toEqual(whole)
    }
  })

  it('are understood alike when they come byte by byte', async () => {
    const whole = (await play([story])).result
    const pieces = Array.from(story, (_, at) => story.subarray(at, at + 1))
    expect((await play(pieces)).result).toEqual(whole)
  })

  it('are what finishing, aborting and a hole look like when we send them', async () => {
    const { duplex, sent } = wire()
    const rpc = new RpcConnection(duplex, { keepAlive: null })
    const opening = Array.from({ length: 4 }, () =>
      rpc.call(libvirtCalls.CONNECT_CLOSE, undefined).catch(() => {}),
    )
    for (let serial = 1; serial <= 4; serial++) duplex.push(replyTo(serial, libvirtCalls.CONNECT_CLOSE.num))
    await Promise.all(opening)
    const shot = rpc.openStream(libvirtStreamCalls.DOMAIN_SCREENSHOT, { dom: vm1, screen: 0, flags: 0 })
    duplex.push(golden.screenshotReply)
    const { stream } = await shot
    sent.length = 0
    const finishing = stream.finish()
    expect(Buffer.concat(sent)).toEqual(golden.streamFinish)
    duplex.push(golden.streamFinish)
    await finishing
    rpc.close()
  })
})

describe('Framer', () => {
  const framed = (pieces: Buffer[]): Packet[] => {
    const packets: Packet[] = []
    const framer = new Framer()
    for (const piece of pieces) framer.push(piece, (packet) => packets.push(packet))
    return packets
  }

  it('cuts every golden packet out of the stream, whatever follows it', () => {
    for (const [name, bytes] of Object.entries(golden)) {
      for (let at = 0; at <= bytes.length; at++) {
        const packets = framed([bytes.subarray(0, at), Buffer.concat([bytes.subarray(at), golden.ping])])
        expect(
          packets.map(({ header }) => header.procedure),
          name,
        ).toEqual([bytes.readInt32BE(12), 1])
      }
    }
  })

  it('hands on much data of a stream as it comes, and finds the packet after it', () => {
    const data = Buffer.alloc(40_000, 'data')
    const head = Buffer.from(golden.streamData.subarray(0, packetHeadBytes))
    head.writeUInt32BE(packetHeadBytes + data.length)
    const bytes = Buffer.concat([head, data, golden.ping])
    for (const cut of [3, packetHeadBytes - 1, packetHeadBytes, 20_000, bytes.length - 3]) {
      const packets = framed([
        bytes.subarray(0, cut),
        bytes.subarray(cut, 30_000),
        bytes.subarray(Math.max(cut, 30_000)),
      ])
      const pieces = packets.slice(0, -1)
      expect(Buffer.concat(pieces.map(({ payload }) => payload)).equals(data), `cut at ${cut}`).toBe(true)
      expect(new Set(pieces.map(({ header }) => header.procedure))).toEqual(new Set([head.readInt32BE(12)]))
      expect(packets.at(-1)?.header.procedure).toBe(1)
    }
    expect(framed([bytes.subarray(0, 30_000)])).toHaveLength(1)
  })

  it.each([0, 4, 27, 33554437, 0xffffffff])(
    'refuses a packet of length %d before waiting for it',
    (length) => {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(length)
      expect(() => framed([bytes])).toThrow(RpcProtocolError)
    },
  )

  it('refuses a packet that announces more descriptors than libvirt ever sends', () => {
    const bytes = Buffer.from(golden.replyWithDescriptors)
    bytes.writeUInt32BE(33, 28)
    expect(() => framed([bytes])).toThrow(RpcProtocolError)
  })

  it('hands on the packets before the one it refuses', () => {
    const packets: Packet[] = []
    const bytes = Buffer.concat([golden.ping, Buffer.alloc(4)])
    expect(() => new Framer().push(bytes, (packet) => packets.push(packet))).toThrow(RpcProtocolError)
    expect(packets).toHaveLength(1)
  })
})

function replyTo(serial: number, procedure: number): Buffer {
  const bytes = Buffer.from(golden.connectOpenReply)
  bytes.writeInt32BE(procedure, 12)
  bytes.writeUInt32BE(serial, 20)
  return bytes
}
