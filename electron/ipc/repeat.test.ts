import { beforeEach, describe, expect, it } from 'vitest'
import type { AppHandlers } from '../../shared/ipc/contract'
import { repeating } from './repeat'

const vm = '00000000-0000-0000-0000-000000000001'
const names = {
  vms: ['power', 'rename', 'setAutostart', 'setTemplate', 'clone', 'export'],
  newVm: ['create', 'createSeries', 'createFromDefinition', 'createFromBundle'],
  snapshots: ['create'],
  storage: ['poolAction', 'cloneVolume', 'createVolume', 'resizeVolume', 'download'],
  networks: ['action'],
  diskJobs: ['move', 'flatten', 'merge'],
  backups: ['make', 'restore'],
  saves: ['save', 'restore'],
  migration: ['start'],
}
let made: unknown[]
let asked: unknown[]
let handlers: Record<string, Record<string, (input: unknown, sender: number) => unknown>>
let repeat: ReturnType<typeof repeating>

beforeEach(() => {
  made = []
  asked = []
  const answer = async (input: unknown): Promise<string> => {
    asked.push(input)
    return `task ${asked.length}`
  }
  handlers = Object.fromEntries(
    Object.entries(names).map(([group, all]) => [
      group,
      Object.fromEntries(all.map((name) => [name, answer])),
    ]),
  )
  handlers['migration'] = {
    ...handlers['migration'],
    startMany: async (input) => {
      asked.push(input)
      return ['task a', 'task b']
    },
  }
  repeat = repeating(handlers as unknown as AppHandlers, {
    madeBy: (id, request) => made.push([id, request]),
  })
})

const newVm = { host: 'h', name: 'web', source: { kind: 'empty' }, changes: [] }
const power = (action: string): unknown => ({ host: 'h', vm, action })
const ask = (group: string, name: string, input: unknown): unknown => handlers[group]?.[name]?.(input, 1)

describe('a request that can be made again', () => {
  it('is noted with the task it made', async () => {
    await ask('vms', 'power', power('start'))
    expect(made).toEqual([['task 1', { group: 'vms', name: 'power', input: power('start') }]])
  })

  it('is none that loses something', async () => {
    for (const action of ['forceOff', 'reset', 'discardSaved', 'startAfresh'])
      await ask('vms', 'power', power(action))
    await ask('storage', 'poolAction', { host: 'h', pool: 'p', action: 'build' })
    await ask('saves', 'restore', { host: 'h', path: '/a', evenWritten: true })
    await ask('diskJobs', 'move', { host: 'h', vm, target: 'vda', deletesOld: true })
    await ask('migration', 'start', { vm, options: { isUnsafe: true } })
    expect(made).toEqual([])
    expect(asked).toHaveLength(8)
  })

  it('is one for each VM where several are moved at once', async () => {
    const rest = { host: 'h', to: 't', options: { way: 'direct' } }
    await ask('migration', 'startMany', { ...rest, vms: ['one', 'two'], atOnce: 2 })
    expect(made).toEqual([
      ['task a', { group: 'migration', name: 'start', input: { ...rest, vm: 'one' } }],
      ['task b', { group: 'migration', name: 'start', input: { ...rest, vm: 'two' } }],
    ])
  })

  it('is none that has a secret in it', async () => {
    const cloud = { kind: 'cloud', init: { hostname: 'web' } }
    await ask('newVm', 'create', { ...newVm, source: cloud })
    expect(made).toHaveLength(1)
    const user = { name: 'ann', password: 'correct horse' }
    await ask('newVm', 'create', { ...newVm, source: { ...cloud, init: { ...cloud.init, user } } })
    await ask('newVm', 'createFromDefinition', { host: 'h', xml: "<graphics passwd='x'/>" })
    expect(made).toHaveLength(1)
  })

  it('is noted for this run only when it names a file that the user chose', async () => {
    await ask('vms', 'export', { host: 'h', vm, file: 'id' })
    await ask('newVm', 'create', { ...newVm, source: { kind: 'foreign', disk: { file: 'id' } } })
    expect(made).toMatchObject([
      ['task 1', { isOfThisRun: true }],
      ['task 2', { isOfThisRun: true }],
    ])
  })

  it('is noted with each task of a series as what makes that one alone', async () => {
    handlers = {
      ...handlers,
      newVm: { ...handlers['newVm'], createSeries: async () => ['task a', 'task b'] },
    }
    repeating(handlers as unknown as AppHandlers, { madeBy: (id, request) => made.push([id, request]) })
    await ask('newVm', 'createSeries', { ...newVm, name: 'web', count: 2 })
    expect(made).toEqual([
      ['task a', { group: 'newVm', name: 'create', input: { ...newVm, name: 'web-01' } }],
      ['task b', { group: 'newVm', name: 'create', input: { ...newVm, name: 'web-02' } }],
    ])
  })

  it('is checked like a new one before it is made', async () => {
    expect(await repeat({ group: 'vms', name: 'power', input: power('start') }, 1)).toBe('task 1')
    for (const request of [
      { group: 'vms', name: 'power', input: { ...(power('start') as object), action: 'explode' } },
      { group: 'vms', name: 'power', input: power('forceOff') },
      { group: 'vms', name: 'delete', input: {} },
      { group: 'constructor', name: 'call', input: {} },
    ])
      await expect(repeat(request, 1)).rejects.toThrow('This cannot simply be done again')
    expect(asked).toHaveLength(1)
  })
})
