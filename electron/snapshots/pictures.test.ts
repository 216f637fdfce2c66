import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostId, vmId } from '../../shared/model/ids'
import { SnapshotPictures } from './pictures'

const ref = { host: hostId.parse('a'), vm: vmId.parse('00000000-0000-4000-8000-000000000001') }
let directory: string
let pictures: SnapshotPictures

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pictures-'))
  pictures = new SnapshotPictures(directory)
})
afterEach(() => rm(directory, { recursive: true }))

/** All pixels have this colour. */
function bitmap(width: number, height: number, rgb: readonly [number, number, number]) {
  const pixels = Buffer.from(Array.from({ length: width * height }, () => rgb).flat())
  const bytes = Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), pixels])
  return { mime: 'image/x-portable-pixmap', bytes }
}

function decoded(url: string | null): { width: number; height: number; first: number[] } {
  const png = Buffer.from((url ?? '').replace('data:image/png;base64,', ''), 'base64')
  const length = png.readUInt32BE(33)
  const rows = inflateSync(png.subarray(41, 41 + length))
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), first: [...rows.subarray(0, 4)] }
}

describe('the picture of a snapshot', () => {
  it('comes back as a PNG that is no wider than it is shown', async () => {
    await pictures.put(ref, 'a', bitmap(1280, 4, [10, 20, 30]))
    expect(decoded(await pictures.get(ref, 'a', 5))).toEqual({
      width: 640,
      height: 2,
      first: [0, 10, 20, 30],
    })
  })

  it('is not shown for another snapshot that has the name later', async () => {
    await pictures.put(ref, 'a', bitmap(2, 2, [1, 2, 3]))
    expect(await pictures.get(ref, 'a', 5)).not.toBeNull()
    expect(await pictures.get(ref, 'a', 6)).toBeNull()
    expect(await pictures.get(ref, 'a', 5)).not.toBeNull()
  })

  it('goes along when the snapshot is renamed, and goes with it', async () => {
    await pictures.put(ref, 'a', bitmap(2, 2, [1, 2, 3]))
    await pictures.get(ref, 'a', 5)
    await pictures.rename(ref, 'a', 'b/../c')
    expect(await pictures.get(ref, 'a', 5)).toBeNull()
    expect(await pictures.get(ref, 'b/../c', 5)).not.toBeNull()
    await pictures.drop(ref, ['b/../c'])
    expect(await pictures.get(ref, 'b/../c', 5)).toBeNull()
  })

  it('of an earlier snapshot gives way to the new one', async () => {
    await pictures.put(ref, 'a', bitmap(2, 2, [1, 2, 3]))
    await pictures.get(ref, 'a', 5)
    await pictures.put(ref, 'a', bitmap(2, 2, [4, 5, 6]))
    expect(await pictures.get(ref, 'a', 5)).not.toBeNull()
    expect(decoded(await pictures.get(ref, 'a', 5)).first).toEqual([0, 4, 5, 6])
  })

  it('is not kept when a host sends something else, too little, or a size that no screen has', async () => {
    for (const text of ['GIF89a', 'P6\n9 9\n255\nfew', 'P6\n99999 99999\n255\n', 'P5\n1 1\n255\na', ''])
      await pictures.put(ref, 'a', { mime: 'image/x-portable-pixmap', bytes: Buffer.from(text) })
    expect(await pictures.get(ref, 'a', 5)).toBeNull()
  })

  it('is one of few: the oldest go', async () => {
    for (let at = 0; at < 63; at += 1) await pictures.put(ref, `${at}`, bitmap(1, 1, [1, 2, 3]))
    expect(await readdir(join(directory, 'snapshots', 'a', ref.vm))).toHaveLength(60)
  })

  it('goes when its snapshot was deleted by others, and stays while that is there', async () => {
    for (const name of ['gone', 'stays', 'anew']) await pictures.put(ref, name, bitmap(1, 1, [1, 2, 3]))
    await pictures.get(ref, 'anew', 4)
    const view = {
      snapshots: [
        { name: 'stays', createdAtMs: 5 },
        { name: 'anew', createdAtMs: 6 },
      ],
    }
    expect(await pictures.sweep(ref, async () => view)).toBe(view)
    expect(await pictures.get(ref, 'stays', 5)).not.toBeNull()
    expect(await readdir(join(directory, 'snapshots', 'a', ref.vm))).toHaveLength(1)
  })

  it('that is put away while the host tells its snapshots stays, as they may be from before it', async () => {
    await pictures.sweep(ref, async () => {
      await pictures.put(ref, 'new', bitmap(1, 1, [1, 2, 3]))
      return { snapshots: [] }
    })
    expect(await pictures.get(ref, 'new', 5)).not.toBeNull()
  })

  it('goes with the VM', async () => {
    await pictures.put(ref, 'a', bitmap(1, 1, [1, 2, 3]))
    await pictures.forget(ref)
    expect(await readdir(join(directory, 'snapshots', 'a'))).toEqual([])
  })

  it('is refused for a host whose id is a path', async () => {
    const bad = { ...ref, host: '../x' as typeof ref.host }
    await expect(pictures.get(bad, 'a', 1)).rejects.toMatchObject({ kind: 'invalid' })
  })
})
