import { AppError, errorData, isKind } from '../../shared/errors'
import type { ChangeHardwareInput, HardwareChange } from '../../shared/model/hardware/change'
import { emptied } from '../../shared/model/hardware/kinds/disk-volume'
import type { ApplyOutcome, HardwareItem } from '../../shared/model/hardware/view'
import { vmId, type HostId, type VmRef } from '../../shared/model/ids'
import type { InstallMedia, TakenOut, TakeOutInput } from '../../shared/model/new-vm/install-media'
import type { NewVmInput } from '../../shared/model/new-vm/new-vm'
import { isActive, type Vm } from '../../shared/model/vm'
import type { VmChange } from '../../shared/ipc/contract'
import type { HypervisorSession } from '../backends/backend'
import type { PlannedSeed } from '../new-vm/cloud'
import { fullDrives } from '../new-vm/install-media/drives'
import { lookAtMedia } from '../new-vm/install-media/look'
import type { InstalledVm, InstalledVms } from '../new-vm/install-media/remembered'
import { identityOf } from '../new-vm/journal/identity'
import type { TaskList } from '../tasks/task-list'
import { asTaskWithAnswer, writable } from './session-tasks'
import type { VmHosts } from './vm-actions'

/** No installation is over sooner, and news of the VM's first moments may come late. */
const soonestMs = 5000
/** Of a VM that is never switched off: an installer that is still at work then is a rare one. */
const longMs = 60 * 60_000

/** Discs of installations: told of once these have ended, and then taken out or kept as the user wants it. */
export class InstallMediaActions {
  readonly #hosts: VmHosts
  readonly #tasks: TaskList
  readonly #installed: InstalledVms
  readonly #hardware: { apply(input: ChangeHardwareInput): Promise<ApplyOutcome> }
  readonly #now: () => number

  constructor(parts: {
    readonly hosts: VmHosts
    readonly tasks: TaskList
    readonly installed: InstalledVms
    readonly hardware: { apply(input: ChangeHardwareInput): Promise<ApplyOutcome> }
    readonly now?: () => number
  }) {
    this.#hosts = parts.hosts
    this.#tasks = parts.tasks
    this.#installed = parts.installed
    this.#hardware = parts.hardware
    this.#now = parts.now ?? Date.now
  }

  /** After a creation, however it ended. Never fails: what is not remembered is only not told of later. */
  async remember(
    session: HypervisorSession,
    { host, source }: Pick<NewVmInput, 'host' | 'source'>,
    uuid: string,
    seed: PlannedSeed | undefined,
  ): Promise<void> {
    const isAsked = source.kind === 'iso' || source.kind === 'drive' || source.kind === 'tree'
    if (!isAsked) return
    try {
      await this.#remember(session, { host, vm: vmId.parse(uuid) }, seed)
    } catch {
      // the VM is not there, or the host was lost
    }
  }

