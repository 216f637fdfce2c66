import { cellHeight, cellWidth, glyphOf } from './font'
import type { Framebuffer } from './framebuffer'

export type Colour = keyof typeof palette

const palette = {
  plain: 0xc8ccd0,
  bright: 0xffffff,
  dim: 0x858c94,
  green: 0x7ec699,
  amber: 0xe5c07b,
  red: 0xf07178,
  blue: 0x82aaff,
} as const

const background = 0x101418
const colours = Object.keys(palette) as Colour[]

/**
 * A terminal's grid of letters over a frame buffer. Writing changes the grid only; `draw` then paints the cells that
 * differ from what is on the screen, so that scrolling costs no more than the letters that really changed.
 */
export class TextScreen {
  readonly columns: number
  readonly rows: number
  #cells: Uint16Array
  #drawn: Uint16Array
  #column = 0
  #row = 0
  #cursorAt: number | undefined

  constructor(private readonly frame: Framebuffer) {
    this.columns = Math.floor(frame.width / cellWidth)
    this.rows = Math.floor(frame.height / cellHeight)
    this.#cells = new Uint16Array(this.columns * this.rows).fill(32)
    this.#drawn = new Uint16Array(this.columns * this.rows)
    frame.fill(0, 0, frame.width, frame.height, background)
    frame.damage(0, 0, frame.width, frame.height)
  }

  /** Printable ASCII, line feed, carriage return; other characters show as a block. */
  write(text: string, colour: Colour = 'plain'): void {
    const attribute = colours.indexOf(colour) << 8
    for (const character of text) {
      if (character === '\n') this.#newLine()
      else if (character === '\r') this.#column = 0
      else {
        if (this.#column === this.columns) this.#newLine()
        const code = character.charCodeAt(0)
        this.#cells[this.#row * this.columns + this.#column] =
          attribute | (code >= 32 && code < 127 ? code : 127)
        this.#column += 1
      }
    }
  }

  backspace(): void {
    if (this.#column === 0) {
      if (this.#row === 0) return
      this.#row -= 1
      this.#column = this.columns
    }
    this.#column -= 1
    this.#cells[this.#row * this.columns + this.#column] = 32
  }

  clear(): void {
    this.#cells.fill(32)
    this.#column = 0
    this.#row = 0
  }

  draw(isCursorOn: boolean): void {
    const cursor =
      isCursorOn && this.#column < this.columns ? this.#row * this.columns + this.#column : undefined
    for (let at = 0; at < this.#cells.length; at += 1) {
      const isChanged = this.#cells[at] !== this.#drawn[at] || (at === cursor) !== (at === this.#cursorAt)
      if (isChanged) this.#drawCell(at, at === cursor)
    }
    this.#drawn.set(this.#cells)
    this.#cursorAt = cursor
  }

  /** The letters shown, for tests. */
  text(): string {
    const lines: string[] = []
    for (let row = 0; row < this.rows; row += 1) {
      const cells = this.#cells.subarray(row * this.columns, (row + 1) * this.columns)
      lines.push(String.fromCharCode(...cells.map((cell) => cell & 255)).trimEnd())
    }
    return lines.join('\n').trimEnd()
  }

  #newLine(): void {
    this.#column = 0
    if (this.#row < this.rows - 1) {
      this.#row += 1
      return
    }
    this.#cells.copyWithin(0, this.columns)
    this.#cells.fill(32, this.columns * (this.rows - 1))
  }

  #drawCell(at: number, isCursor: boolean): void {
    const cell = this.#cells[at] ?? 32
    const x = (at % this.columns) * cellWidth
    const y = Math.floor(at / this.columns) * cellHeight
    drawLetter(this.frame, x, y, cell & 255, palette[colours[cell >> 8] ?? 'plain'], background)
    if (isCursor) this.frame.fill(x, y + cellHeight - 3, cellWidth - 1, 2, palette.plain)
    this.frame.damage(x, y, cellWidth, cellHeight)
  }
}

/** One letter; without `back` only its strokes are painted. */
function drawLetter(
  frame: Framebuffer,
  x: number,
  y: number,
  letter: number,
  ink: number,
  back?: number,
): void {
  const glyph = glyphOf(letter)
  for (let row = 0; row < cellHeight; row += 1) {
    const bits = glyph[row] ?? 0
    for (let column = 0; column < cellWidth; column += 1) {
      if (bits & (1 << column)) frame.set(x + column, y + row, ink)
      else if (back !== undefined) frame.set(x + column, y + row, back)
    }
  }
}

export function drawText(frame: Framebuffer, x: number, y: number, text: string, ink: number): void {
  for (let index = 0; index < text.length; index += 1) {
    drawLetter(frame, x + index * cellWidth, y, text.charCodeAt(index), ink)
  }
}
