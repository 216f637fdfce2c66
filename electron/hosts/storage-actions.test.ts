import { beforeEach, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { hostId } from '../../shared/model/ids'
import { missingPart } from '../backends/missing-part'
import type { StorageSession } from '../backends/storage-session'
import { TaskList } from '../tasks/task-list'
import { Revisions } from './revisions'
import { StorageActions } from './storage-actions'
import { info, TinySession } from './testing/tiny-backend'

const host = hostId.parse('h')
let session: TinySession
let tasks: TaskList
let actions: StorageActions
let calls: string[]

/** Volumes called "used…" are in use. */
const storage: Partial<StorageSession> = {
  poolAction: async (pool, action) => void calls.push(`${action} ${pool}`),
  cloneVolume: async ({ volume, toPool, name }) => void calls.push(`clone ${volume} ${toPool}/${name}`),
  deleteVolume: async ({ volume }, evenUsed) => {
    if (volume.startsWith('used') && !evenUsed) {
      throw new AppError('busy', `web uses ${volume}`, { cure: 'Detach it first.' })
    }
    calls.push(`delete ${volume}`)
  },
}

beforeEach(() => {
  calls = []
  session = new TinySession([])
  session.storage = { ...storage } as StorageSession
  tasks = new TaskList({ emit: { tasks: { changed: () => undefined } }, revisions: new Revisions() })
  actions = new StorageActions({ tasks, hosts: { get: () => session } })
})

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const remove = (volumes: string[], evenUsed: string[] = []) =>
  actions.deleteVolumes({ host, pool: 'images', volumes, evenUsed })

it('what is done to a pool is a task with the equal command', async () => {
  const id = actions.poolAction({ host, pool: 'images', action: 'stop' })
  await settle()
  expect(tasks.list().items).toMatchObject([
    {
      id,
      kind: 'pool.stop',
      title: 'Stopping pool images',
      command: 'virsh pool-destroy images',
      state: 'succeeded',
    },
  ])
  expect(calls).toEqual(['stop images'])
})

it('a connection that only looks changes nothing', () => {
  session.info = { ...info, isReadOnly: true }
  expect(() => actions.poolAction({ host, pool: 'images', action: 'start' })).toThrow(
    expect.objectContaining({ kind: 'denied' }),
  )
  expect(() => remove(['a'])).toThrow(expect.objectContaining({ kind: 'denied' }))
  expect(tasks.list().items).toEqual([])
})

it('a volume in use keeps none of the others from being deleted, and the end names it', async () => {
  remove(['a', 'used-1', 'b', 'used-2'])
  await settle()
  expect(calls).toEqual(['delete a', 'delete b'])
  expect(tasks.list().items).toMatchObject([
    {
      state: 'failed',
      error: {
        kind: 'busy',
        message: '2 of 4 volumes were not deleted',
        detail: 'used-1: web uses used-1\nused-2: web uses used-2',
        cure: 'Detach it first.',
      },
    },
  ])
})

it('only what the user knew to be in use is deleted although it is', async () => {
  remove(['used-1', 'used-2'], ['used-2'])
  await settle()
  expect(calls).toEqual(['delete used-2'])
})

it('the refusal of a single volume is told as the host gave it', async () => {
  remove(['used-1'])
  await settle()
  expect(tasks.list().items).toMatchObject([{ error: { message: 'web uses used-1' } }])
})

it('a volume that is moved goes only after its copy is there', async () => {
  actions.cloneVolume({ host, pool: 'images', volume: 'a', toPool: 'fast', name: 'a', isMove: true })
  await settle()
  expect(calls).toEqual(['clone a fast/a', 'delete a'])
})

it('a volume whose copy failed, or that is in use, stays where it is', async () => {
  session.storage = {
    ...storage,
    cloneVolume: async () => {
      throw new AppError('invalid', 'The pool is full')
    },
  } as StorageSession
  actions.cloneVolume({ host, pool: 'images', volume: 'a', toPool: 'fast', name: 'a', isMove: true })
  await settle()
  session.storage = { ...storage } as StorageSession
  await settle()
  actions.cloneVolume({ host, pool: 'images', volume: 'used-1', toPool: 'fast', name: 'b', isMove: true })
  await settle()
  expect(calls).not.toContain('delete a')
  expect(calls).not.toContain('delete used-1')
})

it('an action on an image answers whoever asked, and its failure is told there and in the task', async () => {
  session.images = {
    ...missingPart('none'),
    imageCommand: () => 'qemu-img check /a.qcow2',
    imageAction: async (_path, action) => {
      if (action.kind === 'check') return { summary: 'No errors', facts: [] }
      throw new AppError('busy', 'web runs with it')
    },
  }
  const check = { kind: 'check', repair: 'no' } as const
  expect(await actions.imageAction({ host, path: '/a.qcow2', action: check })).toEqual({
    summary: 'No errors',
    facts: [],
  })
  const commit = actions.imageAction({ host, path: '/a.qcow2', action: { kind: 'commit' } })
  await expect(commit).rejects.toMatchObject({ kind: 'busy' })
  await settle()
  expect(tasks.list().items).toMatchObject([
    { title: 'Checking a.qcow2', state: 'succeeded', command: 'qemu-img check /a.qcow2' },
    { title: 'Committing a.qcow2', state: 'failed' },
  ])
})

it('a pool is copied to several hosts by its definition, each a task of its own', async () => {
  const made: string[] = []
  const other = hostId.parse('other')
  const full = hostId.parse('full')
  const target = new TinySession([])
  target.storage = {
    createPool: async ({ xml, build, start }: { xml?: string; build: string; start: boolean }) =>
      void made.push(`${xml} ${build} ${start}`),
  } as unknown as StorageSession
  const refusing = new TinySession([])
  session.storage = { poolDefinition: async () => '<pool/>' } as unknown as StorageSession
  const all = { h: session, other: target, full: refusing } as Record<string, TinySession>
  actions = new StorageActions({ tasks, hosts: { get: (id) => all[id] ?? session } })
  actions.copyPool({ host, pool: 'nfs', to: [other, full], start: true })
  await settle()
  expect(made).toEqual(['<pool/> no true'])
  expect(tasks.list().items).toMatchObject([
    { host: other, state: 'succeeded' },
    { host: full, state: 'failed', error: { kind: 'unsupported' } },
  ])
})
