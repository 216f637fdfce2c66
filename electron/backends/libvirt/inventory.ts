/**
 * What is known of a host's VMs, kept true by hints: a VM that may have changed is read again a moment later, several
 * hints at once, and told when it differs. Everything read goes through here, so a list and an event never contradict
 * each other. A slow full reading catches what has no event (autostart set elsewhere).
 */
import type { VmId } from '../../../shared/model/ids'
import type { VmRecord } from '../../../shared/model/vm'
import type { SessionEvent } from '../backend'
import type { Hint } from './events'
import { windowed } from '../windowed'

export interface InventorySource {
  readAll(): Promise<VmRecord[]>
  /** Undefined: it is gone. */
  readOne(id: VmId): Promise<VmRecord | undefined>
  readWords(id: VmId): Promise<VmWords>
}

/** What a record has that only the definition tells: flat, and absent where there is none. */
export type VmWords = Pick<VmRecord, 'title' | 'isTemplate'>

export interface InventoryTiming {
  /** Hints within this time are one reading: a start alone sends several. */
  readonly gatherMs: number
  /** After a reading failed. */
  readonly retryMs: number
  readonly reconcileMs: number
}

/** More VMs than this at once are cheaper read all together. */
const manyVms = 20
/** Over a slow line a few are: one VM takes five answers, all together four. */
const manyVmsWhenSlow = 2
const slowMs = 200
const width = 2

type Known = { record: VmRecord; words: VmWords }

