import { Mean } from './mean'
import { RawRing } from './raw-ring'
import { SlotRing } from './slot-ring'
import { rawSamples, tiers } from './tiers'

/** Told of each row that is complete. The row is used again: keep a copy. */
export type OnClosed = (tier: number, atMs: number, row: Float32Array) => void

interface Level {
  readonly ring: SlotRing
  readonly mean: Mean
  /** The last that was completed. */
  readonly row: Float32Array
  /** Of which `mean` is. */
  slot: number
}

/** The past of one subject: samples as they came, and their means over ever longer times. */
export class Series {
  readonly width: number
  readonly #raw: RawRing
  readonly #levels: readonly Level[]
  lastAtMs = 0

  constructor(width: number) {
    this.width = width
    this.#raw = new RawRing(width, rawSamples)
    this.#levels = tiers.map((tier) => ({
      ring: new SlotRing(width, tier),
      mean: new Mean(width),
      row: new Float32Array(width),
      slot: 0,
    }))
  }

  add(atMs: number, row: Float32Array, onClosed: OnClosed): void {
    this.#raw.put(atMs, row)
    this.lastAtMs = Math.max(this.lastAtMs, atMs)
    this.#feed(0, atMs, row, onClosed)
  }

  /** What was read from disk. */
  restore(tier: number, atMs: number, row: Float32Array): void {
    this.#levels[tier]?.ring.put(atMs, row)
    this.lastAtMs = Math.max(this.lastAtMs, atMs)
  }

  /** Completes what lies before: the next sample may be long in coming. */
  close(beforeMs: number, onClosed: OnClosed): void {
    for (const [tier, level] of this.#levels.entries()) {
      const stepMs = tiers[tier]?.stepMs ?? 1
      if (!level.mean.isEmpty && (level.slot + 1) * stepMs <= beforeMs) this.#complete(tier, level, onClosed)
    }
  }

  #feed(tier: number, atMs: number, row: Float32Array, onClosed: OnClosed): void {
    const level = this.#levels[tier]
    if (!level) return
    const slot = Math.floor(atMs / (tiers[tier]?.stepMs ?? 1))
    if (!level.mean.isEmpty && level.slot !== slot) this.#complete(tier, level, onClosed)
    level.slot = slot
    level.mean.add(row)
  }

  #complete(tier: number, level: Level, onClosed: OnClosed): void {
    const atMs = level.slot * (tiers[tier]?.stepMs ?? 1)
    const { row } = level
    level.mean.take(row)
    level.ring.put(atMs, row)
    onClosed(tier, atMs, row)
    this.#feed(tier + 1, atMs, row, onClosed)
  }

  /**
   * Rows between the two times, oldest first, about as fine as asked for: from the coarsest tier that is fine enough; for
   * what is too old for it from coarser ones; for its last, incomplete slot from finer ones.
   */
  between(fromMs: number, toMs: number, wantedStepMs: number): Point[] {
    let chosen = -1
    for (const [tier, { stepMs }] of tiers.entries()) if (stepMs <= wantedStepMs) chosen = tier
    const points = chosen < 0 ? [...this.#raw.between(fromMs, toMs)] : this.#centred(chosen, fromMs, toMs)
    this.#prependCoarser(points, chosen + 1, fromMs, toMs)
    this.#appendFiner(points, chosen - 1, fromMs, toMs)
    return points
  }

  #prependCoarser(points: Point[], from: number, fromMs: number, toMs: number): void {
    for (let tier = from; tier < tiers.length; tier += 1) {
      const first = points[0]
      points.unshift(...this.#centred(tier, fromMs, first ? first.atMs : toMs))
    }
  }

  #appendFiner(points: Point[], from: number, fromMs: number, toMs: number): void {
    for (let tier = from; tier >= -1; tier -= 1) {
      const lastMs = tiers[tier + 1] && this.#levels[tier + 1]?.ring.lastAtMs
      const sinceMs = Math.max(fromMs, lastMs === undefined ? 0 : lastMs + (tiers[tier + 1]?.stepMs ?? 0))
      points.push(...(tier < 0 ? this.#raw.between(sinceMs, toMs) : this.#centred(tier, sinceMs, toMs)))
    }
  }

  /** A mean stands in the middle of its time. */
  #centred(tier: number, fromMs: number, toMs: number): Point[] {
    const half = (tiers[tier]?.stepMs ?? 0) / 2
    const rows = this.#levels[tier]?.ring.between(fromMs, toMs) ?? []
    return [...rows].map(({ atMs, row }) => ({ atMs: atMs + half, row }))
  }
}

export interface Point {
  readonly atMs: number
  readonly row: Float32Array
}
