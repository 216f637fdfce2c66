/**
 * Takes the snapshots that are due while Innkeeper runs, and deletes the oldest of its own: one VM at a time on each
 * host, each as a task of its VM. What could not be taken in time is told, or made up for once.
 */
import { AppError, errorData, isKind } from '../../shared/errors'
import { vmKey, type HostId, type VmRef } from '../../shared/model/ids'
import {
  scheduledName,
  type ScheduleResult,
  type ScheduleView,
  type SetScheduleInput,
} from '../../shared/model/snapshots/schedule'
import { isActive, type Vm } from '../../shared/model/vm'
import type { HypervisorSession } from '../backends/backend'
import type { SnapshotSchedules, StoredSchedule } from '../settings/snapshot-schedules'
import { dueAt, wrongClockMs, type Due } from '../snapshots/due'
import { ownSnapshots } from '../snapshots/own'
import { scheduledWish } from '../snapshots/scheduled-wish'
import type { TaskContext, TaskList } from '../tasks/task-list'
import { refuseWhileBusy } from './refuse-while-busy'
import { asTaskWithAnswer, writable } from './session-tasks'
import type { SnapshotActions } from './snapshot-actions'
import { Ticker } from './ticker'
import type { VmHosts } from './vm-actions'

/** Schedules are told in minutes. */
const lookEveryMs = 15_000

export class ScheduledSnapshots {
  /** What keeps those waiting that are due, by VM. */
  readonly #waiting = new Map<string, string>()
  readonly #busyHosts = new Map<HostId, Promise<void>>()
  readonly #ticker = new Ticker(lookEveryMs, async () => void this.look())
  readonly #now: () => number

  constructor(
    private readonly parts: {
      readonly hosts: VmHosts & { listVms(): { readonly items: readonly Vm[] } }
      readonly tasks: TaskList
      readonly snapshots: Pick<SnapshotActions, 'take' | 'drop'>
      readonly kept: SnapshotSchedules
      changed(ref: VmRef): void
      readonly now?: () => number
    },
  ) {
    this.#now = parts.now ?? Date.now
  }

  start(): void {
    this.#ticker.start({ firstBeat: 'now' })
  }

  stop(): void {
    this.#ticker.stop()
  }

  get(ref: VmRef): ScheduleView | null {
    const entry = this.parts.kept.get(ref)
    if (!entry) return null
    const { schedule, last, own } = entry
    const waitsFor = this.#waiting.get(vmKey(ref))
    return {
      schedule,
      ...(last === undefined ? {} : { last }),
      ...(waitsFor === undefined ? {} : { waitsFor }),
      own: own.map(({ name }) => name),
    }
  }

  /** Begins now: what would have been due before is not missed. Its snapshots stay its own. */
  async set({ schedule, ...ref }: SetScheduleInput): Promise<void> {
    const { kept, hosts } = this.parts
    writable(hosts, ref.host)
    hosts.vm(ref)
    const before = kept.get(ref)
    await kept.put({
      ...ref,
      own: before?.own ?? [],
      ...(before?.last === undefined ? {} : { last: before.last }),
      schedule,
      handledMs: this.#now(),
    })
    this.#waiting.delete(vmKey(ref))
    this.#tell(ref)
  }

  /** The snapshots that it made stay. */
  async remove({ host, vm }: VmRef): Promise<void> {
    await this.parts.kept.remove({ host, vm })
    this.#tell({ host, vm })
  }

  forgetHost(host: HostId): Promise<void> {
    return this.parts.kept.forgetHost(host)
  }

  /** Begins what is due, on each host that is connected and not at it already; ends when that is done. */
  async look(): Promise<void> {
    const hosts = new Set(this.parts.kept.list().map(({ host }) => host))
    await Promise.all(
      [...hosts].map((host) => {
        const running = this.#busyHosts.get(host)
        if (running) return running
        const work = this.#lookAtHost(host).finally(() => this.#busyHosts.delete(host))
        this.#busyHosts.set(host, work)
        return work
      }),
    )
  }

