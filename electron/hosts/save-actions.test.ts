import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { hostId } from '../../shared/model/ids'
import type { VmRecord } from '../../shared/model/vm'
import { missingPart } from '../backends/missing-part'
import { KnownSaves } from '../settings/known-saves'
import { TaskList } from '../tasks/task-list'
import { Revisions } from './revisions'
import { SaveActions } from './save-actions'
import { features, idOf, TinySession, vm } from './testing/tiny-backend'

const host = hostId.parse('h')
const ref = { host, vm: idOf(1) }
const path = '/saves/web.save'
const request = { ...ref, path, resume: 'as-it-was', bypassCache: false } as const
let session: TinySession
let tasks: TaskList
let known: KnownSaves
let actions: SaveActions
let record: VmRecord
let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'innkeeper-saves-'))
  session = new TinySession([])
  session.saves = { ...missingPart('none'), saveToFile: async () => undefined }
  tasks = new TaskList({ emit: { tasks: { changed: () => undefined } }, revisions: new Revisions() })
  record = vm(1, { name: 'web', state: 'running' })
  known = await KnownSaves.open(directory)
  actions = new SaveActions({ tasks, known, hosts: { get: () => session, vm: () => ({ ...record, host }) } })
})
afterEach(() => rm(directory, { recursive: true }))

const ended = (): Promise<void> =>
  expect.poll(() => tasks.list().items.every(({ state }) => state !== 'running')).toBe(true)

it('saving to a file is a task with the equal command, and is known afterwards, also to the next start', async () => {
  actions.save({ ...request, resume: 'paused', bypassCache: true })
  expect(tasks.list().items).toMatchObject([
    {
      title: 'Saving web to /saves/web.save',
      command: 'virsh save web /saves/web.save --bypass-cache --paused',
      canCancel: true,
    },
  ])
  await ended()
  expect(actions.known()).toMatchObject([{ host, vm: ref.vm, path }])
  await expect.poll(async () => (await KnownSaves.open(directory)).list()).toEqual(actions.known())
})

it('one that failed is not known', async () => {
  session.saves = {
    ...missingPart('none'),
    saveToFile: async () => {
      throw new AppError('busy', 'The disk of the host is full')
    },
  }
  actions.save(request)
  await ended()
  expect(tasks.list().items).toMatchObject([{ state: 'failed' }])
  expect(actions.known()).toEqual([])
})

it('is refused by the rules before anything starts, but not for a transient VM', () => {
  record = { ...record, isPersistent: false }
  expect(actions.save(request)).toBeDefined()
  expect(() => actions.save(request)).toThrow('web is busy')
  record = { ...record, state: 'shut-off' }
  expect(() => actions.save(request)).toThrow('web: Only possible when the VM is running or paused')
  session.features = { ...features, canSave: false }
  expect(() => actions.save(request)).toThrow('This hypervisor cannot do this')
})

it('a file is forgotten once its VM is on, whoever started it', async () => {
  await known.add({ host, vm: ref.vm, path, savedAtMs: 1 })
  await actions.saw([{ kind: 'put', vm: { ...record, state: 'shut-off', host } }])
  expect(actions.known()).toHaveLength(1)
  await actions.saw([{ kind: 'put', vm: { ...record, state: 'running', host } }])
  expect(actions.known()).toEqual([])
})

it('a file is forgotten once it is deleted', async () => {
  session.saves = { ...missingPart('none'), deleteFile: async () => undefined }
  await known.add({ host, vm: ref.vm, path, savedAtMs: 1 })
  actions.delete({ host, path })
  await ended()
  expect(tasks.list().items).toMatchObject([
    { state: 'succeeded', command: 'virsh vol-delete /saves/web.save' },
  ])
  expect(actions.known()).toEqual([])
})

it('a template is not restored, as that would write to its disks', async () => {
  session.templates.add(ref.vm)
  session.saves = {
    ...missingPart('none'),
    savedFile: async () => ({
      file: { path, name: 'web', vm: ref.vm, memoryBytes: 1 },
      vmNow: { name: 'web', state: 'shut-off' },
      problems: [],
    }),
  }
  actions.restore({ host, path, resume: 'as-it-was', bypassCache: false, evenWritten: false })
  await ended()
  expect(tasks.list().items).toMatchObject([
    { state: 'failed', command: 'virsh restore /saves/web.save', error: { kind: 'invalid' } },
  ])
})
