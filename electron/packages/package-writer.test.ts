import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { tarIndex } from '../new-vm/foreign/package/tar-index'
import { FolderWriter } from './folder-writer'
import type { PackageWriter } from './package-writer'
import { tarHeader } from './tar-header'
import { TarWriter } from './tar-writer'

const mib = 1024 ** 2
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const described = Buffer.from('<Envelope/>'.padEnd(700, '\n'))
/** Data, a hole, and an end that is no whole block. */
const data = Buffer.concat([Buffer.alloc(3 * mib, 7), Buffer.alloc(40 * mib), Buffer.from('the end')])

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'package-writer-'))
  path = join(folder, 'web.ova')
})
afterEach(() => rm(folder, { recursive: true }))

async function fill(writer: PackageWriter) {
  const first = await writer.reserve('web.ovf', described.length)
  const disk = await writer.begin('web-disk1.vmdk')
  await disk.write(data.subarray(0, 3 * mib))
  await disk.hole(40 * mib)
  await disk.write(data.subarray(43 * mib))
  const written = await disk.finish()
  return [await first.fill(described), written]
}

const expected = [
  { name: 'web.ovf', sizeBytes: described.length, sha256: sha256(described) },
  { name: 'web-disk1.vmdk', sizeBytes: data.length, sha256: sha256(data) },
]

it('an archive has what was written, in order, for tar and for our own reader; holes take no room', async () => {
  const writer = await TarWriter.create(path, 1_700_000_000_000)
  expect(await fill(writer)).toEqual(expected)
  await writer.finish()
  expect(await readdir(folder)).toEqual(['web.ova'])
  const { stdout } = await promisify(execFile)('tar', ['--list', '--file', path])
  expect(stdout.trim().split('\n')).toEqual(['web.ovf', 'web-disk1.vmdk'])
  await promisify(execFile)('tar', ['--extract', '--file', path, '--directory', folder])
  expect((await readFile(join(folder, 'web-disk1.vmdk'))).equals(data)).toBe(true)
  expect((await readFile(join(folder, 'web.ovf'))).equals(described)).toBe(true)
  const file = await open(path)
  const { size, blocks } = await file.stat()
  const entries = await tarIndex(file, size)
  await file.close()
  expect(entries.map(({ name, sizeBytes }) => ({ name, sizeBytes }))).toEqual(
    expected.map(({ name, sizeBytes }) => ({ name, sizeBytes })),
  )
  expect(blocks * 512).toBeLessThan(5 * mib)
})

it('a folder has the same files, and its name only when all of them are there', async () => {
  const writer = await FolderWriter.create(path)
  expect(await fill(writer)).toEqual(expected)
  await expect(stat(path)).rejects.toThrow('ENOENT')
  await writer.finish()
  expect(await readdir(folder)).toEqual(['web.ova'])
  expect((await readdir(path)).toSorted()).toEqual(['web-disk1.vmdk', 'web.ovf'])
  expect((await readFile(join(path, 'web-disk1.vmdk'))).equals(data)).toBe(true)
})

it.each([
  ['archive', () => TarWriter.create(path, 0)],
  ['folder', () => FolderWriter.create(path)],
] as const)('nothing is left of an %s that is given up in the middle of a file', async (_, create) => {
  const writer = await create()
  const file = await writer.begin('web-disk1.vmdk')
  await file.write(data.subarray(0, 2 * mib))
  expect(await writer.discard()).toBe(true)
  expect(await readdir(folder)).toEqual([])
})

it('a folder never goes over anything that is there', async () => {
  await writeFile(path, 'mine')
  await expect(FolderWriter.create(path)).rejects.toThrow('web.ova is there already')
  expect(await readdir(folder)).toEqual(['web.ova'])
})

it('sizes from 8 GiB on, and names that are too long, are told as tar wants them or not at all', async () => {
  const large = 9 * 1024 ** 3 + 5
  const archive = join(folder, 'head.tar')
  await writeFile(archive, Buffer.concat([tarHeader('big.qcow2', large, 0), Buffer.alloc(1024)]))
  const { stdout } = await promisify(execFile)('tar', ['--list', '--verbose', '--file', archive]).catch(
    // it says that the archive ends too early, and so it does
    (error: unknown) => error as { readonly stdout: string },
  )
  expect(stdout).toContain(String(large))
  expect(() => tarHeader('x'.repeat(101), 0, 0)).toThrow('too long')
})
