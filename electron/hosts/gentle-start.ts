import type { HostTiming } from './timing'

/** What is left to the one who waits: whether to connect at all is decided when its turn comes. */
export type Starter = () => void

/**
 * Connects many hosts without a rush: the first few at once, the rest one by one. Fifty first lists in the same moment
 * would hold up the window.
 */
export class GentleStart {
  readonly #timing: Pick<HostTiming, 'connectTogether' | 'connectGapMs'>
  readonly #waiting: Starter[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(timing: Pick<HostTiming, 'connectTogether' | 'connectGapMs'>) {
    this.#timing = timing
  }

  add(starters: readonly Starter[]): void {
    const { connectTogether, connectGapMs } = this.#timing
    for (const start of starters.slice(0, connectTogether)) start()
    this.#waiting.push(...starters.slice(connectTogether))
    if (this.#waiting.length === 0) return
    this.#timer ??= setInterval(() => {
      this.#waiting.shift()?.()
      if (this.#waiting.length === 0) this.stop()
    }, connectGapMs)
  }

  /** Those that still wait are not connected. */
  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#waiting.length = 0
  }
}
