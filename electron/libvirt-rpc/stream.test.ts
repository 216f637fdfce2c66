import { describe, expect, it } from 'vitest'
import { RpcClosedError, RpcError, RpcProtocolError } from './errors'
import type { StreamPart } from './stream'
import { type FakeDaemon, FakeError, type ReceivedCall, later } from './testing/fake-daemon'
import { connected, dom, failure, volume } from './testing/scenario'

const screenshot = { dom, screen: 0, flags: 0 }
const consoleArgs = { dom, dev_name: null, flags: 0 }
const upload = { vol: volume, offset: 0, length: 0, flags: 0 }
const sparse = 1

async function opened(
  name: 'DOMAIN_OPEN_CONSOLE' | 'STORAGE_VOL_UPLOAD' | 'STORAGE_VOL_DOWNLOAD',
  flags = 0,
) {
  const scenario = connected()
  scenario.daemon.on(name, () => null)
  const args = name === 'DOMAIN_OPEN_CONSOLE' ? consoleArgs : { ...upload, flags }
  const { stream } = await scenario.connection.openStream(name, args as never)
  return { ...scenario, stream, call: await scenario.daemon.received(name) }
}

const text = (part: StreamPart | null): string =>
  part === null ? 'end' : part.kind === 'data' ? part.bytes.toString() : `hole of ${part.lengthBytes}`

/** Answers the next finish or abort. */
async function confirmLast(daemon: FakeDaemon, call: ReceivedCall): Promise<void> {
  await daemon.until(() => daemon.streamPackets.some(({ status }) => status !== 2))
  daemon.send(daemon.streamPacket(call, 'ok'))
}

