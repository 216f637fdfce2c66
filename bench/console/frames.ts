/** What the screens of the bench show: pictures with little structure for JPEG, and a desk of text for the other encodings. */

export const width = 1920
export const height = 1080

/** Three bytes a point: red, green, blue. */
export type Picture = Uint8Array

/** A film: soft colours everywhere, all of which change. */
export function filmPicture(at: number): Picture {
  const picture = new Uint8Array(width * height * 3)
  for (let y = 0, to = 0; y < height; y += 1) {
    const wave = Math.sin((y + at * 40) / 90)
    for (let x = 0; x < width; x += 1) {
      const other = Math.sin((x - at * 60) / 130)
      picture[to++] = 128 + 90 * wave + 30 * other
      picture[to++] = 128 + 80 * wave * other
      picture[to++] = 128 + 100 * other
    }
  }
  return picture
}

const ink = [
  [0x1f, 0x29, 0x37],
  [0xd1, 0xd5, 0xdb],
  [0x60, 0xa5, 0xfa],
  [0x34, 0xd3, 0x99],
] as const
const lineHeight = 16
const letterWidth = 8

/** A terminal that scrolls by a line each time: letters of four colours, and empty ends of lines. */
export function textPicture(at: number): Picture {
  const picture = new Uint8Array(width * height * 3)
  for (let y = 0, to = 0; y < height; y += 1) {
    const line = Math.floor(y / lineHeight) + at
    const length = 60 + ((line * 37) % 170)
    for (let x = 0; x < width; x += 1) {
      const letter = Math.floor(x / letterWidth)
      const isInk = letter < length && inGlyph(line * 131 + letter * 17, x % letterWidth, y % lineHeight)
      const colour = ink[isInk ? 1 + ((line + (letter >> 3)) % 3) : 0] ?? ink[0]
      for (const part of colour) picture[to++] = part
    }
  }
  return picture
}

/** Something like a letter: a few strokes that depend on its number. */
function inGlyph(number: number, x: number, y: number): boolean {
  if (x === 0 || x === 7 || y < 3 || y > 12 || number % 6 === 0) return false
  const stroke = (number * 2_654_435_761) >>> 0
  return ((stroke >> (x + (y >> 1))) & 1) === 1 && ((stroke >> (y & 7)) & 1) === (x & 1)
}

export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export function tiles(size: number): Rect[] {
  const all: Rect[] = []
  for (let y = 0; y < height; y += size) {
    for (let x = 0; x < width; x += size) {
      all.push({ x, y, width: Math.min(size, width - x), height: Math.min(size, height - y) })
    }
  }
  return all
}
