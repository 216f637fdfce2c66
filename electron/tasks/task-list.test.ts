import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../shared/errors'
import type { AppEmitters } from '../../shared/ipc/contract'
import { hostId, vmId, type VmId } from '../../shared/model/ids'
import type { Task } from '../../shared/model/task'
import { Revisions } from '../hosts/revisions'
import { TaskList } from './task-list'

type TaskChange = Parameters<AppEmitters['tasks']['changed']>[0]

let changes: TaskChange[]
let tasks: TaskList

beforeEach(() => {
  vi.useFakeTimers()
  changes = []
  tasks = new TaskList({
    emit: { tasks: { changed: (change) => changes.push(change) } },
    revisions: new Revisions(),
    now: () => 1000,
  })
})
afterEach(() => vi.useRealTimers())

const told = (): Task[] => changes.flatMap((change) => (change.kind === 'put' ? [change.item] : []))
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0)

describe('task list', () => {
  it('starts work at once and tells how it began and ended, with rising revisions', async () => {
    const id = tasks.run(
      { kind: 'power.pause', title: 'Pausing web', command: 'virsh suspend web' },
      async () => {},
    )
    await settle()
    expect(told()).toEqual([
      {
        id,
        kind: 'power.pause',
        title: 'Pausing web',
        command: 'virsh suspend web',
        state: 'running',
        startedAtMs: 1000,
        canCancel: false,
      },
      expect.objectContaining({ id, state: 'succeeded', endedAtMs: 1000 }),
    ])
    expect(changes.map((change) => change.revision)).toEqual([1, 2])
  })

  it('keeps why work failed, also when it throws at once', async () => {
    tasks.run({ kind: 'a', title: 'a' }, () => {
      throw new AppError('busy', 'Not now', { cure: 'Later' })
    })
    tasks.run({ kind: 'b', title: 'b' }, async () => {
      throw new TypeError('x is undefined')
    })
    await settle()
    expect(tasks.list().items).toMatchObject([
      { state: 'failed', error: { kind: 'busy', message: 'Not now', cure: 'Later' } },
      { state: 'failed', error: { kind: 'internal', detail: 'x is undefined' } },
    ])
  })

  it('cancels what can be cancelled', async () => {
    const id = tasks.run(
      { kind: 'save', title: 'Saving', canCancel: true },
      ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    )
    await settle()
    tasks.cancel(id)
    await settle()
    const [task] = tasks.list().items
    expect(task).toMatchObject({ state: 'cancelled', canCancel: false })
    expect(task).not.toHaveProperty('error')
  })

  it('says what cancelled work left behind', async () => {
    const id = tasks.run(
      { kind: 'x', title: 'x', canCancel: true },
      ({ signal }) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new AppError('denied', 'Half of it remains'))),
        ),
    )
    await settle()
    tasks.cancel(id)
    await settle()
    expect(tasks.list().items).toMatchObject([
      { state: 'cancelled', error: { message: 'Half of it remains' } },
    ])
  })

  it('refuses to cancel what cannot be, and what it does not know', () => {
    const id = tasks.run({ kind: 'x', title: 'x' }, () => new Promise(() => undefined))
    expect(() => tasks.cancel(id)).toThrow('cannot be cancelled')
    expect(() => tasks.cancel('none' as typeof id)).toThrow('no longer in the list')
  })

  it('tells progress ten times a second at most, the last value always', async () => {
    let report: (fraction: number) => void = () => undefined
    tasks.run({ kind: 'x', title: 'x' }, ({ onProgress }) => {
      report = onProgress
      return new Promise(() => undefined)
    })
    await settle()
    changes = []
    for (let step = 1; step <= 50; step += 1) report(step / 100)
    expect(told().map((task) => task.progress)).toEqual([0.01])
    await vi.advanceTimersByTimeAsync(100)
    expect(told().map((task) => task.progress)).toEqual([0.01, 0.5])
    report(7)
    await vi.advanceTimersByTimeAsync(1000)
    expect(told().at(-1)?.progress).toBe(1)
  })

  it('ignores progress after the end', async () => {
    let report: (fraction: number) => void = () => undefined
    tasks.run({ kind: 'x', title: 'x' }, async ({ onProgress }) => {
      report = onProgress
    })
    await settle()
    changes = []
    report(0.5)
    await vi.advanceTimersByTimeAsync(1000)
    expect(changes).toEqual([])
  })

  it('forgets the oldest ended tasks beyond 200, never running ones', async () => {
    const running = tasks.run({ kind: 'long', title: 'long' }, () => new Promise(() => undefined))
    const first = tasks.run({ kind: 'x', title: 'first' }, async () => {})
    for (let count = 0; count < 200; count += 1) tasks.run({ kind: 'x', title: 'x' }, async () => {})
    await settle()
    const ids = tasks.list().items.map((task) => task.id)
    expect(ids).toHaveLength(201)
    expect(ids).toContain(running)
    expect(ids).not.toContain(first)
    expect(changes.at(-1)).toMatchObject({ kind: 'removed', id: first })
  })

  it('work on several VMs holds each of them until its turn is over', async () => {
    const host = hostId.parse('h')
    const [one, two] = [1, 2].map((last) => vmId.parse(`00000000-0000-0000-0000-00000000000${last}`))
    if (!one || !two) throw new Error('no VMs')
    const held = (): string[] =>
      [one, two].filter((vm) => tasks.runningOf(host, vm).length > 0).map((vm) => vm.slice(-1))
    let tell: (vm: VmId) => void = () => undefined
    tasks.run({ kind: 'vm.delete', title: 'x', host, vms: [one, two] }, ({ onDeleted }) => {
      tell = (vm) => onDeleted([{ vm, name: 'x', isDeleted: true, keptParts: [], files: [] }])
      return new Promise(() => undefined)
    })
    await settle()
    expect(held()).toEqual(['1', '2'])
    tell(one)
    expect(held()).toEqual(['2'])
    expect(told().at(-1)).toMatchObject({ state: 'running', vms: [two] })
  })

  it('clears ended tasks when asked', async () => {
    const running = tasks.run({ kind: 'long', title: 'long' }, () => new Promise(() => undefined))
    tasks.run({ kind: 'x', title: 'x' }, async () => {})
    await settle()
    tasks.clearEnded()
    expect(tasks.list().items.map((task) => task.id)).toEqual([running])
  })
})
