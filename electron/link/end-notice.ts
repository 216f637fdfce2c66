import type { AppError } from '../../shared/errors'

type Listener = (error?: AppError) => void

/** Tells once that something is over, and at once to whoever asks later. */
export class EndNotice {
  #ended: { readonly error: AppError | undefined } | undefined
  readonly #listeners = new Set<Listener>()

  get isOver(): boolean {
    return this.#ended !== undefined
  }

  get error(): AppError | undefined {
    return this.#ended?.error
  }

  listen(listener: Listener): () => void {
    if (this.#ended) {
      listener(this.#ended.error)
      return () => undefined
    }
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(error?: AppError): void {
    if (this.#ended) return
    this.#ended = { error }
    const listeners = [...this.#listeners]
    this.#listeners.clear()
    for (const listener of listeners) listener(error)
  }
}
