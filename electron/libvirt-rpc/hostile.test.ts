import { Duplex } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { RpcConnection } from './connection'
import { RpcClosedError, RpcError } from './errors'
import { libvirtCalls, libvirtStreamCalls } from './generated/calls.gen'
import { libvirtEvents } from './generated/events.gen'
import { golden } from './testing/golden'
import { type Random, seeded } from './testing/random'
import { dom, failure } from './testing/scenario'

const mutations = 10_000
const extremes = [0, 1, 2, 27, 28, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x0200_0005, 0x0001_0000]

const valid = Buffer.concat([
  golden.authListReply,
  golden.lifecycleEvent,
  golden.connectOpenReply,
  golden.listDomainsReply,
  golden.ping,
  golden.errorReply,
  golden.screenshotReply,
  golden.streamData,
  golden.streamHole,
  golden.streamEndOfData,
  golden.replyWithDescriptors,
  golden.streamFinish,
])

function mutate(random: Random): Buffer {
  let bytes = Buffer.from(valid)
  for (let changes = 1 + random(3); changes > 0; changes--) {
    const at = random(bytes.length)
    const word = at - (at % 4)
    switch (random(5)) {
      case 0:
        bytes[at] = random(256)
        break
      case 1:
        if (word + 4 <= bytes.length) bytes.writeUInt32BE(extremes[random(extremes.length)] ?? 0, word)
        break
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random(40))])
        break
      case 3:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          Buffer.from([random(256), random(256)]),
          bytes.subarray(at),
        ])
        break
      default:
        bytes = Buffer.from(
          Array.from({ length: bytes.length }, (_, i) => (i < at ? (bytes[i] ?? 0) : random(256))),
        )
    }
    if (bytes.length === 0) return bytes
  }
  return bytes
}

/** Makes calls, opens streams and listens, feeds the bytes, ends; answers how everything ended. */
async function attack(bytes: Buffer) {
  const duplex = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() })
  const rpc = new RpcConnection(duplex, { keepAlive: null, maxInFlight: 8 })
  rpc.onEvent(libvirtEvents.DOMAIN_EVENT_CALLBACK_LIFECYCLE, () => {})
  const settled = (promise: Promise<unknown>) =>
    promise.then(
      () => null,
      (error: unknown) => error,
    )
  const reading = async (opening: ReturnType<typeof rpc.openStream<never, unknown>>) => {
    const { stream } = await opening
    for await (const part of stream) if (part.kind === 'hole') break
    await stream.finish()
  }
  const volume = { vol: { pool: 'p', name: 'n', key: 'k' }, offset: 0, length: 0, flags: 1 }
  const ends = [
    settled(rpc.call(libvirtCalls.AUTH_LIST, undefined)),
    settled(rpc.call(libvirtCalls.CONNECT_OPEN, { name: '', flags: 0 })),
    settled(rpc.call(libvirtCalls.CONNECT_LIST_ALL_DOMAINS, { need_results: 1, flags: 0 })),
    settled(rpc.call(libvirtCalls.DOMAIN_SUSPEND, { dom })),
    settled(
      reading(rpc.openStream(libvirtStreamCalls.DOMAIN_SCREENSHOT, { dom, screen: 0, flags: 0 }) as never),
    ),
    settled(
      reading(rpc.openStream(libvirtStreamCalls.STORAGE_VOL_DOWNLOAD, volume, { sparse: true }) as never),
    ),
    settled(rpc.call(libvirtCalls.CONNECT_GET_HOSTNAME, undefined)),
  ]
  duplex.push(bytes)
  duplex.push(null)
  const reason = await rpc.closed
  return { reason, errors: await Promise.all(ends) }
}

describe('a peer that sends garbage', () => {
  it('loses its connection with a typed reason, every call settles, and nothing else happens', async () => {
    const escaped: unknown[] = []
    const onEscape = (error: unknown) => escaped.push(error)
    process.on('uncaughtException', onEscape)
    process.on('unhandledRejection', onEscape)
    const kinds = { protocol: 0, ended: 0 }
    try {
      for (let seed = 0; seed < mutations; seed++) {
        const { reason, errors } = await attack(mutate(seeded(seed)))
        if (reason.kind !== 'protocol' && reason.kind !== 'ended')
          expect(reason, `seed ${seed}`).toBe('expected')
        kinds[reason.kind as keyof typeof kinds] += 1
        for (const error of errors) {
          const isTyped = error === null || error instanceof RpcError || error instanceof RpcClosedError
          if (!isTyped) expect(error, `seed ${seed}`).toBe('a typed error')
        }
      }
      await new Promise((resolve) => setImmediate(resolve))
    } finally {
      process.off('uncaughtException', onEscape)
      process.off('unhandledRejection', onEscape)
    }
    expect(escaped).toEqual([])
    // Both ends must have been reached often, or the mutations test nothing.
    expect(kinds.protocol).toBeGreaterThan(mutations / 4)
    expect(kinds.ended).toBeGreaterThan(mutations / 20)
  }, 60_000)

  it('ends like a closed connection when it sends what is valid', async () => {
    const { reason, errors } = await attack(valid)
    expect(reason.kind).toBe('ended')
    expect(errors.filter((error) => error === null)).toHaveLength(5)
  })

  it.each<[string, (bytes: Buffer) => void]>([
    ['a packet of a type only clients send', (bytes) => bytes.writeInt32BE(0, 16)],
    ['a packet of an unknown type', (bytes) => bytes.writeInt32BE(9, 16)],
    ['another protocol version', (bytes) => bytes.writeUInt32BE(2, 8)],
    ['a reply that names another procedure', (bytes) => bytes.writeInt32BE(67, 12)],
    ['a reply with an unknown status', (bytes) => bytes.writeInt32BE(2, 24)],
    ['a reply with an array that cannot fit', (bytes) => bytes.writeUInt32BE(20, 28)],
  ])('loses its connection for %s', async (_what, spoil) => {
    const bytes = Buffer.from(golden.authListReply)
    spoil(bytes)
    const duplex = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() })
    const rpc = new RpcConnection(duplex, { keepAlive: null })
    const call = failure(rpc.call(libvirtCalls.AUTH_LIST, undefined))
    duplex.push(bytes)
    expect(await rpc.closed).toMatchObject({ kind: 'protocol' })
    expect(await call).toBeInstanceOf(RpcClosedError)
    expect(duplex.destroyed).toBe(true)
  })

  it('is not listened to about programs and serials nobody knows', async () => {
    const strange = Buffer.from(golden.lifecycleEvent)
    strange.writeUInt32BE(0x20008088, 4)
    const unasked = Buffer.from(golden.listDomainsReply)
    unasked.writeUInt32BE(99, 20)
    const duplex = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() })
    const rpc = new RpcConnection(duplex, { keepAlive: null })
    const call = rpc.call(libvirtCalls.AUTH_LIST, undefined)
    duplex.push(Buffer.concat([strange, unasked, golden.streamData, golden.authListReply]))
    expect(await call).toEqual({ types: [0] })
    expect(rpc.reason).toBeNull()
    rpc.close()
  })
})