  async #lookAtHost(host: HostId): Promise<void> {
    if (!this.#isReachable(host)) return
    const missed: { readonly vm: Vm; readonly times: number }[] = []
    for (const { vm: id } of this.parts.kept.list().filter((one) => one.host === host)) {
      const ref = { host, vm: id }
      const entry = this.parts.kept.get(ref)
      // those before it took their time: it may be removed by now, or the host away
      if (!entry || !this.#isReachable(host)) continue
      const vm = this.#vm(ref)
      if (!vm) {
        await this.#follow(entry)
        continue
      }
      const now = this.#now()
      if (entry.handledMs - now > wrongClockMs) await this.parts.kept.change(ref, { handledMs: now })
      const due = dueAt(this.parts.kept.get(ref) ?? entry, now)
      if (due.kind === 'now') await this.#due(entry, vm, due)
      if (due.kind !== 'missed') continue
      missed.push({ vm, times: due.times })
      await this.#ended(ref, due.dueMs, { atMs: due.dueMs, outcome: 'missed', times: due.times })
    }
    if (missed.length > 0) this.#tellMissed(host, missed)
  }

  /** The VM has moved to another host of the list, and its schedule with it. One that is nowhere may come back. */
  async #follow(entry: StoredSchedule): Promise<void> {
    const { kept, hosts } = this.parts
    const there = hosts.listVms().items.find(({ host, id }) => id === entry.vm && host !== entry.host)
    if (!there || kept.get({ host: there.host, vm: there.id })) return
    await kept.move(entry, there.host)
    this.#tell(entry)
    this.#tell({ host: there.host, vm: there.id })
  }

