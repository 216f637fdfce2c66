import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { hostId, type VmRef } from '../../shared/model/ids'
import {
  scheduledDescription,
  usualSchedule,
  type Schedule,
  type ScheduleView,
} from '../../shared/model/snapshots/schedule'
import type { Snapshot, SnapshotOffer, SnapshotView } from '../../shared/model/snapshots/snapshot'
import { allowed, refused, type Verdict } from '../../shared/model/snapshots/verdict'
import type { Task } from '../../shared/model/task'
import type { Vm, VmState } from '../../shared/model/vm'
import { missingPart } from '../backends/missing-part'
import type { SnapshotSession, SnapshotWish } from '../backends/snapshot-session'
import { SnapshotSchedules } from '../settings/snapshot-schedules'
import { TaskList } from '../tasks/task-list'
import { Revisions } from './revisions'
import { SnapshotActions } from './snapshot-actions'
import { ScheduledSnapshots } from './snapshot-schedules'
import { TinySession, idOf } from './testing/tiny-backend'

const host = hostId.parse('h')
const ref: VmRef = { host, vm: idOf(1) }
const nightly: Schedule = { ...usualSchedule('internal'), keep: 2, makesUp: false }
const at = (text: string): number => new Date(text).getTime()

/** Snapshots as a host keeps them. */
class KeptSnapshots {
  all: Snapshot[] = []
  wishes: SnapshotWish[] = []
  offers: Partial<Record<SnapshotOffer, Verdict>> = {}
  deletable = new Map<string, Verdict>()
  failure: AppError | undefined
  working: Promise<void> = Promise.resolve()

  add(name: string, createdAtMs: number, description = ''): void {
    this.all.push({ name, createdAtMs, description } as Snapshot)
  }

  session(): SnapshotSession {
    return {
      ...missingPart('none'),
      snapshots: async () =>
        ({
          snapshots: [...this.all],
          offers: {
            internal: allowed,
            external: allowed,
            memory: allowed,
            quiesce: allowed,
            live: allowed,
            ...this.offers,
          },
        }) as unknown as SnapshotView,
      createSnapshot: async (_, wish, { signal }) => {
        const cancelled = new Promise((_resolve, reject) => {
          const give = (): void => reject(new AppError('cancelled', 'Cancelled'))
          if (signal.aborted) give()
          signal.addEventListener('abort', give)
        })
        await Promise.race([this.working, cancelled])
        if (this.failure) throw this.failure
        this.wishes.push(wish)
        this.add(wish.name, clock, wish.description)
      },
      snapshotDeletePlan: async (_, { names }) => {
        const verdict = this.deletable.get(names[0] ?? '') ?? allowed
        if (!verdict.isAllowed) throw new AppError('unsupported', verdict.reason)
        return { stamp: 's', snapshots: names, steps: [], files: [], leftFiles: [], lost: [], commands: [] }
      },
      deleteSnapshots: async (_, { names }) => {
        this.all = this.all.filter(({ name }) => !names.includes(name))
      },
    }
  }
}

let clock: number
let directory: string
let there: KeptSnapshots
let vms: Map<string, Vm>
let isConnected: boolean
let tasks: TaskList
let told: number
let schedules: ScheduledSnapshots

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'schedules-'))
  clock = at('2026-11-20T12:00:00')
  isConnected = true
  told = 0
  there = new KeptSnapshots()
  vms = new Map()
  setVm(1, 'running')
  tasks = new TaskList({ emit: { tasks: { changed: () => undefined } }, revisions: new Revisions() })
  schedules = await started()
})
afterEach(() => rm(directory, { recursive: true }))

function setVm(number: number, state: VmState): void {
  vms.set(idOf(number), { host, id: idOf(number), name: `vm-${number}`, state } as Vm)
}

