import { beforeEach, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { hostId, vmId } from '../../shared/model/ids'
import type { Vm } from '../../shared/model/vm'
import { missingPart } from '../backends/missing-part'
import { TaskList } from '../tasks/task-list'
import { Revisions } from './revisions'
import { SnapshotActions } from './snapshot-actions'
import { TinySession } from './testing/tiny-backend'

const host = hostId.parse('h')
const id = vmId.parse('5717e000-0000-4000-8000-000000000001')
const vm = { host, id, name: 'web', state: 'running' } as Vm
const ref = { host, vm: id }
const wish = {
  ...ref,
  name: 'before',
  description: '',
  kind: 'internal',
  withMemory: false,
  quiesce: false,
  live: false,
  reuse: false,
  disks: [],
} as const

let session: TinySession
let tasks: TaskList
let actions: SnapshotActions
let done: string[]

const plan = { stamp: 'seen', files: [], leftFiles: [], lost: [], steps: [] }

beforeEach(() => {
  done = []
  session = new TinySession([])
  session.snapshots = {
    ...missingPart('none'),
    createSnapshot: async (_, { name }) => void done.push(`create ${name}`),
    revertPlan: async () => ({
      ...plan,
      starts: ['as-was', 'running', 'paused'],
      asWas: 'running',
      commands: ['virsh snapshot-revert web before --force'],
    }),
    revertSnapshot: async (_, { name }) => void done.push(`revert ${name}`),
    snapshotDeletePlan: async (_, { names }) => ({
      ...plan,
      snapshots: names,
      commands: names.map((name) => `virsh snapshot-delete web ${name}`),
    }),
    deleteSnapshots: async (_, { names }) => void done.push(`delete ${names.join(' ')}`),
  }
  tasks = new TaskList({ emit: { tasks: { changed: () => undefined } }, revisions: new Revisions() })
  actions = new SnapshotActions({ tasks, hosts: { get: () => session, vm: () => vm } })
})

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

it('what is done to snapshots are tasks of the VM, each with the equal commands', async () => {
  actions.create({ ...wish, disks: [] })
  await settle()
  await actions.revert({ ...ref, name: 'before', start: 'paused', stamp: 'seen' })
  await settle()
  await actions.delete({
    ...ref,
    names: ['before', 'it'],
    withChildren: false,
    metadataOnly: false,
    stamp: 'seen',
  })
  await settle()
  expect(done).toEqual(['create before', 'revert before', 'delete before it'])
  expect(tasks.list().items.map(({ title, vm: own, command }) => [title, own, command])).toEqual([
    ['Taking snapshot before of web', id, 'virsh snapshot-create-as web before --atomic'],
    ['Going back to snapshot before of web', id, 'virsh snapshot-revert web before --force --paused'],
    ['Deleting 2 snapshots of web', id, 'virsh snapshot-delete web before\nvirsh snapshot-delete web it'],
  ])
})

it('one that takes the place of another of its name is taken once that one is deleted, in one task', async () => {
  await actions.replace({ ...wish, disks: [], replace: true })
  await settle()
  expect(done).toEqual(['delete before', 'create before'])
  const both = 'virsh snapshot-delete web before\nvirsh snapshot-create-as web before --atomic'
  expect(tasks.list().items.map(({ title, command }) => [title, command])).toEqual([
    ['Taking snapshot before of web', both],
  ])
  expect(await actions.createCommand({ ...wish, disks: [], replace: true })).toBe(both)
})

it('one whose predecessor cannot be deleted is refused before anything is done', async () => {
  session.snapshots = {
    ...session.snapshots,
    snapshotDeletePlan: async () => {
      throw new AppError('unsupported', 'Others are built on it')
    },
  }
  await expect(actions.replace({ ...wish, disks: [], replace: true })).rejects.toThrow(
    'Others are built on it',
  )
  expect(done).toEqual([])
})

it('what was looked at before something changed starts no task', async () => {
  await expect(
    actions.revert({ ...ref, name: 'before', start: 'as-was', stamp: 'older' }),
  ).rejects.toMatchObject({
    kind: 'busy',
  })
  expect(tasks.list().items).toEqual([])
})

it('nothing is done while the VM has another task', async () => {
  session.snapshots = { ...session.snapshots, createSnapshot: () => new Promise(() => undefined) }
  actions.create({ ...wish, disks: [] })
  expect(() => actions.create({ ...wish, disks: [], name: 'again' })).toThrow(
    'web is busy: Taking snapshot before of web',
  )
})
