import type { Drawing } from './drawing'
import { contains } from './rect'

/** Beyond that looking for covered ones takes longer than drawing them (thousands of tiny tiles, as in Hextile). */
const maxComparisons = 100_000

/** Drawings of whole updates in their order, without those that later ones cover. */
export class WaitingDrawings {
  #drawings: Drawing[] = []

  get length(): number {
    return this.#drawings.length
  }

  has(kind: Drawing['kind']): boolean {
    return this.#drawings.some((drawing) => drawing.kind === kind)
  }

  add(update: readonly Drawing[]): void {
    // a copy may be of what would be left out
    const isPlain = !update.some(({ kind }) => kind === 'copy') && !this.has('copy')
    if (isPlain && update.length * this.#drawings.length <= maxComparisons) {
      this.#drawings = this.#drawings.filter((earlier) => {
        const isCovered = update.some((later) => contains(later.rect, earlier.rect))
        if (isCovered) dispose(earlier)
        return !isCovered
      })
    }
    this.#drawings.push(...update)
  }

  take(): readonly Drawing[] {
    const taken = this.#drawings
    this.#drawings = []
    return taken
  }
}

/** A frame of video holds memory until it is closed. */
function dispose(drawing: Drawing): void {
  if (drawing.kind !== 'video') return
  const { coming } = drawing
  coming.promise.then(
    () => coming.frame.close(),
    () => {},
  )
}