describe('a stream', () => {
  it('loses nothing when the reply, all data and the end come in one chunk', async () => {
    const { daemon, connection } = connected()
    daemon.on('DOMAIN_SCREENSHOT', () => later)
    const opening = connection.openStream('DOMAIN_SCREENSHOT', screenshot)
    const call = await daemon.received('DOMAIN_SCREENSHOT')
    daemon.send(
      daemon.replyPacket(call, { mime: 'image/png' }),
      daemon.streamPacket(call, 'continue', Buffer.from('first ')),
      daemon.streamPacket(call, 'continue', Buffer.from('second')),
      daemon.streamPacket(call, 'continue'),
    )
    const { ret, stream } = await opening
    expect(ret).toEqual({ mime: 'image/png' })
    const image = stream.collect(100)
    await confirmLast(daemon, call)
    expect((await image).toString()).toBe('first second')
    expect(daemon.streamPackets).toMatchObject([{ serial: call.serial, type: 3, status: 0 }])
  })

  it('refuses to collect more than it was allowed to, and is aborted', async () => {
    const { daemon, stream, call } = await opened('STORAGE_VOL_DOWNLOAD')
    daemon.send(daemon.streamPacket(call, 'continue', Buffer.alloc(11)))
    const collected = failure(stream.collect(10))
    await confirmLast(daemon, call)
    expect(await collected).toBeInstanceOf(RpcProtocolError)
    expect(daemon.streamPackets).toMatchObject([{ status: 1 }])
  })

  it('carries a console both ways', async () => {
    const { daemon, stream, call } = await opened('DOMAIN_OPEN_CONSOLE')
    await stream.write(Buffer.from('ls\n'))
    await stream.write(Buffer.alloc(0))
    await daemon.until(() => daemon.streamPackets.length > 0)
    daemon.send(daemon.streamPacket(call, 'continue', Buffer.from('README')))
    expect(text(await stream.read())).toBe('README')
    expect(daemon.streamPackets.map(({ payload, status }) => [payload.toString(), status])).toEqual([
      ['ls\n', 2],
    ])
  })

  it('ends with the error the daemon sends, after what came before it, and sends no finish', async () => {
    const { daemon, connection, stream, call } = await opened('DOMAIN_OPEN_CONSOLE')
    daemon.send(
      daemon.streamPacket(call, 'continue', Buffer.from('bye')),
      daemon.streamPacket(call, new FakeError(38, 38, 'stream had I/O failure')),
    )
    await stream.closed
    expect(text(await stream.read())).toBe('bye')
    expect(await failure(stream.read())).toMatchObject({ name: 'RpcError', code: 38 })
    expect(await failure(stream.finish())).toBeInstanceOf(RpcError)
    expect(await failure(stream.write(Buffer.from('x')))).toBeInstanceOf(RpcError)
    expect(daemon.streamPackets).toEqual([])
    expect(connection.closeReason).toBeNull()
  })

  it('that could not be opened rejects with what libvirt said', async () => {
    const { daemon, connection } = connected()
    daemon.on('DOMAIN_OPEN_CONSOLE', () => {
      throw new FakeError(9, 10, 'Active console session exists for this domain')
    })
    expect(await failure(connection.openStream('DOMAIN_OPEN_CONSOLE', consoleArgs))).toMatchObject({
      code: 9,
    })
    expect(connection.isIdle).toBe(true)
  })

  it('waits on finish until the daemon has stored everything', async () => {
    const { daemon, stream, call } = await opened('STORAGE_VOL_UPLOAD')
    await stream.write(Buffer.from('data'))
    let finished = false
    const finishing = stream.finish().then(() => {
      finished = true
    })
    await daemon.until(() => daemon.streamPackets.length === 2)
    expect(finished).toBe(false)
    daemon.send(daemon.streamPacket(call, 'ok'))
    await finishing
    expect(daemon.streamPackets.map(({ status }) => status)).toEqual([2, 0])
  })

  it('rejects on finish when storing failed', async () => {
    const { daemon, stream, call } = await opened('STORAGE_VOL_UPLOAD')
    const finishing = failure(stream.finish())
    await daemon.until(() => daemon.streamPackets.length === 1)
    daemon.send(daemon.streamPacket(call, new FakeError(38, 38, 'No space left on device')))
    expect(await finishing).toMatchObject({ message: 'No space left on device' })
  })

  it('is aborted when its reader leaves early, and late data goes nowhere', async () => {
    const { daemon, connection, stream, call } = await opened('STORAGE_VOL_DOWNLOAD')
    daemon.send(daemon.streamPacket(call, 'continue', Buffer.from('one')))
    const reading = (async () => {
      for await (const part of stream) return text(part)
      return 'nothing'
    })()
    await daemon.until(() => daemon.streamPackets.length === 1)
    daemon.send(daemon.streamPacket(call, 'continue', Buffer.from('late')), daemon.streamPacket(call, 'ok'))
    expect(await reading).toBe('one')
    expect(daemon.streamPackets).toMatchObject([{ status: 1 }])
    await stream.closed
    expect(connection.isIdle).toBe(true)
  })

  it('splits what is written into packets that let others through', async () => {
    const { daemon, stream } = await opened('STORAGE_VOL_UPLOAD')
    const data = Buffer.alloc(1_200_000, 'abc')
    await stream.write(data)
    const sum = () => daemon.streamPackets.reduce((total, { payload }) => total + payload.length, 0)
    await daemon.until(() => sum() === data.length)
    expect(Buffer.concat(daemon.streamPackets.map(({ payload }) => payload)).equals(data)).toBe(true)
    expect(daemon.streamPackets).toHaveLength(3)
  })

  it('carries holes both ways once they were agreed on', async () => {
    const down = await opened('STORAGE_VOL_DOWNLOAD', sparse)
    down.daemon.send(
      down.daemon.streamPacket(down.call, 'continue', Buffer.from('head')),
      down.daemon.holePacket(down.call, 2 ** 40),
      down.daemon.streamPacket(down.call, 'continue'),
    )
    const parts = [await down.stream.read(), await down.stream.read(), await down.stream.read()]
    expect(parts.map(text)).toEqual(['head', `hole of ${2 ** 40}`, 'end'])

    const up = await opened('STORAGE_VOL_UPLOAD', sparse)
    await up.stream.writeHole(4096)
    await up.daemon.until(() => up.daemon.streamPackets.length === 1)
    expect(up.daemon.streamPackets[0]).toMatchObject({ type: 6, status: 2 })
    expect(up.daemon.streamPackets[0]?.payload.toString('hex')).toBe('000000000000100000000000')
  })

  it('never sends a hole that was not agreed on, as the daemon would drop the connection', async () => {
    const { daemon, stream } = await opened('STORAGE_VOL_UPLOAD')
    expect(await failure(stream.writeHole(4096))).toBeInstanceOf(RpcProtocolError)
    expect(daemon.streamPackets).toEqual([])
  })

  it.each<[string, number | bigint, number]>([
    ['that was not agreed on', 4096, 0],
    ['of negative length', -1, sparse],
    ['of 2^62 bytes', 2n ** 62n, sparse],
  ])('closes the connection on a hole %s', async (_what, length, flags) => {
    const { daemon, connection, stream, call } = await opened('STORAGE_VOL_DOWNLOAD', flags)
    daemon.send(daemon.holePacket(call, length))
    expect(await connection.closed).toMatchObject({ kind: 'protocol' })
    expect(await failure(stream.read())).toBeInstanceOf(RpcClosedError)
  })

  it('stops the connection from reading when nobody reads it, and loses nothing', async () => {
    const { daemon, connection, transport, stream, call } = await opened('STORAGE_VOL_DOWNLOAD')
    const block = Buffer.alloc(256 * 1024, 'z')
    const blocks = 64
    for (let i = 0; i < blocks; i++) daemon.send(daemon.streamPacket(call, 'continue', block))
    daemon.send(daemon.streamPacket(call, 'continue'))
    if (!transport.isPaused()) await new Promise((resolve) => transport.once('pause', resolve))
    expect(daemon.stream.writableLength).toBeGreaterThan(block.length * 40)

    let total = 0
    for await (const part of stream) total += part.kind === 'data' ? part.bytes.length : 0
    expect(total).toBe(blocks * block.length)
    expect(transport.isPaused()).toBe(false)
    expect(connection.closeReason).toBeNull()
  })

  it('makes its writer wait while the daemon does not read', async () => {
    const { daemon, stream } = await opened('STORAGE_VOL_UPLOAD')
    daemon.stream.pause()
    let written = false
    const writing = stream.write(Buffer.alloc(8 * 1024 * 1024)).then(() => {
      written = true
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(written).toBe(false)
    daemon.stream.resume()
    await writing
  })

  it('fails its reader and its writer when the link drops', async () => {
    const { daemon, stream } = await opened('DOMAIN_OPEN_CONSOLE')
    const reading = failure(stream.read())
    daemon.stream.destroy()
    expect(await reading).toBeInstanceOf(RpcClosedError)
    expect(await failure(stream.write(Buffer.from('x')))).toBeInstanceOf(RpcClosedError)
    await stream.abort()
    await stream.closed
  })

  it('whose opening was given up is aborted when the daemon opens it after all', async () => {
    const { daemon, connection } = connected()
    daemon.on('DOMAIN_OPEN_CONSOLE', () => later)
    const controller = new AbortController()
    const opening = failure(
      connection.openStream('DOMAIN_OPEN_CONSOLE', consoleArgs, { signal: controller.signal }),
    )
    const call = await daemon.received('DOMAIN_OPEN_CONSOLE')
    controller.abort(new Error('window closed'))
    expect(await opening).toEqual(new Error('window closed'))
    daemon.reply(call)
    await daemon.until(() => daemon.streamPackets.length === 1)
    expect(daemon.streamPackets).toMatchObject([{ status: 1 }])
  })
})
