import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { hostId } from '../../shared/model/ids'
import type { Task } from '../../shared/model/task'
import type { HypervisorSession } from '../backends/backend'
import { LocalFiles } from '../files/local-files'
import { MemoryStorage } from './testing/memory-storage'
import { TaskWatch } from './testing/task-watch'
import { Transfers } from './transfers'

const host = hostId.parse('h')
const mib = 1024 * 1024
let folder: string
let storage: MemoryStorage
let files: LocalFiles
let tasks: TaskWatch
let transfers: Transfers
let isReadOnly: boolean

const start = (): Transfers =>
  new Transfers({
    tasks: tasks.list,
    files,
    directory: join(folder, 'kept'),
    hosts: {
      get: () =>
        ({
          info: { isReadOnly },
          storage: storage.session,
          virsh: () => undefined,
        }) as unknown as HypervisorSession,
    },
  })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-transfers-'))
  storage = new MemoryStorage()
  files = new LocalFiles()
  tasks = new TaskWatch()
  isReadOnly = false
  transfers = start()
})
afterEach(() => rm(folder, { recursive: true }))

async function file(name: string, bytes: Buffer): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

async function upload(
  path: string,
  wish: { overwrite?: boolean; resume?: boolean; meanwhile?: (id: Task['id']) => void } = {},
): Promise<Task> {
  const { overwrite = false, resume = false, meanwhile } = wish
  const { id } = await files.toRead(path)
  const task = transfers.upload({ host, pool: 'images', file: id, name: 'a.img', overwrite, resume })
  meanwhile?.(task)
  return tasks.ended(task)
}

const lost = (): never => {
  throw new AppError('unreachable', 'The host closed the connection')
}

it('what is uploaded is the file, its holes are told as holes, and the pool is read again', async () => {
  const bytes = Buffer.concat([randomBytes(mib), Buffer.alloc(3 * mib), randomBytes(70_000)])
  expect(await upload(await file('disk', bytes))).toMatchObject({
    state: 'succeeded',
    amount: { doneBytes: bytes.length, totalBytes: bytes.length },
  })
  expect(storage.content('a.img').equals(bytes)).toBe(true)
  expect(storage.holes).toEqual([3 * mib])
  expect(storage.refreshes).toBe(1)
  expect(await transfers.unfinished(host)).toEqual([])
})

it('a volume that is no file gets zeros, as it may have held something before', async () => {
  storage.volumeType = 'block'
  storage.type = 'logical'
  const bytes = Buffer.concat([randomBytes(mib), Buffer.alloc(3 * mib)])
  expect(await upload(await file('disk', bytes))).toMatchObject({ state: 'succeeded' })
  expect(storage.holes).toEqual([])
})

it.each([
  ['LUN', 'iscsi'],
  ['partition', 'disk'],
])('a %s is written over when it is large enough, and kept when the upload fails', async (_what, type) => {
  storage.type = type
  const path = await file('disk', randomBytes(2 * mib))
  expect((await upload(path)).error).toMatchObject({ kind: 'unsupported' })
  storage.volumes.set('a.img', Buffer.alloc(mib))
  expect((await upload(path, { overwrite: true })).error?.message).toBe(
    'a.img is too small: it has 1 MiB, the file 2 MiB',
  )
  storage.volumes.set('a.img', Buffer.alloc(4 * mib))
  storage.onWrite = () => {
    throw new AppError('busy', 'Pool images is full', { cure: 'Free some space.' })
  }
  expect((await upload(path, { overwrite: true })).error).toMatchObject({
    message: 'Pool images is full',
    cure: 'Free some space. a.img in pool images now holds a part of the file.',
  })
  expect(storage.volumes.has('a.img')).toBe(true)
})

it('a volume that a running VM uses, or others are built on, is not written over', async () => {
  const path = await file('disk', randomBytes(1000))
  storage.volumes.set('a.img', Buffer.from('old'))
  storage.users['/images/a.img'] = [{ kind: 'disk', name: 'web', vm: 'web', isRunning: true }]
  expect((await upload(path, { overwrite: true })).error).toMatchObject({
    kind: 'busy',
    message: 'a.img is in use by the running VM web',
  })
  storage.users['/images/a.img'] = [{ kind: 'image', name: '/images/top.qcow2' }]
  expect((await upload(path, { overwrite: true })).error?.message).toBe(
    '/images/top.qcow2 is built on a.img and would be broken',
  )
  storage.users['/images/a.img'] = [{ kind: 'disk', name: 'web', vm: 'web', isRunning: false }]
  expect(await upload(path, { overwrite: true })).toMatchObject({ state: 'succeeded' })
  expect(storage.content('a.img')).toHaveLength(1000)
})

it('nothing is made, and nothing deleted, where there is no space', async () => {
  storage.volumes.set('a.img', Buffer.from('old'))
  storage.availableBytes = 1000
  expect((await upload(await file('disk', randomBytes(2 * mib)), { overwrite: true })).error).toMatchObject({
    kind: 'busy',
    message: 'Pool images has 1000 B left, and 2 MiB are needed',
    cure: 'Free some space in it or choose another pool.',
  })
  expect(storage.content('a.img').toString()).toBe('old')
})

