import type { Polling, PolledFigure } from '../../shared/model/polling'

/** While no window can be seen hosts are asked no oftener; what is kept of loads goes on, and so do alarms. */
const hiddenEveryMs = 10_000

export interface Pace {
  readonly everyMs: number
  readonly figures: readonly PolledFigure[]
}

/** How often hosts are asked for loads at the moment: as the user wants it, and less while nobody can see it. */
export class PollingPace {
  readonly #listeners = new Set<() => void>()
  #polling: Polling
  #isVisible = true

  constructor(polling: Polling) {
    this.#polling = polling
  }

  get now(): Pace {
    const everyMs = this.#polling.everySeconds * 1000
    return {
      everyMs: this.#isVisible ? everyMs : Math.max(everyMs, hiddenEveryMs),
      figures: this.#polling.figures,
    }
  }

  set(polling: Polling): void {
    this.#polling = polling
    this.#tell()
  }

  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return
    this.#isVisible = isVisible
    this.#tell()
  }

  /** Returns unsubscribe. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
