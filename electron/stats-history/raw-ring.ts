/** The newest samples with the times at which they came. */
export class RawRing {
  readonly #width: number
  readonly #times: Float64Array
  readonly #rows: Float32Array
  #count = 0

  constructor(width: number, size: number) {
    this.#width = width
    this.#times = new Float64Array(size)
    this.#rows = new Float32Array(size * width)
  }

  /** One that is not newer than the last is dropped: a clock was set back, and catches up. */
  put(atMs: number, row: Float32Array): void {
    const size = this.#times.length
    if (this.#count > 0 && atMs <= (this.#times[(this.#count - 1) % size] ?? 0)) return
    const at = this.#count % size
    this.#times[at] = atMs
    this.#rows.set(row, at * this.#width)
    this.#count += 1
  }

  *between(fromMs: number, toMs: number): Generator<{ readonly atMs: number; readonly row: Float32Array }> {
    const size = this.#times.length
    for (let number = Math.max(0, this.#count - size); number < this.#count; number += 1) {
      const at = number % size
      const atMs = this.#times[at] ?? 0
      if (atMs < fromMs || atMs > toMs) continue
      yield { atMs, row: this.#rows.subarray(at * this.#width, (at + 1) * this.#width) }
    }
  }
}