it('an interrupted upload is known, also to an app started anew, and goes on where it ended', async () => {
  const bytes = randomBytes(9 * mib)
  const path = await file('disk', bytes)
  storage.onWrite = (offset) => offset >= 6 * mib && lost()
  const cut = await upload(path)
  expect(cut.error).toMatchObject({
    kind: 'unreachable',
    message: 'The connection was lost after 6 MiB of 9 MiB of disk',
    cure: 'Once the host is connected again, resume the upload: pool images keeps what has arrived.',
  })
  transfers = start()
  const [left] = await transfers.unfinished(host)
  expect(left).toMatchObject({ volume: 'a.img', localName: 'disk', sentBytes: 6 * mib, sizeBytes: 9 * mib })
  expect(files.path(left?.file ?? '', 'open')).toBe(path)
  const offsets: number[] = []
  storage.onWrite = (offset) => void offsets.push(offset)
  expect(await upload(path, { resume: true })).toMatchObject({ state: 'succeeded' })
  expect(offsets[0]).toBe(6 * mib)
  expect(storage.content('a.img').equals(bytes)).toBe(true)
  expect(await transfers.unfinished(host)).toEqual([])
})

it('one that is not known cannot be resumed, nor one whose volume is gone', async () => {
  const path = await file('disk', randomBytes(9 * mib))
  expect((await upload(path, { resume: true })).error).toMatchObject({ kind: 'not-found' })
  storage.onWrite = lost
  await upload(path)
  storage.volumes.clear()
  expect((await upload(path, { resume: true })).error?.message).toBe('a.img is no longer in pool images')
  expect(await transfers.unfinished(host)).toEqual([])
})

it('a list of unfinished uploads that cannot be read is an empty one', async () => {
  const path = await file('disk', randomBytes(9 * mib))
  storage.onWrite = lost
  await upload(path)
  await writeFile(join(folder, 'kept/unfinished-uploads.json'), '[{"host": 7}]')
  transfers = start()
  expect(await transfers.unfinished(host)).toEqual([])
})

it('a cancelled upload leaves nothing, or says what it leaves', async () => {
  const path = await file('disk', randomBytes(9 * mib))
  let cancel = (): void => undefined
  storage.onWrite = (offset) => offset > 0 && cancel()
  const cancelled = (id: Task['id']): void => void (cancel = () => tasks.list.cancel(id))
  const gone = await upload(path, { meanwhile: cancelled })
  expect(gone.state).toBe('cancelled')
  expect(gone).not.toHaveProperty('error')
  expect(storage.volumes.size).toBe(0)

  storage.onDelete = () => {
    throw new AppError('denied', 'An access rule on the host forbids this')
  }
  expect(await upload(path, { meanwhile: cancelled })).toMatchObject({
    state: 'cancelled',
    error: {
      message: 'The upload was cancelled, but not all of it could be removed',
      cure:
        'A part of the file is left as a.img in pool images, as it could not be deleted: ' +
        'An access rule on the host forbids this.',
    },
  })
})

it('what arrived otherwise than it was sent is told and removed', async () => {
  storage.onFinish = (name) => void storage.content(name).fill(0, 5 * mib - 4096)
  expect((await upload(await file('disk', randomBytes(5 * mib)))).error).toMatchObject({
    message: 'The end of a.img is not what was sent',
  })
  expect(storage.volumes.size).toBe(0)
})

it('a file that changes meanwhile is no upload', async () => {
  const path = await file('disk', randomBytes(5 * mib))
  storage.onFinish = () => void 0
  const { id } = await files.toRead(path)
  let hasChanged: Promise<void> | undefined
  storage.onWrite = () => void (hasChanged ??= writeFile(path, randomBytes(5 * mib)))
  const task = transfers.upload({
    host,
    pool: 'images',
    file: id,
    name: 'a.img',
    overwrite: false,
    resume: false,
  })
  const { state, error } = await tasks.ended(task)
  await hasChanged
  expect(state).toBe('failed')
  expect(error?.message).toMatch(/disk was changed while it was uploaded|became shorter/)
})

it('two uploads to one volume at once are refused, and any on a connection that only looks', async () => {
  const { id } = await files.toRead(await file('disk', randomBytes(mib)))
  const wish = { host, pool: 'images', file: id, name: 'a.img', overwrite: false, resume: false }
  const first = transfers.upload(wish)
  expect(() => transfers.upload(wish)).toThrow('A file is being uploaded to a.img already')
  await tasks.ended(first)
  isReadOnly = true
  expect(() => transfers.upload(wish)).toThrow('This connection is read-only')
})

it('a download is there under its name when all of it is, and not at all before', async () => {
  const bytes = randomBytes(3 * mib)
  storage.volumes.set('a.img', bytes)
  const path = join(folder, 'back')
  const download = () =>
    tasks.ended(transfers.download({ host, pool: 'images', volume: 'a.img', file: files.toWrite(path).id }))
  expect(await download()).toMatchObject({ state: 'succeeded', amount: { doneBytes: bytes.length } })
  expect((await readFile(path)).equals(bytes)).toBe(true)

  const { openDownload } = storage.session
  storage.session.openDownload = async (...input) => ({
    ...(await openDownload(...input)),
    sizeBytes: 4 * mib,
  })
  expect((await download()).error?.message).toBe('The host sent 3 MiB of 4 MiB of a.img')
  storage.session.openDownload = async (...input) => ({
    ...(await openDownload(...input)),
    read: async () => lost(),
  })
  expect((await download()).error).toMatchObject({
    kind: 'unreachable',
    message: 'The connection was lost while back was downloaded',
  })
  expect(existsSync(`${path}.part`)).toBe(false)
  // what was there before is what is still there
  expect((await readFile(path)).equals(bytes)).toBe(true)
})
