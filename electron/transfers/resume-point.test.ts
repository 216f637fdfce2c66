import { randomBytes } from 'node:crypto'
import { mkdtemp, open, rm, writeFile, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import type { DataRange } from './data-map'
import { resumePoint } from './resume-point'
import { MemoryStorage } from './testing/memory-storage'

const mib = 1024 * 1024
let folder: string
let file: FileHandle
let local: Buffer
const storage = new MemoryStorage()

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-resume-'))
  // 8 MiB of data, 16 of nothing, 8 of data
  local = Buffer.concat([randomBytes(8 * mib), Buffer.alloc(16 * mib), randomBytes(8 * mib)])
  await writeFile(join(folder, 'file'), local)
  file = await open(join(folder, 'file'))
})
afterEach(async () => {
  await file.close()
  await rm(folder, { recursive: true })
})

const map: DataRange[] = [
  { start: 0, end: 8 * mib },
  { start: 24 * mib, end: 32 * mib },
]
const { signal } = new AbortController()

function point(remote: Buffer, sentBytes: number, known: DataRange[] | undefined): Promise<number> {
  storage.volumes.set('v', remote)
  const volume = { pool: 'images', volume: 'v' }
  return resumePoint({ storage: storage.session, volume, file, map: known, signal }, sentBytes)
}

/** What the host has: `bytes` of the file, then zeros. */
function arrived(bytes: number, size = local.length): Buffer {
  const remote = Buffer.alloc(size)
  local.copy(remote, 0, 0, Math.min(bytes, size))
  return remote
}

it.each([undefined, map])('goes on where sending ended when all of it is there (map: %j)', async (known) => {
  expect(await point(arrived(30 * mib), 30 * mib, known)).toBe(30 * mib)
})

it.each([undefined, map])('steps back to what is there (map: %j)', async (known) => {
  const at = await point(arrived(27 * mib), 31 * mib, known)
  expect(at).toBeLessThanOrEqual(27 * mib)
  expect(at).toBeGreaterThan(8 * mib - 1)
})

it.each([undefined, map])('is not fooled by zeros that are there anyway (map: %j)', async (known) => {
  // the data before the hole was lost, and of what came after nothing arrived
  const at = await point(arrived(3 * mib), 24 * mib, known)
  expect(at).toBeLessThanOrEqual(3 * mib)
})

it('never begins behind the end of what the host has', async () => {
  expect(await point(arrived(8 * mib, 8 * mib), 24 * mib, map)).toBe(8 * mib)
})

it('begins anew with another file', async () => {
  expect(await point(randomBytes(32 * mib), 30 * mib, map)).toBe(0)
})

it('does not take a lost connection for a difference', async () => {
  const { openDownload } = storage.session
  storage.session.openDownload = async () => {
    throw new AppError('unreachable', 'The host closed the connection')
  }
  await expect(point(arrived(30 * mib), 30 * mib, map)).rejects.toThrow('closed the connection')
  storage.session.openDownload = openDownload
})
