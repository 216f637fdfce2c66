import { beforeEach, describe, expect, it } from 'vitest'
import type { HypervisorSession } from '../../backend'
import { expectKind } from '../../suite/expect-kind'
import { fakeBackend, type FakeBackend } from '../fake-backend'
import { TestClock } from '../test-clock'
import { connectTo, context } from '../test-session'

const uri = 'demo://local/'
const pool = 'default'

describe('volumes of the demo host', () => {
  let clock: TestClock
  let backend: FakeBackend
  let session: HypervisorSession

  beforeEach(async () => {
    clock = new TestClock()
    backend = fakeBackend(clock)
    const connecting = connectTo(backend, uri)
    await clock.advance(1000)
    session = await connecting
  })

  const during = async <T>(work: Promise<T>): Promise<T> => {
    const over = { is: false }
    const end = (): void => void (over.is = true)
    work.then(end, end)
    while (!over.is) await clock.advance(500)
    return work
  }

  it('are as many as no page draws once the archive runs', async () => {
    await during(session.storage.poolAction('archive', 'start'))
    const { volumes } = await session.storage.volumeNames('archive')
    expect(volumes.length).toBe(5000)
    const [first] = volumes
    const { volumes: told } = await session.storage.volumeDetails('archive', [first?.name ?? ''])
    expect(told).toEqual([expect.objectContaining({ ...first, format: 'qcow2' })])
  })

  it('are copied over a while, which can be cancelled and leaves nothing', async () => {
    const { storage } = session
    const request = { pool, volume: 'fedora-40-server.iso', toPool: pool, name: 'copy.iso' }
    const seen = context()
    await during(storage.cloneVolume(request, seen))
    expect(seen.progress.length).toBe(20)
    expect(seen.progress.at(-1)).toBe(1)
    expect([...seen.progress].sort((a, b) => a - b)).toEqual(seen.progress)
    const stop = new AbortController()
    const copying = storage.cloneVolume({ ...request, name: 'second.iso' }, context(stop.signal))
    copying.catch(() => undefined)
    await clock.advance(1000)
    stop.abort()
    await expectKind(copying, 'cancelled')
    const names = (await storage.volumeNames(pool)).volumes.map(({ name }) => name)
    expect(names).toContain('copy.iso')
    expect(names).not.toContain('second.iso')
  })

  it('keep what is uploaded, with its holes, and give it back', async () => {
    const { storage } = session
    const at = { pool, volume: 'upload.img' }
    const size = 1_000_000
    await storage.prepareUpload(at, size, 'raw')
    const { signal } = new AbortController()
    const whole = { offsetBytes: 0, lengthBytes: 0, isSparse: true }
    const sink = await storage.openUpload(at, whole, signal)
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index % 250) + 1)
    await during(sink.write(bytes))
    await during(sink.writeHole(800_000))
    await during(sink.write(bytes))
    await expectKind(during(sink.write(bytes)), 'invalid')
    await during(sink.finish())
    const source = await storage.openDownload(at, whole, signal)
    const back = new Uint8Array(size)
    let offset = 0
    let holes = 0
    for (let part = await during(source.read()); part; part = await during(source.read())) {
      if (part.kind === 'hole') {
        holes += part.lengthBytes
        offset += part.lengthBytes
      } else {
        back.set(part.bytes, offset)
        offset += part.bytes.length
      }
    }
    expect(offset).toBe(size)
    expect(holes).toBeGreaterThan(600_000)
    expect(back.subarray(0, 100_000)).toEqual(bytes)
    expect(back.subarray(900_000)).toEqual(bytes)
    expect(back.subarray(100_000, 900_000).every((one) => one === 0)).toBe(true)
    const { volumes } = await storage.volumeDetails(pool, [at.volume])
    expect(volumes[0]?.allocationBytes).toBeLessThan(400_000)
  })

  it('that are built on another one keep it', async () => {
    const { storage } = session
    const base = '/var/lib/libvirt/images/spare-disk.qcow2'
    const values = { name: 'top.qcow2', format: 'qcow2', backingPath: base, backingFormat: 'qcow2' }
    await during(storage.createVolume(pool, values, context()))
    expect((await storage.usage()).users[base]).toEqual([
      { kind: 'image', name: '/var/lib/libvirt/images/top.qcow2' },
    ])
    await expectKind(storage.deleteVolume({ pool, volume: 'spare-disk.qcow2' }, false), 'busy')
    const gone = { ...values, name: 'other.qcow2', backingPath: '/nowhere' }
    expect((await expectKind(storage.createVolume(pool, gone, context()), 'not-found')).field).toBe(
      'backingPath',
    )
  })

  it('of a volume group are raw and cannot be resized', async () => {
    const { storage } = session
    const values = { name: 'data', capacityBytes: 1024 ** 3 }
    await during(storage.createVolume('vg0', values, context()))
    const { volumes } = await storage.volumeDetails('vg0', ['data', 'db-01-data'])
    expect(volumes).toEqual([
      expect.objectContaining({ type: 'block', format: 'raw', allocationBytes: 1024 ** 3 }),
      expect.objectContaining({ path: '/dev/vg0/db-01-data' }),
    ])
    const request = { capacityBytes: 2 * 1024 ** 3, allocate: false, shrink: false }
    await expectKind(storage.resizeVolume({ pool: 'vg0', volume: 'data' }, request), 'unsupported')
  })
})