export class Inventory {
  readonly #source: InventorySource
  readonly #emit: (event: SessionEvent) => void
  readonly #timing: InventoryTiming
  readonly #known = new Map<VmId, Known>()
  readonly #hinted = new Map<VmId, Hint>()
  /** Whose words are still to be read. */
  readonly #wordless = new Set<VmId>()
  #isReadingWords = false
  /** How long a VM took when it was last read alone. */
  #singleMs = 0
  /** When a VM was last hinted at or read, on our own clock. What was read before that must not overwrite it. */
  readonly #touched = new Map<VmId, number>()
  #clock = 0
  readonly #hintCounts = new Map<VmId, number>()
  #changes = 0
  #gatherTimer: NodeJS.Timeout | undefined
  #reconcileTimer: NodeJS.Timeout | undefined
  #reading: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(
    source: InventorySource,
    emit: (event: SessionEvent) => void,
    timing: InventoryTiming = { gatherMs: 15, retryMs: 1000, reconcileMs: 15_000 },
  ) {
    this.#source = source
    this.#emit = emit
    this.#timing = timing
  }

  /** First reading, and from then on a full one now and then. */
  async start(): Promise<void> {
    await this.readAll()
    this.#scheduleReconcile()
    this.#readWords([...this.#known.keys()])
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#gatherTimer)
    clearTimeout(this.#reconcileTimer)
  }

  nameOf(id: VmId): string | undefined {
    return this.#known.get(id)?.record.name
  }

  /** Reads everything, tells what changed since it was last looked at, and answers with the truth. */
  async readAll(): Promise<VmRecord[]> {
    this.#clock += 1
    const startedAt = this.#clock
    const records = new Map((await this.#source.readAll()).map((record) => [record.id, record]))
    for (const id of new Set([...records.keys(), ...this.#known.keys()])) {
      this.#learn(id, records.get(id), startedAt)
    }
    // hints that came meanwhile are followed before anybody is answered; a VM that cannot be read keeps nobody waiting
    await this.#follow().catch(() => undefined)
    return [...this.#known.values()].map(withWords)
  }

  /** Something about this VM may have changed. */
  hint(id: VmId, hint: Hint): void {
    if (this.#isClosed) return
    this.#changes += 1
    this.#hintCounts.set(id, this.hintCount(id) + 1)
    this.#touch(id)
    this.#note(id, hint, this.#timing.gatherMs)
  }

  /** How often something was said to have changed at this VM: another number than before means that others were at it. */
  hintCount(id: VmId): number {
    return this.#hintCounts.get(id) ?? 0
  }

  /** Another number than before: something about some VM may be other than it was. */
  get changes(): number {
    return this.#changes
  }

  /** Reads one VM now; told like any other change. Undefined: it is gone. */
  async refresh(id: VmId): Promise<VmRecord | undefined> {
    const startedAt = this.#touch(id)
    const record = await this.#source.readOne(id)
    this.#learn(id, record, startedAt)
    return record
  }

  /** Reads one VM and follows what was hinted meanwhile: afterwards everything known of it has been told. */
  async settle(id: VmId): Promise<void> {
    await this.refresh(id)
    await this.#follow()
  }

  #note(id: VmId, hint: Hint, delayMs: number): void {
    if (this.#isClosed) return
    if (this.#hinted.get(id) !== 'definition') this.#hinted.set(id, hint)
    this.#gatherTimer ??= setTimeout(() => {
      this.#gatherTimer = undefined
      void this.#follow().catch(() => undefined)
    }, delayMs)
  }

  #touch(id: VmId): number {
    this.#clock += 1
    this.#touched.set(id, this.#clock)
    return this.#clock
  }

  /** Follows the hints there are; one round at a time, so that two readings of a VM cannot overtake each other. */
  #follow(): Promise<void> {
    const round = this.#reading.then(() => this.#round())
    this.#reading = round.catch(() => undefined)
    return round
  }

  async #round(): Promise<void> {
    clearTimeout(this.#gatherTimer)
    this.#gatherTimer = undefined
    const hinted = [...this.#hinted]
    this.#hinted.clear()
    if (hinted.length === 0 || this.#isClosed) return
    try {
      await this.#read(hinted.map(([id]) => id))
    } catch (error) {
      // nothing is forgotten because one reading failed
      for (const [id, hint] of hinted) this.#note(id, hint, this.#timing.retryMs)
      throw error
    }
    this.#readWords(hinted.filter(([, hint]) => hint === 'definition').map(([id]) => id))
  }

  async #read(ids: readonly VmId[]): Promise<void> {
    if (ids.length > (this.#singleMs > slowMs ? manyVmsWhenSlow : manyVms)) return this.#readMany(ids)
    const begun = performance.now()
    await windowed(ids, width, (id) => this.refresh(id))
    this.#singleMs = ((performance.now() - begun) * Math.min(width, ids.length)) / ids.length
  }

  async #readMany(ids: readonly VmId[]): Promise<void> {
    const startedAt = new Map(ids.map((id) => [id, this.#touch(id)]))
    const records = new Map((await this.#source.readAll()).map((record) => [record.id, record]))
    for (const [id, at] of startedAt) this.#learn(id, records.get(id), at)
  }

  /** One after the other, behind everything else and in nobody's way: states are not to wait for them. */
  #readWords(ids: readonly VmId[]): void {
    for (const id of ids) this.#wordless.add(id)
    if (this.#isReadingWords) return
    this.#isReadingWords = true
    void this.#workOffWords().finally(() => {
      this.#isReadingWords = false
    })
  }

  async #workOffWords(): Promise<void> {
    for (const id of this.#wordless) {
      this.#wordless.delete(id)
      if (this.#isClosed || !this.#known.has(id)) continue
      try {
        this.#learnWords(id, await this.#source.readWords(id))
      } catch {
        this.#note(id, 'definition', this.#timing.retryMs)
      }
    }
  }

  #learnWords(id: VmId, words: VmWords): void {
    const known = this.#known.get(id)
    if (!known || isSame(known.words, words)) return
    known.words = words
    this.#tell({ kind: 'vm-changed', vm: withWords(known) })
  }

  #learn(id: VmId, record: VmRecord | undefined, readAt: number): void {
    if ((this.#touched.get(id) ?? 0) > readAt) return
    this.#touched.set(id, readAt)
    const known = this.#known.get(id)
    if (!record) {
      this.#hintCounts.delete(id)
      if (this.#known.delete(id)) this.#tell({ kind: 'vm-removed', id })
      return
    }
    const now: Known = { record, words: known?.words ?? {} }
    this.#known.set(id, now)
    if (!known || !isSame(known.record, record)) this.#tell({ kind: 'vm-changed', vm: withWords(now) })
  }

  #tell(event: SessionEvent): void {
    this.#changes += 1
    if (!this.#isClosed) this.#emit(event)
  }

  #scheduleReconcile(): void {
    if (this.#isClosed) return
    this.#reconcileTimer = setTimeout(
      () => {
        // a host too busy for this keeps its events and the next round
        void this.readAll()
          .catch(() => undefined)
          .then(() => this.#scheduleReconcile())
      },
      reconcileDelayMs(this.#timing.reconcileMs, this.#known.size),
    )
    this.#reconcileTimer.unref()
  }
}

/** Large hosts less often, and no two hosts on the same beat: fifty that connected together would stay in step. */
function reconcileDelayMs(leastMs: number, vmCount: number): number {
  return (leastMs + vmCount * 30) * (0.8 + 0.4 * Math.random())
}

function withWords({ record, words }: Known): VmRecord {
  return { ...record, ...words }
}

/** Records are flat. */
function isSame<T extends object>(a: T, b: T): boolean {
  const keys = Object.keys(a) as (keyof T)[]
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}
