/** Counts down only while it is the network's turn: not while the user is asked. */
export class ReachDeadline {
  readonly #limitMs: number
  readonly #onLate: () => void
  #timer: NodeJS.Timeout | undefined
  #asking = 0
  #isOver = false

  constructor(limitMs: number, onLate: () => void) {
    this.#limitMs = limitMs
    this.#onLate = onLate
    this.#start()
  }

  async whileAsking<T>(work: Promise<T>): Promise<T> {
    this.#asking += 1
    clearTimeout(this.#timer)
    try {
      return await work
    } finally {
      this.#asking -= 1
      this.#start()
    }
  }

  /** From now on at least so long: it is somebody's turn who does not say when they are done. */
  allow(durationMs: number): void {
    clearTimeout(this.#timer)
    this.#start(Math.max(durationMs, this.#limitMs))
  }

  stop(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
  }

  #start(limitMs = this.#limitMs): void {
    if (!this.#isOver && this.#asking === 0) this.#timer = setTimeout(this.#onLate, limitMs)
  }
}
