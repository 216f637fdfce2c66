/** Rows of figures at equal distances in time; a row that is all NaN is a gap. Takes memory only for what is there. */
import type { Tier } from './tiers'

const slotsPerChunk = 60

export class SlotRing {
  readonly #width: number
  readonly #tier: Tier
  readonly #chunks: (Float32Array | undefined)[] = []
  #last: number | undefined

  constructor(width: number, tier: Tier) {
    this.#width = width
    this.#tier = tier
  }

  /** When the newest row began; undefined before the first. */
  get lastAtMs(): number | undefined {
    return this.#last === undefined ? undefined : this.#last * this.#tier.stepMs
  }

  /** The row of the slot in which the time lies; what is older than the ring is long is dropped. */
  put(atMs: number, row: Float32Array): void {
    const slot = Math.floor(atMs / this.#tier.stepMs)
    const { slots } = this.#tier
    const last = this.#last ?? slot
    if (slot <= last - slots) return
    // what the ring holds of a round before is a gap now
    for (let skipped = Math.max(last + 1, slot - slots + 1); skipped < slot; skipped += 1)
      this.#clear(skipped)
    this.#last = Math.max(last, slot)
    const index = slot % slots
    const chunk = Math.floor(index / slotsPerChunk)
    const rows = (this.#chunks[chunk] ??= new Float32Array(slotsPerChunk * this.#width).fill(Number.NaN))
    rows.set(row, (index % slotsPerChunk) * this.#width)
  }

  /** Rows that lie wholly between the two times, oldest first. */
  *between(fromMs: number, toMs: number): Generator<{ readonly atMs: number; readonly row: Float32Array }> {
    if (this.#last === undefined) return
    const { stepMs, slots } = this.#tier
    const first = Math.max(Math.ceil(fromMs / stepMs), this.#last - slots + 1)
    const end = Math.min(Math.floor(toMs / stepMs) - 1, this.#last)
    for (let slot = first; slot <= end; slot += 1) {
      const row = this.#row(slot)
      if (row?.some((value) => !Number.isNaN(value))) yield { atMs: slot * stepMs, row }
    }
  }

  #clear(slot: number): void {
    this.#row(slot)?.fill(Number.NaN)
  }

  #row(slot: number): Float32Array | undefined {
    const index = slot % this.#tier.slots
    const at = (index % slotsPerChunk) * this.#width
    return this.#chunks[Math.floor(index / slotsPerChunk)]?.subarray(at, at + this.#width)
  }
}
