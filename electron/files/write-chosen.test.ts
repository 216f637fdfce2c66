import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LocalFiles } from './local-files'
import { writeChosen } from './write-chosen'

let directory: string
let files: LocalFiles
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'write-chosen-'))
  files = new LocalFiles()
})
afterEach(() => rm(directory, { recursive: true }))

const content = Uint8Array.of(1, 2, 3)

it('writes what it is given into the chosen file', async () => {
  const path = join(directory, 'a.png')
  await writeChosen(files, { file: files.toWrite(path).id, content })
  expect([...(await readFile(path))]).toEqual([1, 2, 3])
})

it('names the file that could not be written', async () => {
  const { id } = files.toWrite(join(directory, 'gone', 'a.png'))
  await expect(writeChosen(files, { file: id, content })).rejects.toMatchObject({
    kind: 'denied',
    message: 'a.png could not be written',
  })
})

it('writes no file that nobody chose', async () => {
  await expect(writeChosen(files, { file: 'unknown', content })).rejects.toMatchObject({ kind: 'not-found' })
})
