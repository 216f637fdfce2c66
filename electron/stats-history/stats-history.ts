/**
 * What loads were, up to seven days back: in memory, ever coarser, and on disk, so that a restart of the app leaves a gap
 * and nothing else. Rows are numbers in typed arrays; files are written once a minute and never changed.
 */
import { join } from 'node:path'
import type { HostTick } from '../../shared/model/host-load'
import { vmKey, type HostId } from '../../shared/model/ids'
import type { StatsTick, VmSample } from '../../shared/model/stats'
import {
  historyMetrics,
  subjectKey,
  type HistoryColumns,
  type HistoryInput,
  type HistoryKind,
  type Metric,
} from '../../shared/model/stats-history'
import type { VmLoad } from '../../shared/model/vm-load'
import { columnsOf } from './columns'
import { SegmentFiles } from './segment-files'
import type { SeriesName, StoredRow } from './segment-format'
import { Series } from './series'
import { firstStoredTier, tiers } from './tiers'

interface StatsHistoryOptions {
  /** Where the files lie; without one all is kept in memory only. */
  readonly directory?: string
  readonly now?: () => number
  onError(error: unknown): void
}

interface Kept extends SeriesName {
  readonly series: Series
  readonly kind: HistoryKind
}

const flushMs = 60_000
/** A week of each takes a tenth of a megabyte; what is told first is kept. */
const maxSeries = 5_000
/** Nothing of a series is left when its last sample is older. */
const longestMs = Math.max(...tiers.map(({ stepMs, slots }) => stepMs * slots))

export class StatsHistory {
  readonly #now: () => number
  readonly #onError: (error: unknown) => void
  readonly #files: SegmentFiles | undefined
  readonly #byKey = new Map<string, Kept>()
  readonly #byNumber = new Map<number, Kept>()
  readonly #pending: StoredRow[][] = tiers.map(() => [])
  readonly #rows = new Map<number, Float32Array>()
  #nextNumber = 1
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor({ directory, now = Date.now, onError }: StatsHistoryOptions) {
    this.#now = now
    this.#onError = onError
    this.#files = directory === undefined ? undefined : new SegmentFiles(join(directory, 'stats'), now)
  }

