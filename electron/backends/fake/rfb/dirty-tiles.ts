export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const tileWidth = 72
const tileHeight = 16

/** Which parts of the screen a client has not got yet, in tiles of eight letters; updates stay small without compression. */
export class DirtyTiles {
  #tiles!: Uint8Array
  #columns = 0
  #rows = 0
  #count = 0

  constructor(width: number, height: number) {
    this.resize(width, height)
  }

  get isEmpty(): boolean {
    return this.#count === 0
  }

  resize(width: number, height: number): void {
    this.#columns = Math.ceil(width / tileWidth)
    this.#rows = Math.ceil(height / tileHeight)
    this.#tiles = new Uint8Array(this.#columns * this.#rows).fill(1)
    this.#count = this.#tiles.length
  }

  add(x: number, y: number, width: number, height: number): void {
    this.#each({ x, y, width, height }, (at) => {
      if (!this.#tiles[at]) this.#count += 1
      this.#tiles[at] = 1
    })
  }

  /** Takes the tiles touching `wanted`, as rectangles inside width × height; neighbours in a row are joined. */
  take(wanted: Rect, width: number, height: number): Rect[] {
    const rects: { x: number; y: number; width: number; height: number }[] = []
    this.#each(wanted, (at, column, row) => {
      if (!this.#tiles[at]) return
      this.#tiles[at] = 0
      this.#count -= 1
      const x = column * tileWidth
      const y = row * tileHeight
      const tile = { x, y, width: Math.min(tileWidth, width - x), height: Math.min(tileHeight, height - y) }
      if (tile.width <= 0 || tile.height <= 0) return
      const last = rects.at(-1)
      if (last && last.y === y && last.x + last.width === x) last.width += tile.width
      else rects.push(tile)
    })
    return rects
  }

  #each(area: Rect, visit: (at: number, column: number, row: number) => void): void {
    if (area.width <= 0 || area.height <= 0) return
    const lastColumn = Math.min(this.#columns - 1, Math.floor((area.x + area.width - 1) / tileWidth))
    const lastRow = Math.min(this.#rows - 1, Math.floor((area.y + area.height - 1) / tileHeight))
    for (let row = Math.floor(area.y / tileHeight); row <= lastRow; row += 1) {
      for (let column = Math.floor(area.x / tileWidth); column <= lastColumn; column += 1) {
        visit(row * this.#columns + column, column, row)
      }
    }
  }
}