/** As after a start of the app. */
async function started(): Promise<ScheduledSnapshots> {
  const session = new TinySession([])
  session.snapshots = there.session()
  const hosts = {
    get: () => {
      if (!isConnected) throw new AppError('unreachable', 'Not connected')
      return session
    },
    vm: (one: VmRef) => {
      const vm = vms.get(one.vm)
      if (vm?.host !== one.host) throw new AppError('not-found', 'gone')
      return vm
    },
  }
  return new ScheduledSnapshots({
    hosts: { ...hosts, listVms: () => ({ items: [...vms.values()] }) },
    tasks,
    snapshots: new SnapshotActions({ hosts, tasks }),
    kept: await SnapshotSchedules.open(directory),
    changed: () => (told += 1),
    now: () => clock,
  })
}

async function lookAt(text: string): Promise<void> {
  clock = at(text)
  await schedules.look()
}

const names = (): string[] => there.all.map(({ name }) => name)
const view = (): ScheduleView => {
  const found = schedules.get(ref)
  if (!found) throw new Error('no schedule')
  return found
}
const taskList = (): readonly Task[] => tasks.list().items

it('one is taken when it is due, as a task of its VM, and not again', async () => {
  await schedules.set({ ...ref, schedule: nightly })
  await lookAt('2026-11-21T02:59:00')
  expect(names()).toEqual([])
  await lookAt('2026-11-21T03:00:05')
  await lookAt('2026-11-21T03:05:00')
  expect(names()).toEqual(['auto-2026-11-21-0300'])
  expect(taskList()).toMatchObject([
    { title: 'Scheduled snapshot of vm-1', vm: ref.vm, state: 'succeeded', canCancel: false },
  ])
  expect(view().last).toEqual({
    atMs: at('2026-11-21T03:00:05'),
    outcome: 'taken',
    name: 'auto-2026-11-21-0300',
  })
})

it('the newest of its own are kept, and no other is touched', async () => {
  there.add('auto-2026-11-19-0300', at('2026-11-19T03:00:00'), scheduledDescription)
  there.add('by hand', at('2026-11-19T04:00:00'))
  await schedules.set({ ...ref, schedule: nightly })
  for (const day of [21, 22, 23, 24]) await lookAt(`2026-11-${day}T03:00:00`)
  expect(names()).toEqual(['auto-2026-11-19-0300', 'by hand', 'auto-2026-11-23-0300', 'auto-2026-11-24-0300'])
  expect(view().own).toEqual(['auto-2026-11-23-0300', 'auto-2026-11-24-0300'])
})

it('one whose description was changed, or that was taken anew under its name, is kept for good', async () => {
  await schedules.set({ ...ref, schedule: { ...nightly, keep: 1 } })
  await lookAt('2026-11-21T03:00:00')
  there.all = there.all.map((one) => ({ ...one, description: 'Before the update' }))
  await lookAt('2026-11-22T03:00:00')
  there.all = there.all.map((one) =>
    one.name === 'auto-2026-11-22-0300' ? { ...one, createdAtMs: one.createdAtMs + 1000 } : one,
  )
  await lookAt('2026-11-23T03:00:00')
  await lookAt('2026-11-24T03:00:00')
  expect(names()).toEqual(['auto-2026-11-21-0300', 'auto-2026-11-22-0300', 'auto-2026-11-24-0300'])
})

it('one that Innkeeper did not live to see the end of is its own all the same', async () => {
  await schedules.set({ ...ref, schedule: { ...nightly, keep: 1 } })
  let end = (): void => undefined
  there.working = new Promise((resolve) => (end = resolve))
  clock = at('2026-11-21T03:00:00')
  const look = schedules.look()
  await expect
    .poll(() => readFile(join(directory, 'snapshot-schedules.json'), 'utf8'))
    .toContain('auto-2026-11-21-0300')
  schedules = await started()
  end()
  await look
  await lookAt('2026-11-22T03:00:00')
  expect(names()).toEqual(['auto-2026-11-22-0300'])
})

it('an old one that cannot be deleted is told with the reason, and tried again next time', async () => {
  await schedules.set({ ...ref, schedule: { ...nightly, keep: 1 } })
  await lookAt('2026-11-21T03:00:00')
  there.deletable.set('auto-2026-11-21-0300', refused('It is the base of others'))
  await lookAt('2026-11-22T03:00:00')
  const message =
    'auto-2026-11-22-0300 was taken, but the older auto-2026-11-21-0300 is still there: It is the base of others'
  expect(view().last).toMatchObject({ outcome: 'taken', name: 'auto-2026-11-22-0300', error: { message } })
  expect(taskList().at(-1)).toMatchObject({ state: 'failed', error: { message } })
  there.deletable.clear()
  await lookAt('2026-11-23T03:00:00')
  expect(names()).toEqual(['auto-2026-11-23-0300'])
})

