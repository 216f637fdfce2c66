/** The mean of rows, each figure over those rows that know it. */
export class Mean {
  readonly #sums: Float64Array
  readonly #counts: Uint32Array
  #rows = 0

  constructor(width: number) {
    this.#sums = new Float64Array(width)
    this.#counts = new Uint32Array(width)
  }

  get isEmpty(): boolean {
    return this.#rows === 0
  }

  add(row: Float32Array): void {
    this.#rows += 1
    for (let at = 0; at < this.#sums.length; at += 1) {
      const value = row[at] ?? Number.NaN
      if (Number.isNaN(value)) continue
      this.#sums[at] = (this.#sums[at] ?? 0) + value
      this.#counts[at] = (this.#counts[at] ?? 0) + 1
    }
  }

  /** Writes the mean into the row and begins anew. */
  take(into: Float32Array): void {
    for (let at = 0; at < this.#sums.length; at += 1) {
      const count = this.#counts[at] ?? 0
      into[at] = count === 0 ? Number.NaN : (this.#sums[at] ?? 0) / count
    }
    this.#sums.fill(0)
    this.#counts.fill(0)
    this.#rows = 0
  }
}
