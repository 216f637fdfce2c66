import { cancelled, type Clock } from './clock'

/** Time that moves only when a test says so. */
export class TestClock implements Clock {
  #nowMs = 1_700_000_000_000
  #waiting: { readonly atMs: number; readonly wake: () => void }[] = []

  now = (): number => this.#nowMs

  delay = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(cancelled())
        return
      }
      signal?.addEventListener('abort', () => reject(cancelled()), { once: true })
      this.#waiting.push({ atMs: this.#nowMs + ms, wake: resolve })
    })

  /** Wakes who waits in the order of their times, and lets what follows from it happen. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms
    for (;;) {
      await settle()
      const next = this.#waiting.filter((one) => one.atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0]
      if (!next) break
      this.#waiting = this.#waiting.filter((one) => one !== next)
      this.#nowMs = Math.max(this.#nowMs, next.atMs)
      next.wake()
    }
    this.#nowMs = endMs
    await settle()
  }
}

/** Lets promises and immediates that are ready run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