it('what was missed is told once for all VMs of a host, and the next is taken in time', async () => {
  setVm(2, 'running')
  await schedules.set({ ...ref, schedule: nightly })
  await schedules.set({ ...ref, vm: idOf(2), schedule: nightly })
  schedules = await started()
  await lookAt('2026-11-23T09:00:00')
  expect(names()).toEqual([])
  expect(view().last).toEqual({ atMs: at('2026-11-23T03:00:00'), outcome: 'missed', times: 3 })
  expect(taskList()).toMatchObject([
    { title: 'Scheduled snapshots of 2 VMs', error: { detail: 'vm-1: 3\nvm-2: 3' } },
  ])
  await lookAt('2026-11-24T03:00:00')
  expect(names()).toHaveLength(2)
})

it('what was missed is made up for once where that is wanted', async () => {
  await schedules.set({ ...ref, schedule: { ...nightly, makesUp: true } })
  schedules = await started()
  await lookAt('2026-11-23T09:00:00')
  await lookAt('2026-11-23T09:01:00')
  expect(names()).toEqual(['auto-2026-11-23-0900'])
  expect(view().last).toMatchObject({ outcome: 'taken', note: 'It was made up for what was missed.' })
})

it('nothing happens while the host is not connected, and what was due a moment ago is then still in time', async () => {
  await schedules.set({ ...ref, schedule: nightly })
  isConnected = false
  await lookAt('2026-11-21T03:00:00')
  expect(view().last).toBeUndefined()
  isConnected = true
  await lookAt('2026-11-21T03:08:00')
  expect(names()).toEqual(['auto-2026-11-21-0308'])
})

it('a VM that is off is passed over, unless that is wanted too', async () => {
  setVm(1, 'shut-off')
  await schedules.set({ ...ref, schedule: nightly })
  await lookAt('2026-11-21T03:00:00')
  expect(names()).toEqual([])
  expect(view().last).toMatchObject({ outcome: 'passed-over' })
  await schedules.set({ ...ref, schedule: { ...nightly, whileOff: true } })
  await lookAt('2026-11-22T03:00:00')
  expect(names()).toEqual(['auto-2026-11-22-0300'])
})

it('a VM that is busy is waited for, and says what for', async () => {
  await schedules.set({ ...ref, schedule: nightly })
  let end = (): void => undefined
  tasks.run(
    { kind: 'backup.make', title: 'Backing up vm-1', ...ref },
    () => new Promise((done) => (end = done)),
  )
  await lookAt('2026-11-21T03:00:00')
  expect(view()).toMatchObject({ waitsFor: 'vm-1 is busy: Backing up vm-1' })
  await new Promise((resolve) => setImmediate(resolve))
  end()
  await expect.poll(() => taskList()[0]?.state).toBe('succeeded')
  await lookAt('2026-11-21T03:01:00')
  expect(names()).toEqual(['auto-2026-11-21-0301'])
  expect(view().waitsFor).toBeUndefined()
})

it('VMs of a host take turns', async () => {
  setVm(2, 'running')
  await schedules.set({ ...ref, schedule: nightly })
  await schedules.set({ ...ref, vm: idOf(2), schedule: nightly })
  let end = (): void => undefined
  there.working = new Promise((resolve) => (end = resolve))
  clock = at('2026-11-21T03:00:00')
  const look = schedules.look()
  await expect.poll(() => taskList().length).toBe(1)
  await Promise.race([schedules.look(), new Promise((resolve) => setImmediate(resolve))])
  expect(taskList()).toHaveLength(1)
  end()
  await look
  expect(taskList().map(({ vm }) => vm)).toEqual([idOf(1), idOf(2)])
})

