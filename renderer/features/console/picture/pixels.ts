import type { WritePixels } from './drawing'
import { clipped, contains, joined, overlaps, type Rect } from './rect'

/** Points of the screen in memory, and which of them the canvas does not show yet. Between them are old points: only what was written counts. */
export class Pixels {
  readonly width: number
  readonly height: number
  readonly words: Uint32Array
  readonly #image: ImageData | undefined
  #unshown: Rect[] = []

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    const bytes = new Uint8ClampedArray(width * height * 4)
    this.words = new Uint32Array(bytes.buffer)
    if (bytes.length > 0) this.#image = new ImageData(bytes, width, height)
  }

  write(rect: Rect, write: WritePixels): void {
    const visible = clipped(rect, this)
    if (!visible) return
    if (contains(visible, rect)) write(this.words, rect.y * this.width + rect.x, this.width)
    else this.#writePart(rect, visible, write)
    this.#remember(visible)
  }

  /** Shows what is written; with a rectangle only when some of it lies there. */
  show(context: CanvasRenderingContext2D, where?: Rect): void {
    if (!this.#image || (where && !this.#unshown.some((rect) => overlaps(rect, where)))) return
    for (const { x, y, width, height } of this.#unshown)
      context.putImageData(this.#image, 0, 0, x, y, width, height)
    this.#unshown = []
  }

  /** The screen has shrunk since the rectangle came. */
  #writePart(rect: Rect, visible: Rect, write: WritePixels): void {
    const whole = new Uint32Array(rect.width * rect.height)
    write(whole, 0, rect.width)
    for (let y = visible.y; y < visible.y + visible.height; y += 1) {
      const from = (y - rect.y) * rect.width + visible.x - rect.x
      this.words.set(whole.subarray(from, from + visible.width), y * this.width + visible.x)
    }
  }

  /** Tiles come in rows: as few larger rectangles they are shown far faster. */
  #remember(rect: Rect): void {
    let whole = rect
    for (;;) {
      const last = this.#unshown.at(-1)
      const both = last && joined(last, whole)
      if (!both) break
      this.#unshown.pop()
      whole = both
    }
    this.#unshown.push(whole)
  }
}
