import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Reply } from '../../shared/ipc/define'
import { serveDroppedFiles } from './dropped-files'
import { LocalFiles } from './local-files'

let folder: string
let files: LocalFiles
let drop: (sender: string, path: unknown) => Promise<Reply<unknown>>
const logged: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-drop-'))
  files = new LocalFiles()
  logged.length = 0
  serveDroppedFiles<string>(
    files,
    { handle: (_, listener) => (drop = listener) },
    { trust: (sender) => (sender === 'our window' ? 1 : undefined), log: (text) => logged.push(text) },
  )
})
afterEach(() => rm(folder, { recursive: true }))

test('a dropped file is known by an id from then on, not by its path', async () => {
  const path = join(folder, 'disk.img')
  await writeFile(path, 'four')
  const reply = await drop('our window', path)
  expect(reply).toMatchObject({ ok: true, value: { name: 'disk.img', sizeBytes: 4 } })
  expect(JSON.stringify(reply)).not.toContain(folder)
  const { id } = (reply as { value: { id: string } }).value
  expect(files.path(id, 'open')).toBe(path)
})

test.each([['' as unknown], [undefined], [7], [{}]])(
  'what has no path (%j) is told to be no file',
  async (path) => {
    expect(await drop('our window', path)).toMatchObject({
      ok: false,
      error: { kind: 'invalid', message: 'What was dropped is not a file of this computer' },
    })
  },
)

test('a folder is refused with what to do', async () => {
  expect(await drop('our window', folder)).toMatchObject({ ok: false, error: { kind: 'invalid' } })
})

test('a foreign sender gets no id, even for a file that is there', async () => {
  const path = join(folder, 'disk.img')
  await writeFile(path, 'four')
  expect(await drop('another page', path)).toMatchObject({ ok: false, error: { kind: 'denied' } })
  expect(logged).toEqual(['Refused dropped-file from an untrusted sender'])
})