  async #remember(session: HypervisorSession, ref: VmRef, seed: PlannedSeed | undefined): Promise<void> {
    const view = await session.hardware(ref.vm)
    const found = seed && (await session.storage.volumeDetails(seed.pool, [seed.name])).volumes[0]
    const own = seed && [found?.path, seed.path, `${seed.pool}/${seed.name}`]
    let isFirst = true
    const discs = fullDrives(view).map(({ place }): InstalledVm['discs'][number] => {
      if (own?.includes(place) === true) return { role: 'answers', place }
      const role = isFirst ? 'install' : 'more'
      isFirst = false
      return { role, place }
    })
    if (discs.length === 0) return
    const atMs = this.#now()
    await this.#installed.put({
      ...ref,
      createdAtMs: atMs,
      ...(view.isRunning ? { runsSinceMs: atMs } : {}),
      wasOff: false,
      discs,
      ...(seed && found
        ? { answers: { pool: seed.pool, volume: seed.name, ...(await identityOf(session, found)) } }
        : {}),
    })
  }

  /** What a connected host says of its VMs; what is known from before a connection does not count. */
  async saw(changes: readonly VmChange[]): Promise<void> {
    for (const change of changes) {
      if (change.kind === 'removed') continue
      const { host, id } = change.vm
      const entry = await this.#installed.get({ host, vm: id })
      if (entry && this.#isConnected(host)) await this.#note(entry, change.vm)
    }
  }

  /** Null: there is nothing to say, or not yet. */
  async of(ref: VmRef): Promise<InstallMedia | null> {
    const before = await this.#installed.get(ref)
    if (!before) return null
    const session = this.#hosts.get(ref.host)
    const entry = await this.#note(before, this.#hosts.vm(ref))
    if (!this.#hasEnded(entry)) return null
    const found = await lookAtMedia(session, entry)
    if (found.media.length > 0) return found
    // a file that only cannot be seen or go now is told of when it can
    if (!entry.answers) await this.#installed.remove(ref)
    return null
  }

  async keep(ref: VmRef): Promise<void> {
    await this.#installed.remove(ref)
  }

  async forgetHost(host: HostId): Promise<void> {
    await this.#installed.forgetHost(host)
  }

  /** Those that are not named stay, and are told of no more. */
  async takeOut({ base, media, deletesAnswers, ...ref }: TakeOutInput): Promise<TakenOut> {
    const session = writable(this.#hosts, ref.host)
    const entry = await this.#installed.get(ref)
    if (!entry) throw new AppError('not-found', 'Nothing is known of these discs any more')
    const now = await lookAtMedia(session, entry)
    const gone = now.media.filter(({ id }) => media.includes(id))
    const left: { place: string; why: string }[] = []
    const drives = gone.flatMap((medium) =>
      medium.drive === undefined ? [] : [{ ...medium, drive: medium.drive }],
    )
    if (drives.length > 0) {
      const items = fullDrives(await session.hardware(ref.vm))
      const changes = drives.flatMap(({ drive }) => {
        const item = items.find((one) => one.item.ref.key === drive)?.item
        return item ? [emptying(item)] : []
      })
      const outcome = await this.#hardware.apply({
        ...ref,
        base,
        changes,
        when: now.isRunning ? 'now' : 'next-start',
      })
      if (outcome.kind === 'conflict')
        throw new AppError('busy', 'The VM was changed elsewhere meanwhile, so nothing was taken out', {
          cure: 'Close this and look again.',
        })
      for (const [at, { whyNotNow }] of outcome.results.entries()) {
        const medium = drives[at]
        if (medium && whyNotNow !== undefined)
          left.push({ place: medium.place, why: `It is out from the next start on: ${whyNotNow}` })
      }
    }
    const answers = gone.find(({ role }) => role === 'answers')
    if (deletesAnswers && answers && entry.answers) {
      const isHeld = left.some(({ place }) => place === answers.place)
      const why = isHeld ? 'the running VM still holds it' : await this.#deleted(session, ref, entry.answers)
      if (why !== undefined) {
        left.push({ place: answers.place, why: `Its file is still there: ${why}` })
        // asked about once more when it can go
        await this.#installed.put({ ...entry, discs: entry.discs.filter(({ role }) => role === 'answers') })
        return { left }
      }
    }
    await this.#installed.remove(ref)
    return { left }
  }

  /** Undefined: it is gone. Whoever has begun to use it since keeps it. */
  async #deleted(
    session: HypervisorSession,
    { host, vm }: VmRef,
    { pool, volume }: NonNullable<InstalledVm['answers']>,
  ): Promise<string | undefined> {
    const start = {
      kind: 'volume.delete',
      title: `Deleting volume ${volume} of ${pool}`,
      host,
      vm,
      command: session.virsh(['vol-delete', '--pool', pool, volume]),
    }
    try {
      await asTaskWithAnswer(this.#tasks, start, () => session.storage.deleteVolume({ pool, volume }, false))
      return undefined
    } catch (error) {
      return isKind(error, 'not-found') ? undefined : errorData(error).message
    }
  }

  async #note(entry: InstalledVm, vm: Vm): Promise<InstalledVm> {
    const atMs = this.#now()
    const isOn = isActive(vm.state)
    const wasOff =
      entry.wasOff ||
      (entry.runsSinceMs !== undefined &&
        vm.state === 'shut-off' &&
        !vm.hasSavedState &&
        atMs - entry.createdAtMs >= soonestMs)
    const runsSinceMs = entry.runsSinceMs ?? (isOn ? atMs : undefined)
    if (wasOff === entry.wasOff && runsSinceMs === entry.runsSinceMs) return entry
    const next = { ...entry, wasOff, ...(runsSinceMs === undefined ? {} : { runsSinceMs }) }
    await this.#installed.put(next)
    return next
  }

  #hasEnded({ wasOff, runsSinceMs }: InstalledVm): boolean {
    return wasOff || (runsSinceMs !== undefined && this.#now() - runsSinceMs >= longMs)
  }

  #isConnected(host: HostId): boolean {
    try {
      this.#hosts.get(host)
      return true
    } catch {
      return false
    }
  }
}

function emptying({ ref, values }: HardwareItem): HardwareChange {
  const wanted = Object.entries(emptied(values))
  return {
    kind: 'set',
    item: ref,
    values: Object.fromEntries(wanted.filter(([, value]) => value !== undefined)),
    unset: wanted.flatMap(([field, value]) =>
      value === undefined && values[field] !== undefined ? [field] : [],
    ),
  }
}
