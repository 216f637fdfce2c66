/** The VMs of a store, kept true: files by looking now and then, running guests by what their monitors say. */
import { AppError } from '../../../shared/errors'
import { given } from '../../../shared/given'
import type { VmId } from '../../../shared/model/ids'
import type { VmRecord } from '../../../shared/model/vm'
import type { SessionEvent } from '../backend'
import { windowed } from '../windowed'
import { factsOf, type DefinedFacts } from './definition'
import { gone } from './errors'
import type { Discovery } from './discovery/discovery'
import type { ForeignVm } from './discovery/foreign-vm'
import { Guest, ownMonitors } from './guest'
import type { Run } from './store/listing'
import type { Store } from './store/store'

const pollMs = 2000
/** While a guest is ending, which takes no longer than this. */
const soonMs = 150
const endingMs = 5000
/** How long one that nobody can talk to is left alone. */
const deafMs = 10_000
const width = 6

interface Text {
  readonly stamp: string
  readonly xml: string
  readonly facts: DefinedFacts
}

export interface VmEntry {
  readonly id: VmId
  /** Of the store; absent for a VM that only runs. */
  readonly folder?: string
  readonly stored?: string
  readonly running?: string
  readonly run?: Required<Run>
  /** Absent while it is off, and when others hold all of its monitors. */
  readonly guest?: Guest
  /** The process that another program started. */
  readonly foreign?: ForeignVm
  readonly record: VmRecord
}

interface OpenGuest {
  readonly startedTicks: number
  readonly guest: Guest
}

export class Inventory {
  #entries = new Map<VmId, VmEntry>()
  readonly #texts = new Map<string, Text | undefined>()
  readonly #stamps = new Map<string, string>()
  readonly #guests = new Map<VmId, OpenGuest>()
  #current: Promise<void> | undefined
  #next: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #isClosed = false
  #soonUntilMs = 0
  /** Runs whose monitors others hold, and when they are tried again. */
  readonly #deaf = new Map<VmId, { readonly startedTicks: number; readonly untilMs: number }>()
  /** Grows with every change that was seen. */
  changes = 0

  constructor(
    private readonly store: Store,
    private readonly tell: (event: SessionEvent) => void,
    private readonly onTrouble: (error: unknown) => void,
    private readonly discovery?: Discovery,
  ) {}

  async start(): Promise<void> {
    await this.refresh()
    this.#later(pollMs)
  }

