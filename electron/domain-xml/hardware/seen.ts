import type { EditDocument } from '../edit/tree'
import { fingerprint } from './view'

const limit = 32

/** The last definitions that were shown: when somebody else changes a VM meanwhile, what both began with is still known. */
export class SeenDefinitions {
  readonly #documents = new Map<string, EditDocument>()

  add(document: EditDocument): void {
    const key = fingerprint(document)
    this.#documents.delete(key)
    this.#documents.set(key, document.clone())
    const [oldest] = this.#documents.keys()
    if (this.#documents.size > limit && oldest !== undefined) this.#documents.delete(oldest)
  }

  get(key: string): EditDocument | undefined {
    return this.#documents.get(key)
  }
}