it('one that is cancelled is told as that, and is not tried again', async () => {
  await schedules.set({ ...ref, schedule: nightly })
  there.working = new Promise(() => undefined)
  clock = at('2026-11-21T03:00:00')
  const look = schedules.look()
  await expect.poll(() => view().own).toHaveLength(1)
  tasks.cancel(taskList()[0]!.id)
  await look
  await lookAt('2026-11-21T03:01:00')
  expect(view().last).toMatchObject({ outcome: 'cancelled' })
  expect(taskList()).toHaveLength(1)
})

it('a failure is told by its task and by the schedule', async () => {
  await schedules.set({ ...ref, schedule: nightly })
  there.failure = new AppError('unsupported', 'The disk is full')
  await lookAt('2026-11-21T03:00:00')
  expect(view().last).toMatchObject({ outcome: 'failed', error: { message: 'The disk is full' } })
  expect(taskList()).toMatchObject([{ state: 'failed', error: { message: 'The disk is full' } }])
})

it('an agent that does not answer keeps no snapshot from being taken', async () => {
  there.offers = { quiesce: refused('The guest agent does not answer') }
  await schedules.set({ ...ref, schedule: { ...nightly, kind: 'disks', quiesce: true } })
  await lookAt('2026-11-21T03:00:00')
  expect(there.wishes).toMatchObject([{ kind: 'external', withMemory: false, quiesce: false }])
  expect(view().last?.note).toBe('The file systems were not settled first. The guest agent does not answer.')
})

it('memory is kept beside the disks where there is any', async () => {
  await schedules.set({ ...ref, schedule: { ...nightly, kind: 'memory', whileOff: true } })
  await lookAt('2026-11-21T03:00:00')
  there.offers = { memory: refused('It is off'), live: refused('It is off') }
  await lookAt('2026-11-22T03:00:00')
  expect(there.wishes).toMatchObject([
    { kind: 'external', withMemory: true, live: true },
    { kind: 'external', withMemory: false, live: false },
  ])
})

it('a clock that was wrong by months does not keep it from being due', async () => {
  await schedules.set({ ...ref, schedule: nightly })
  await lookAt('2027-06-01T03:00:00')
  await lookAt('2026-11-21T12:00:00')
  await lookAt('2026-11-22T03:00:00')
  expect(names()).toEqual(['auto-2027-06-01-0300', 'auto-2026-11-22-0300'])
})

it('one that was switched off, or removed, takes nothing, and its snapshots stay', async () => {
  await schedules.set({ ...ref, schedule: nightly })
  await lookAt('2026-11-21T03:00:00')
  await schedules.set({ ...ref, schedule: { ...nightly, isOn: false } })
  await lookAt('2026-11-22T03:00:00')
  await schedules.remove(ref)
  await lookAt('2026-11-23T03:00:00')
  expect(names()).toEqual(['auto-2026-11-21-0300'])
  expect(schedules.get(ref)).toBeNull()
  expect(told).toBe(4)
})

it('a schedule follows its VM to another host', async () => {
  await schedules.set({ ...ref, schedule: nightly })
  const other = hostId.parse('other')
  vms.clear()
  await lookAt('2026-11-20T13:00:00')
  expect(schedules.get(ref)?.schedule).toEqual(nightly)
  vms.set(idOf(1), { host: other, id: idOf(1), name: 'vm-1', state: 'running' } as Vm)
  await lookAt('2026-11-20T13:01:00')
  expect(schedules.get(ref)).toBeNull()
  await lookAt('2026-11-21T03:00:00')
  expect(schedules.get({ host: other, vm: idOf(1) })?.last).toMatchObject({ outcome: 'taken' })
})

it('schedules outlive the app, and those of a host go with it', async () => {
  await schedules.set({ ...ref, schedule: nightly })
  expect((await started()).get(ref)?.schedule).toEqual(nightly)
  await schedules.forgetHost(host)
  expect((await started()).get(ref)).toBeNull()
})

it('a file that is no list of schedules is put aside', async () => {
  const file = join(directory, 'snapshot-schedules.json')
  await writeFile(file, '{"not": "a list"}')
  expect((await started()).get(ref)).toBeNull()
  expect(await readFile(`${file}.bad`, 'utf8')).toBe('{"not": "a list"}')
})