  /** Looks anew. Whoever asks while a look is under way gets the next one, as that may have passed over what they changed. */
  refresh(): Promise<void> {
    if (!this.#current) {
      this.#current = this.#look().finally(() => {
        this.#current = undefined
      })
      return this.#current
    }
    this.#next ??= this.#current
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined
        return this.refresh()
      })
    return this.#next
  }

  /** As it was when it was last looked at. */
  known(): VmEntry[] {
    return [...this.#entries.values()]
  }

  async list(): Promise<VmEntry[]> {
    await this.refresh()
    return this.known()
  }

  /** Fresh; ends with `not-found`. */
  async find(id: VmId): Promise<VmEntry> {
    await this.refresh()
    const entry = this.#entries.get(id)
    if (!entry) throw gone()
    return entry
  }

  /** Waits until a fresh look satisfies. */
  async until(id: VmId, fits: (entry: VmEntry | undefined) => boolean, limitMs: number): Promise<boolean> {
    const deadline = performance.now() + limitMs
    for (;;) {
      await this.refresh()
      if (fits(this.#entries.get(id))) return true
      if (performance.now() > deadline) return false
      await new Promise((resolve) => setTimeout(resolve, soonMs))
    }
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    for (const { guest } of this.#guests.values()) guest.close()
    this.#guests.clear()
  }

  #later(ms: number): void {
    clearTimeout(this.#timer)
    if (this.#isClosed) return
    this.#timer = setTimeout(() => {
      const again = (): void => this.#later(performance.now() < this.#soonUntilMs ? soonMs : pollMs)
      this.refresh().then(again, (error: unknown) => {
        this.onTrouble(error)
        again()
      })
    }, ms)
  }

  async #look(): Promise<void> {
    const { folders, running, runs } = await this.store.list()
    await this.#readTexts(
      new Map([
        ...[...folders].flatMap(([folder, { vm }]) =>
          vm === undefined ? [] : [[`${folder}/vm.xml`, vm] as const],
        ),
        ...[...running].map(([uuid, stamp]) => [`run/${uuid}/running.xml`, stamp] as const),
      ]),
    )
    const active = new Map(
      runs.flatMap((run) => (run.process ? [[run.uuid, run as Required<Run>] as const] : [])),
    )
    const foreign = await this.#lookForForeign(active)
    await this.#openGuests(
      new Map([...active, ...[...foreign].map(([id, vm]) => [id, runOf(vm)] as const)]),
      foreign,
    )
    const entries = new Map<VmId, VmEntry>()
    for (const [folder, { hasMemory }] of [...folders].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const text = this.#texts.get(`${folder}/vm.xml`)
      // a copy of a folder by hand has the same UUID: the first one is it
      if (!text || entries.has(text.facts.id)) continue
      entries.set(
        text.facts.id,
        this.#entry(text.facts.id, active.get(text.facts.id), foreign.get(text.facts.id), {
          folder,
          text,
          hasMemory,
        }),
      )
    }
    for (const [uuid, run] of active)
      if (!entries.has(uuid)) {
        const entry = this.#texts.get(`run/${uuid}/running.xml`) ? this.#entry(uuid, run) : undefined
        if (entry) entries.set(uuid, entry)
      }
    for (const [id, vm] of foreign) if (!entries.has(id)) entries.set(id, this.#entry(id, undefined, vm))
    if (this.#isClosed) return
    this.#tellDifferences(entries)
    const ended = runs.filter(({ process, uuid }) => !process && running.has(uuid))
    await Promise.all(ended.map(({ uuid }) => this.store.clean(uuid)))
  }

  /** What cannot be looked for is no reason to lose sight of our own. */
  async #lookForForeign(active: ReadonlyMap<VmId, unknown>): Promise<ReadonlyMap<VmId, ForeignVm>> {
    try {
      const found = await this.discovery?.look()
      return new Map([...(found ?? [])].filter(([id]) => !active.has(id)))
    } catch (error) {
      this.onTrouble(error)
      return new Map()
    }
  }

  async #readTexts(wanted: ReadonlyMap<string, string>): Promise<void> {
    for (const path of [...this.#stamps.keys()])
      if (!wanted.has(path)) {
        this.#stamps.delete(path)
        this.#texts.delete(path)
      }
    const changed = [...wanted].filter(([path, stamp]) => this.#stamps.get(path) !== stamp)
    if (changed.length === 0) return
    const texts = await this.store.read(changed.map(([path]) => path))
    for (const [path, stamp] of changed) {
      const xml = texts.get(path)
      const facts = xml === undefined ? undefined : factsOf(xml)
      this.#texts.set(path, xml === undefined || !facts ? undefined : { stamp, xml, facts })
      // one that is gone meanwhile is looked for again
      if (xml !== undefined) this.#stamps.set(path, stamp)
    }
  }

  async #openGuests(
    active: ReadonlyMap<VmId, Required<Run>>,
    foreign: ReadonlyMap<VmId, ForeignVm>,
  ): Promise<void> {
    for (const [id, { guest, startedTicks }] of [...this.#guests]) {
      if (guest.isOpen && active.get(id)?.process.startedTicks === startedTicks) continue
      guest.close()
      this.#guests.delete(id)
    }
    const unknown = [...active.values()].filter(({ uuid, process }) => {
      const deaf = this.#deaf.get(uuid)
      const isLeftAlone = deaf?.startedTicks === process.startedTicks && performance.now() < deaf.untilMs
      return !this.#guests.has(uuid) && !isLeftAlone
    })
    for (const id of this.#deaf.keys()) if (!active.has(id)) this.#deaf.delete(id)
    await windowed(unknown, width, async ({ uuid, process }) => {
      if (this.#isClosed) return
      const monitors = foreign.get(uuid)?.monitors ?? ownMonitors(this.store.runFolder(uuid))
      const guest = await Guest.open(this.store.link, uuid, monitors, {
        changed: () => this.#restate(uuid),
        event: () => undefined,
        ended: () => {
          this.#soonUntilMs = performance.now() + endingMs
          this.#later(0)
        },
      })
      if (!guest) this.#deaf.set(uuid, { ...process, untilMs: performance.now() + deafMs })
      else if (this.#isClosed) guest.close()
      else this.#guests.set(uuid, { guest, startedTicks: process.startedTicks })
    })
  }

  #entry(
    id: VmId,
    ownRun: Required<Run> | undefined,
    foreign?: ForeignVm,
    stored?: { readonly folder: string; readonly text: Text; readonly hasMemory: boolean },
  ): VmEntry {
    const run = ownRun ?? (foreign && runOf(foreign))
    const running = ownRun ? this.#texts.get(`run/${id}/running.xml`) : foreign
    const guest = run && this.#guests.get(id)?.guest
    const facts = running?.facts ?? stored?.text.facts
    if (!facts) throw new AppError('internal', 'A VM without a definition')
    const before = this.#entries.get(id)
    const state = !run
      ? { state: 'shut-off' as const }
      : (guest?.state ??
        // its monitor goes a moment before the process
        (before?.run?.process.startedTicks === run.process.startedTicks
          ? { state: before.record.state, reason: before.record.stateReason }
          : deafState(foreign)))
    return {
      id,
      ...(stored ? { folder: stored.folder, stored: stored.text.xml } : {}),
      ...given('running', running?.xml),
      ...given('run', run),
      ...given('guest', guest),
      ...(ownRun ? {} : given('foreign', foreign)),
      record: {
        ...facts,
        ...(stored ? { name: stored.text.facts.name } : {}),
        id,
        ...(stored?.text.facts.isTemplate ? { isTemplate: true } : {}),
        ...(run ? { runId: run.process.startedTicks } : {}),
        state: state.state,
        ...given('stateReason', state.reason),
        isPersistent: stored !== undefined,
        ...(!ownRun && foreign ? { isForeign: true as const } : {}),
        hasSavedState: !run && stored?.hasMemory === true,
        autostart: false,
        ...(guest?.balloonBytes === undefined
          ? {}
          : { memoryBytes: Math.min(guest.balloonBytes, facts.maxMemoryBytes) }),
      },
    }
  }

  /** A guest said so: no need to look at files. */
  #restate(id: VmId): void {
    const before = this.#entries.get(id)
    const guest = this.#guests.get(id)?.guest
    if (!before || !guest || this.#isClosed) return
    const { stateReason: _, ...record } = before.record
    const now: VmRecord = {
      ...record,
      state: guest.state.state,
      ...given('stateReason', guest.state.reason),
      ...(guest.balloonBytes === undefined
        ? {}
        : { memoryBytes: Math.min(guest.balloonBytes, record.maxMemoryBytes) }),
    }
    this.#entries.set(id, { ...before, record: now })
    this.#tellChange(before.record, now)
  }

  #tellDifferences(entries: Map<VmId, VmEntry>): void {
    const before = this.#entries
    this.#entries = entries
    for (const [id, { record }] of entries) this.#tellChange(before.get(id)?.record, record)
    for (const id of before.keys())
      if (!entries.has(id)) {
        this.changes += 1
        this.tell({ kind: 'vm-removed', id })
      }
  }

  #tellChange(before: VmRecord | undefined, now: VmRecord): void {
    if (before && JSON.stringify(before) === JSON.stringify(now)) return
    this.changes += 1
    this.tell({ kind: 'vm-changed', vm: now })
  }
}

function runOf({ id, pid, startedTicks }: ForeignVm): Required<Run> {
  return { uuid: id, process: { pid, startedTicks } }
}

/** A process that is there runs, as far as anybody sees who cannot ask it. */
function deafState(foreign: ForeignVm | undefined): {
  readonly state: 'unknown' | 'running'
  readonly reason: string
} {
  if (!foreign) return { state: 'unknown', reason: 'other programs hold all of its monitors' }
  return {
    state: 'running',
    reason:
      foreign.monitors.length === 0
        ? 'seen as a process: it has no monitor for programs'
        : 'seen as a process: its monitor is taken or does not answer',
  }
}
