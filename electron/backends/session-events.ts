import type { SessionEvent } from './backend'

/** Tells listeners what happens; after `closed` nothing follows, and nobody hears it twice. */
export class SessionEvents {
  readonly #listeners = new Set<(event: SessionEvent) => void>()
  #isClosed = false

  get isClosed(): boolean {
    return this.#isClosed
  }

  listen(listener: (event: SessionEvent) => void): () => void {
    // the same function may listen twice
    const own = (event: SessionEvent): void => listener(event)
    this.#listeners.add(own)
    return () => this.#listeners.delete(own)
  }

  emit(event: SessionEvent): void {
    if (this.#isClosed) return
    if (event.kind === 'closed') this.#isClosed = true
    for (const listener of [...this.#listeners]) listener(event)
  }
}
