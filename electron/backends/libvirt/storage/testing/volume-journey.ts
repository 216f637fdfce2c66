/** Everything that is done to the volumes of a pool, in one go, with what arrives compared byte for byte. */
import { createHash, randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import type { StorageSession, VolumeAt } from '../../../storage-session'

export interface Journey {
  readonly pool: string
  /** A volume that is there and large enough, in pools that make none. */
  readonly fixed?: string
  readonly canResize?: boolean
  /** SHA-256 of the first bytes of a path, on the host. */
  digest(path: string, bytes: number): Promise<string>
}

const sizeBytes = 1024 * 1024
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const context = { signal: new AbortController().signal, onProgress: () => {} }
const { signal } = context

/** Make, upload, download, copy, resize, wipe, delete; ends with an assertion that fails otherwise. */
export async function volumeJourney(storage: StorageSession, journey: Journey): Promise<void> {
  const { pool, fixed } = journey
  const at = { pool, volume: fixed ?? 'journey' }
  const bytes = randomBytes(sizeBytes)
  if (fixed === undefined) await storage.prepareUpload(at, sizeBytes, 'raw')
  const sink = await storage.openUpload(at, { offsetBytes: 0, lengthBytes: 0, isSparse: false }, signal)
  await sink.write(bytes)
  await sink.finish()
  const path = await pathOf(storage, at)
  expect(await journey.digest(path, sizeBytes)).toBe(sha(bytes))
  expect(sha(await download(storage, at))).toBe(sha(bytes))

  if (fixed === undefined) {
    const copy = { pool, volume: 'journey-copy' }
    await storage.cloneVolume({ ...at, toPool: pool, name: copy.volume }, context)
    expect(await journey.digest(await pathOf(storage, copy), sizeBytes)).toBe(sha(bytes))
    if (journey.canResize) {
      await storage.resizeVolume(copy, { capacityBytes: 2 * sizeBytes, allocate: false, shrink: false })
      const { volumes } = await storage.volumeDetails(pool, [copy.volume])
      expect(volumes[0]?.capacityBytes).toBe(2 * sizeBytes)
    }
    await storage.deleteVolume(copy, false)
  }
  await storage.wipeVolume(at, 'zero', context)
  expect(await journey.digest(path, sizeBytes)).toBe(sha(new Uint8Array(sizeBytes)))
  if (fixed !== undefined) return
  await storage.deleteVolume(at, false)
  const { volumes } = await storage.volumeNames(pool)
  expect(volumes.map(({ name }) => name)).not.toContain(at.volume)
}

async function pathOf(storage: StorageSession, { pool, volume }: VolumeAt): Promise<string> {
  const { volumes } = await storage.volumeDetails(pool, [volume])
  if (!volumes[0]) throw new Error(`${volume} is not in pool ${pool}`)
  return volumes[0].path
}

async function download(storage: StorageSession, at: VolumeAt): Promise<Buffer> {
  const range = { offsetBytes: 0, lengthBytes: sizeBytes, isSparse: false }
  const source = await storage.openDownload(at, range, signal)
  const pieces: Uint8Array[] = []
  for (let part = await source.read(); part !== null; part = await source.read())
    pieces.push(part.kind === 'data' ? part.bytes : new Uint8Array(part.lengthBytes))
  await source.finish()
  return Buffer.concat(pieces)
}
