import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LocalFiles } from './local-files'

let folder: string
let files: LocalFiles

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-files-'))
  files = new LocalFiles()
})
afterEach(() => rm(folder, { recursive: true }))

it('the window learns name and size of a chosen file, and main alone its path', async () => {
  const path = join(folder, 'debian.iso')
  await writeFile(path, 'abc')
  const file = await files.toRead(path)
  expect(file).toEqual({ id: expect.any(String), name: 'debian.iso', sizeBytes: 3 })
  expect(JSON.stringify(file)).not.toContain(folder)
  expect(files.path(file.id, 'open')).toBe(path)
})

it('a file chosen to be read cannot be written, nor the other way round', async () => {
  const path = join(folder, 'a')
  await writeFile(path, '')
  const { id } = await files.toRead(path)
  expect(() => files.path(id, 'save')).toThrow(expect.objectContaining({ kind: 'not-found' }))
  expect(() => files.path(files.toWrite(path).id, 'open')).toThrow('no longer known')
})

it('an invented id leads nowhere', () => {
  expect(() => files.path('/etc/shadow', 'open')).toThrow(expect.objectContaining({ kind: 'not-found' }))
})

it.each([
  ['folder', () => folder],
  ['file that is not there', () => join(folder, 'none')],
])('a %s cannot be read', async (_what, path) => {
  await expect(files.toRead(path())).rejects.toMatchObject({ kind: 'invalid' })
})

it('only the last five hundred are remembered', () => {
  const first = files.toWrite('/a')
  for (let count = 0; count < 500; count += 1) files.toWrite(`/b${count}`)
  expect(() => files.path(first.id, 'save')).toThrow('no longer known')
})