  /** Begins to write, and reads what an earlier run has written; samples that come meanwhile are kept. */
  async start(): Promise<void> {
    this.#timer ??= setInterval(() => void this.flush(), flushMs)
    this.#timer.unref()
    await this.#files
      ?.read((tier, key, figures, { atMs, row }) => this.#restore(tier, key, figures, atMs, row))
      .catch((error: unknown) => this.#onError(error))
  }

  /**
   * Ends when all is written, also what is not complete: a half hour cut off would be missing next week. Should the app
   * be back before it is over, the rest of it stands for all.
   */
  stop(): Promise<void> {
    clearInterval(this.#timer)
    return this.#write(Number.POSITIVE_INFINITY)
  }

  addTick({ host, atMs, samples }: StatsTick): void {
    for (const sample of samples) this.#add('vm', `vm ${vmKey({ host, vm: sample.id })}`, atMs, sample)
    this.#add('guests', `guests ${host}`, atMs, sumOf(samples))
  }

  addHostTick({ host, atMs, sample }: HostTick): void {
    this.#add('host', `host ${host}`, atMs, sample)
  }

  /** What is told of one VM while somebody watches it. */
  addLoad({ ref, atMs, disks, nics, vcpus }: VmLoad): void {
    const key = vmKey(ref)
    for (const disk of disks) this.#add('disk', `disk ${key} ${disk.target}`, atMs, disk)
    for (const nic of nics) this.#add('nic', `nic ${key} ${nic.name}`, atMs, nic)
    for (const vcpu of vcpus) this.#add('vcpu', `vcpu ${key} ${vcpu.number}`, atMs, vcpu)
  }

  /** In the order of the subjects. */
  query({ subjects, fromMs, toMs, maxPoints }: HistoryInput): HistoryColumns[] {
    const stepMs = (toMs - fromMs) / maxPoints
    return subjects.map((subject) => {
      const points = this.#byKey.get(subjectKey(subject))?.series.between(fromMs, toMs, stepMs) ?? []
      return columnsOf(points, historyMetrics[subject.kind].length, { fromMs, stepMs })
    })
  }

  forgetHost(host: HostId): void {
    const mine = (key: string): boolean => {
      const name = key.slice(key.indexOf(' ') + 1)
      return name === host || name.startsWith(`${host}/`)
    }
    for (const { key } of [...this.#byKey.values()]) if (mine(key)) this.#forget(key)
  }

  /** Completes what is due and writes it; ends when it is written. */
  flush(): Promise<void> {
    return this.#write(this.#now())
  }

  #write(beforeMs: number): Promise<void> {
    this.#close(beforeMs)
    const rows = this.#pending.map((all) => all.splice(0))
    const write = async (): Promise<void> => {
      for (const [tier, all] of rows.entries()) {
        await this.#files
          ?.append(tier, all, (number) => this.#byNumber.get(number))
          .catch((error: unknown) => this.#onError(error))
      }
    }
    this.#writing = this.#writing.then(write)
    return this.#writing
  }

  sizeOnDiskBytes(): Promise<number> {
    return this.#files?.sizeBytes() ?? Promise.resolve(0)
  }

  #add(kind: HistoryKind, key: string, atMs: number, figures: object): void {
    const kept = this.#byKey.get(key) ?? this.#keep(kind, key)
    if (!kept) return
    const row = this.#rowOf(kept.series.width)
    const values = figures as Readonly<Record<string, unknown>>
    const names = historyMetrics[kind]
    for (let at = 0; at < names.length; at += 1) {
      const value = values[names[at] ?? '']
      row[at] = typeof value === 'number' ? value : Number.NaN
    }
    kept.series.add(atMs, row, (tier, slotMs, mean) => this.#closed(kept.number, tier, slotMs, mean))
  }

  #close(beforeMs: number): void {
    const nowMs = this.#now()
    for (const { number, key, series } of [...this.#byKey.values()]) {
      series.close(beforeMs, (tier, slotMs, mean) => this.#closed(number, tier, slotMs, mean))
      if (nowMs - series.lastAtMs > longestMs) this.#forget(key)
    }
  }

  #closed(number: number, tier: number, atMs: number, row: Float32Array): void {
    if (tier >= firstStoredTier && this.#files) this.#pending[tier]?.push({ number, atMs, row: row.slice() })
  }

  #restore(tier: number, key: string, figures: readonly string[], atMs: number, row: Float32Array): void {
    const kind = key.slice(0, key.indexOf(' '))
    if (!isKind(kind)) return
    const kept = this.#byKey.get(key) ?? this.#keep(kind, key)
    if (!kept) return
    kept.series.restore(
      tier,
      atMs,
      isSame(figures, kept.figures) ? row : arranged(figures, row, kept.figures),
    )
  }

  /** Undefined when there is no room for more. */
  #keep(kind: HistoryKind, key: string): Kept | undefined {
    if (this.#byKey.size >= maxSeries) return undefined
    const figures = historyMetrics[kind]
    const kept = { kind, key, figures, number: this.#nextNumber, series: new Series(figures.length) }
    this.#nextNumber += 1
    this.#byKey.set(key, kept)
    this.#byNumber.set(kept.number, kept)
    return kept
  }

  #forget(key: string): void {
    const kept = this.#byKey.get(key)
    this.#byKey.delete(key)
    if (kept) this.#byNumber.delete(kept.number)
  }

  #rowOf(width: number): Float32Array {
    const row = this.#rows.get(width) ?? new Float32Array(width)
    this.#rows.set(width, row)
    return row
  }
}

/** A figure that no VM knows is unknown of all. */
function sumOf(samples: readonly VmSample[]): Partial<Record<Metric<'guests'>, number>> {
  const sums: Partial<Record<Metric<'guests'>, number>> = {}
  for (const sample of samples) {
    for (const figure of historyMetrics.guests) {
      const value = sample[figure]
      if (value !== undefined) sums[figure] = (sums[figure] ?? 0) + value
    }
  }
  return sums
}

function isKind(text: string): text is HistoryKind {
  return Object.hasOwn(historyMetrics, text)
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, at) => name === other[at])
}

/** A row of an earlier version, which had other figures or another order. */
function arranged(figures: readonly string[], row: Float32Array, wanted: readonly string[]): Float32Array {
  return Float32Array.from(wanted, (name) => row[figures.indexOf(name)] ?? Number.NaN)
}
