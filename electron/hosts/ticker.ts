/**
 * Runs `work` again and again on a fixed beat, never twice at once: beats that pass while it is still busy are
 * skipped, so a slow host is asked less often rather than ever more.
 */
export class Ticker {
  #intervalMs: number
  readonly #work: () => Promise<void>
  #timer: NodeJS.Timeout | undefined
  #isBusy = false

  /** `work` deals with its own errors. */
  constructor(intervalMs: number, work: () => Promise<void>) {
    this.#intervalMs = intervalMs
    this.#work = work
  }

  start(options: { readonly firstBeat: 'now' | 'later' }): void {
    this.#timer ??= setInterval(() => this.#beat(), this.#intervalMs)
    if (options.firstBeat === 'now') this.#beat()
  }

  /** From the next beat on. */
  setIntervalMs(intervalMs: number): void {
    if (intervalMs === this.#intervalMs) return
    this.#intervalMs = intervalMs
    if (this.#timer === undefined) return
    this.stop()
    this.start({ firstBeat: 'later' })
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #beat(): void {
    if (this.#isBusy) return
    this.#isBusy = true
    void this.#work().finally(() => {
      this.#isBusy = false
    })
  }
}
