import { AppError } from '../../../shared/errors'

/** Time as the demo host feels it; tests hand in their own, so that nothing sleeps. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Ends after that long, or with kind `cancelled` as soon as the signal aborts. */
  delay(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  delay: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(cancelled())
        return
      }
      const onAbort = (): void => {
        clearTimeout(timer)
        reject(cancelled())
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }, ms)
      signal?.addEventListener('abort', onAbort, { once: true })
    }),
}

export function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled')
}

/** Counts only while it runs: a guest's own sense of time, which a pause stops. */
export class RunClock {
  #accumulatedMs: number
  #resumedAtMs: number | undefined
  readonly #clock: Clock

  constructor(clock: Clock, uptimeMs = 0, isRunning = true) {
    this.#clock = clock
    this.#accumulatedMs = uptimeMs
    this.#resumedAtMs = isRunning ? clock.now() : undefined
  }

  get isRunning(): boolean {
    return this.#resumedAtMs !== undefined
  }

  uptimeMs(): number {
    const since = this.#resumedAtMs === undefined ? 0 : this.#clock.now() - this.#resumedAtMs
    return this.#accumulatedMs + Math.max(0, since)
  }

  stop(): void {
    this.#accumulatedMs = this.uptimeMs()
    this.#resumedAtMs = undefined
  }

  run(): void {
    this.#resumedAtMs ??= this.#clock.now()
  }

  restart(): void {
    this.#accumulatedMs = 0
    this.#resumedAtMs = this.#clock.now()
  }
}
