import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dataMap, readMap } from './data-map'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-map-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe.runIf(process.platform === 'linux')('the map of a file', () => {
  it('has its data and leaves out its holes, whatever the file is called', async () => {
    const path = join(folder, '--a "b\n$c.img')
    const file = await open(path, 'w')
    await file.write(Buffer.alloc(4096, 1), 0, 4096, 1024 * 1024)
    await file.write(Buffer.alloc(4096, 1), 0, 4096, 64 * 1024 * 1024)
    await file.truncate(1024 * 1024 * 1024)
    await file.close()
    const map = await dataMap(path, 1024 * 1024 * 1024)
    const holds = (at: number) => map?.some(({ start, end }) => start <= at && at < end)
    expect([0, 1024 * 1024, 32 * 1024 * 1024, 64 * 1024 * 1024, 512 * 1024 * 1024].map(holds)).toEqual([
      false,
      true,
      false,
      true,
      false,
    ])
  })

  it('is empty for a file that is one hole', async () => {
    const path = join(folder, 'hole')
    const file = await open(path, 'w')
    await file.truncate(1024 * 1024)
    await file.close()
    expect(await dataMap(path, 1024 * 1024)).toEqual([])
  })

  it('is not known for a file without holes, nor for one that is not there', async () => {
    const path = join(folder, 'full')
    await writeFile(path, Buffer.alloc(100_000, 1))
    expect(await dataMap(path, 100_000)).toBeUndefined()
    expect(await dataMap(join(folder, 'none'), 100)).toBeUndefined()
  })

  it('is not known when the archive speaks of another size', async () => {
    const path = join(folder, 'shrunk')
    const file = await open(path, 'w')
    await file.write(Buffer.alloc(4096, 1), 0, 4096, 1024 * 1024)
    await file.truncate(8 * 1024 * 1024)
    await file.close()
    expect(await dataMap(path, 1024 * 1024)).toBeUndefined()
  })
})

it.each([Buffer.alloc(0), Buffer.alloc(4096), Buffer.alloc(4096, 'x')])('nonsense is no map', (head) =>
  expect(readMap(head, 1000)).toBeUndefined(),
)