  async #due(entry: StoredSchedule, vm: Vm, due: Extract<Due, { kind: 'now' }>): Promise<void> {
    const ref = { host: vm.host, vm: vm.id }
    if (!isActive(vm.state) && !entry.schedule.whileOff) {
      await this.#ended(ref, due.dueMs, { atMs: due.dueMs, outcome: 'passed-over' })
      return
    }
    try {
      refuseWhileBusy(this.parts.tasks, vm)
    } catch (error) {
      this.#wait(ref, errorData(error).message)
      return
    }
    await this.#take(entry, vm, due)
  }

  /** All of it is the task: what keeps it from being taken is shown as that of any other. */
  async #take(
    entry: StoredSchedule,
    vm: Vm,
    { dueMs, isLate }: Extract<Due, { kind: 'now' }>,
  ): Promise<void> {
    const ref = { host: vm.host, vm: vm.id }
    const atMs = this.#now()
    const notes = isLate ? ['It was made up for what was missed.'] : []
    let name: string | undefined
    let wasCancelled = false
    try {
      await asTaskWithAnswer(
        this.parts.tasks,
        { kind: 'snapshot.schedule', title: `Scheduled snapshot of ${vm.name}`, ...ref, canCancel: true },
        async (context) => {
          context.signal.addEventListener('abort', () => (wasCancelled = true))
          const session = writable(this.parts.hosts, vm.host)
          const view = await session.snapshots.snapshots(vm.id)
          const names = new Set(view.snapshots.map((one) => one.name))
          const free = scheduledName(entry.schedule.prefix, atMs, names)
          const { wish, note } = scheduledWish(entry.schedule, view, free)
          if (note !== undefined) notes.push(note)
          // before it is there, so that one that Innkeeper does not live to see is its own all the same
          await this.parts.kept.change(ref, { own: [...this.#own(ref), { name: free }] })
          await this.parts.snapshots.take(session, vm, wish, context)
          name = free
          await this.#trim(session, entry, vm, free, context)
        },
      )
      await this.#ended(ref, dueMs, { atMs, outcome: 'taken', ...said(name, notes) })
    } catch (error) {
      await this.#ended(ref, dueMs, {
        atMs,
        outcome: name === undefined ? (wasCancelled ? 'cancelled' : 'failed') : 'taken',
        ...said(name, notes),
        error: errorData(error),
      })
    }
  }

  /** Deletes what is too old, one at a time, each only where that is legal and takes nothing else with it. */
  async #trim(
    session: HypervisorSession,
    { schedule: { keep } }: StoredSchedule,
    vm: Vm,
    taken: string,
    context: TaskContext,
  ): Promise<void> {
    const ref = { host: vm.host, vm: vm.id }
    for (;;) {
      const { snapshots } = await session.snapshots.snapshots(vm.id)
      const own = ownSnapshots(this.#own(ref), snapshots)
      await this.parts.kept.change(ref, {
        own: own.map(({ name, createdAtMs }) => ({ name, createdAtMs })),
      })
      const oldest = own[0]
      if (!oldest || own.length <= keep || oldest.name === taken) return
      const wish = { names: [oldest.name], withChildren: false, metadataOnly: false }
      try {
        const plan = await session.snapshots.snapshotDeletePlan(vm.id, wish)
        await this.parts.snapshots.drop(session, vm, { ...wish, stamp: plan.stamp }, plan.snapshots, context)
      } catch (error) {
        if (isKind(error, 'cancelled')) throw error
        const { kind, message, cure, detail } = errorData(error)
        throw new AppError(
          kind,
          `${taken} was taken, but the older ${oldest.name} is still there: ${message}`,
          {
            cure,
            detail,
            cause: error,
          },
        )
      }
    }
  }

  #own({ host, vm }: VmRef): StoredSchedule['own'] {
    return this.parts.kept.get({ host, vm })?.own ?? []
  }

  /** One message for all VMs of a host: a computer that was off for a weekend has missed many. */
  #tellMissed(host: HostId, missed: readonly { readonly vm: Vm; readonly times: number }[]): void {
    const [first] = missed
    const times = missed.reduce((sum, one) => sum + one.times, 0)
    const title =
      missed.length === 1 && first
        ? `Scheduled snapshot${times === 1 ? '' : 's'} of ${first.vm.name}`
        : `Scheduled snapshots of ${missed.length} VMs`
    this.parts.tasks.run(
      {
        kind: 'snapshot.missed',
        title,
        host,
        ...(missed.length === 1 && first ? { vm: first.vm.id } : {}),
      },
      async () => {
        throw new AppError(
          'timed-out',
          `${times === 1 ? 'One was' : `${times} were`} missed, as Innkeeper was not running, the host was not connected or the VM was busy`,
          {
            cure: 'Take one now; or have the host take them by a timer of its own, or have missed ones made up for, both in the schedule.',
            detail: missed.map((one) => `${one.vm.name}: ${one.times}`).join('\n'),
          },
        )
      },
    )
  }

  #wait(ref: VmRef, reason: string): void {
    if (this.#waiting.get(vmKey(ref)) === reason) return
    this.#waiting.set(vmKey(ref), reason)
    this.#tell(ref)
  }

  async #ended(ref: VmRef, handledMs: number, last: ScheduleResult): Promise<void> {
    this.#waiting.delete(vmKey(ref))
    await this.parts.kept.change(ref, { handledMs, last })
    this.#tell(ref)
  }

  #tell({ host, vm }: VmRef): void {
    this.parts.changed({ host, vm })
  }

  #isReachable(host: HostId): boolean {
    try {
      return !this.parts.hosts.get(host).info.isReadOnly
    } catch {
      return false
    }
  }

  #vm(ref: VmRef): Vm | undefined {
    try {
      return this.parts.hosts.vm(ref)
    } catch {
      return undefined
    }
  }
}

function said(name: string | undefined, notes: readonly string[]): Pick<ScheduleResult, 'name' | 'note'> {
  return {
    ...(name === undefined ? {} : { name }),
    ...(name === undefined || notes.length === 0 ? {} : { note: notes.join(' ') }),
  }
}
