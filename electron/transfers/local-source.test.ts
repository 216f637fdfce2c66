import { randomBytes } from 'node:crypto'
import { mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DataRange } from './data-map'
import { localParts } from './local-source'

const mib = 1024 * 1024
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-source-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function read(bytes: Buffer, offset: number, map?: DataRange[]) {
  const path = join(folder, 'file')
  await writeFile(path, bytes)
  const file = await open(path)
  const pieces: Buffer[] = []
  const kinds: (readonly [string, number])[] = []
  for await (const part of localParts(file, bytes.length, offset, map)) {
    const length = part.kind === 'data' ? part.bytes.length : part.lengthBytes
    kinds.push([part.kind, length])
    pieces.push(part.kind === 'data' ? Buffer.from(part.bytes) : Buffer.alloc(length))
  }
  await file.close()
  return { all: Buffer.concat(pieces), kinds }
}

it('gives all bytes in order, zeros as holes, from any place on', async () => {
  const bytes = Buffer.concat([
    randomBytes(2 * mib + 5000),
    Buffer.alloc(3 * mib),
    randomBytes(1234),
    Buffer.alloc(mib + 7),
  ])
  for (const offset of [0, 1, mib, 2 * mib + 4000, 3 * mib, bytes.length - 3]) {
    const { all } = await read(bytes, offset)
    expect(all.equals(bytes.subarray(offset)), `from ${offset}`).toBe(true)
  }
})

it('joins holes that lie next to each other, also across what is read at once', async () => {
  const bytes = Buffer.concat([randomBytes(mib), Buffer.alloc(4 * mib), randomBytes(mib)])
  const map = [
    { start: 0, end: 2 * mib },
    { start: 3 * mib, end: 6 * mib },
  ]
  expect((await read(bytes, 0, map)).kinds).toEqual([
    ['data', mib],
    ['hole', 4 * mib],
    ['data', mib],
  ])
})

it('does not look into what the map calls a hole', async () => {
  const bytes = randomBytes(3 * mib)
  const { kinds } = await read(bytes, 0, [{ start: mib, end: 2 * mib }])
  expect(kinds).toEqual([
    ['hole', mib],
    ['data', mib],
    ['hole', mib],
  ])
})

it('tells that the file became shorter', async () => {
  const path = join(folder, 'file')
  await writeFile(path, randomBytes(3 * mib))
  const file = await open(path)
  await truncate(path, 2 * mib)
  const all = async (): Promise<void> => {
    for await (const part of localParts(file, 3 * mib, 0, undefined)) expect(part.kind).toBe('data')
  }
  await expect(all()).rejects.toThrow('became shorter')
  await file.close()
})
