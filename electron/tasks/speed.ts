/** Bytes a second over the last few seconds: shorter, and it flickers; longer, and it tells of a past that is over. */
const windowMs = 4000
const leastMs = 500

export class Speed {
  readonly #points: { readonly atMs: number; readonly bytes: number }[] = []

  /** Undefined until enough time has gone by. */
  at(nowMs: number, doneBytes: number): number | undefined {
    const last = this.#points.at(-1)
    // a hundred reports a second would be as many points
    if (!last || nowMs - last.atMs >= 100) this.#points.push({ atMs: nowMs, bytes: doneBytes })
    while (this.#points.length > 2 && nowMs - (this.#points[1]?.atMs ?? nowMs) > windowMs)
      this.#points.shift()
    const [first] = this.#points
    if (!first || nowMs - first.atMs < leastMs) return undefined
    return Math.max(0, ((doneBytes - first.bytes) * 1000) / (nowMs - first.atMs))
  }
}
