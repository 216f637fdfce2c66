export interface FrameWatcher {
  damaged(x: number, y: number, width: number, height: number): void
  resized(): void
}

/** The guest's picture: 0xRRGGBB pixels, and somebody who hears where it changed. */
export class Framebuffer {
  #width: number
  #height: number
  #pixels: Uint32Array
  readonly #watchers = new Set<FrameWatcher>()

  constructor(width: number, height: number) {
    this.#width = width
    this.#height = height
    this.#pixels = new Uint32Array(width * height)
  }

  get width(): number {
    return this.#width
  }

  get height(): number {
    return this.#height
  }

  get pixels(): Uint32Array {
    return this.#pixels
  }

  watch(watcher: FrameWatcher): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  /** Begins a black picture; tells of a resize only when the size is another. */
  reset(width: number, height: number): void {
    const isSame = width === this.#width && height === this.#height
    this.#width = width
    this.#height = height
    this.#pixels = new Uint32Array(width * height)
    if (isSame) this.damage(0, 0, width, height)
    else for (const watcher of this.#watchers) watcher.resized()
  }

  /** Draws without telling; clipped. */
  fill(x: number, y: number, width: number, height: number, rgb: number): void {
    const left = Math.max(0, x)
    const right = Math.min(this.#width, x + width)
    if (right <= left) return
    for (let row = Math.max(0, y); row < Math.min(this.#height, y + height); row += 1) {
      this.#pixels.fill(rgb, row * this.#width + left, row * this.#width + right)
    }
  }

  set(x: number, y: number, rgb: number): void {
    if (x >= 0 && y >= 0 && x < this.#width && y < this.#height) this.#pixels[y * this.#width + x] = rgb
  }

  damage(x: number, y: number, width: number, height: number): void {
    const left = Math.max(0, x)
    const top = Math.max(0, y)
    const right = Math.min(this.#width, x + width)
    const bottom = Math.min(this.#height, y + height)
    if (right <= left || bottom <= top) return
    for (const watcher of this.#watchers) watcher.damaged(left, top, right - left, bottom - top)
  }
}
