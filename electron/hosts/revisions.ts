/**
 * The one counter behind every snapshot and change message. A window that subscribes first and then takes a snapshot
 * drops whatever is not newer than it; that only works when all lists count together and never step back.
 */
export class Revisions {
  #current = 0

  get current(): number {
    return this.#current
  }

  next(): number {
    this.#current += 1
    return this.#current
  }
}
