/**
 * Pictures as a server sends them, made before the clock runs: the server's own work is not measured. Each compressed part
 * ends with a full flush, so that it can be sent again after any other and the client's stream of zlib stays whole.
 */
import { constants, deflateRawSync } from 'node:zlib'
import { height, tiles, width, type Picture, type Rect } from './frames'

export type EncodingName = 'raw' | 'tight-jpeg' | 'tight-basic' | 'zrle'

export interface PixelFormat {
  readonly redShift: number
  readonly greenShift: number
  readonly blueShift: number
}

export const numbers: Record<EncodingName, number> = { raw: 0, 'tight-jpeg': 7, 'tight-basic': 7, zrle: 16 }

/** A whole update: message, rectangles, data. `first` begins the streams of zlib. */
export interface Update {
  readonly first: Message
  readonly again: Message
}

export interface Message {
  readonly bytes: Buffer
  /** Where its pictures have a number each time it is sent: browsers keep what they decoded, and no guest repeats itself. */
  readonly numberedAt: readonly number[]
}

interface Part {
  readonly rect: Rect
  /** `isFirst`: the stream of zlib begins here. */
  data(isFirst: boolean): Buffer
}

export function encodeUpdate(
  encoding: EncodingName,
  picture: Picture,
  format: PixelFormat,
  jpegs: readonly Buffer[] = [],
): Update {
  const parts = partsOf(encoding, picture, format, jpegs)
  const message = (isFirst: boolean): Message => {
    const head = Buffer.alloc(4)
    head.writeUInt16BE(parts.length, 2)
    const bytes = Buffer.concat([
      head,
      ...parts.flatMap(({ rect, data }, at) => [
        rectHead(rect, numbers[encoding]),
        data(isFirst && at === 0),
      ]),
    ])
    return { bytes, numberedAt: encoding === 'tight-jpeg' ? [...placesOf(numbered, bytes)] : [] }
  }
  return { first: message(true), again: message(false) }
}

function partsOf(
  encoding: EncodingName,
  picture: Picture,
  format: PixelFormat,
  jpegs: readonly Buffer[],
): Part[] {
  switch (encoding) {
    case 'raw': {
      const pixels = rawPixels(picture, format)
      return [{ rect: { x: 0, y: 0, width, height }, data: () => pixels }]
    }
    case 'tight-jpeg':
      return tiles(jpegTile).map((rect, at) => {
        const jpeg = withNumber(jpegs[at] ?? Buffer.alloc(0))
        const data = Buffer.concat([Buffer.from([0x90]), compactLength(jpeg.length), jpeg])
        return { rect, data: () => data }
      })
    case 'tight-basic':
      return tiles(256).map((rect) => tightTile(picture, rect))
    case 'zrle':
      return [zrle(picture, format)]
  }
}

export const jpegTile = 256

const numbered = Buffer.from('number: ')

/** A comment after the two bytes that begin a JPEG (ITU T.81, B.2.4.5). */
function withNumber(jpeg: Buffer): Buffer {
  const comment = Buffer.from([0xff, 0xfe, 0, 2 + numbered.length + 4, ...numbered, 0, 0, 0, 0])
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)])
}

function* placesOf(word: Buffer, bytes: Buffer): Generator<number> {
  for (let at = bytes.indexOf(word); at !== -1; at = bytes.indexOf(word, at + 1)) yield at + word.length
}

function rawPixels(picture: Picture, { redShift, greenShift, blueShift }: PixelFormat): Buffer {
  const words = new Uint32Array(width * height)
  for (let at = 0, from = 0; at < words.length; at += 1, from += 3) {
    words[at] =
      ((picture[from] ?? 0) << redShift) |
      ((picture[from + 1] ?? 0) << greenShift) |
      ((picture[from + 2] ?? 0) << blueShift)
  }
  return Buffer.from(words.buffer)
}

/** The colours of a tile with their places, and which one each point has. */
function palette(picture: Picture, rect: Rect): { colours: number[]; points: Uint8Array } {
  const found = new Map<number, number>()
  const points = new Uint8Array(rect.width * rect.height)
  let to = 0
  for (let y = rect.y; y < rect.y + rect.height; y += 1) {
    for (let x = rect.x; x < rect.x + rect.width; x += 1) {
      const from = 3 * (y * width + x)
      const colour = ((picture[from] ?? 0) << 16) | ((picture[from + 1] ?? 0) << 8) | (picture[from + 2] ?? 0)
      const known = found.get(colour) ?? found.size
      found.set(colour, known)
      points[to++] = known
    }
  }
  return { colours: [...found.keys()], points }
}

const rgb = (colour: number): number[] => [colour >> 16, (colour >> 8) & 255, colour & 255]

/** Fill where a tile has one colour, otherwise its palette, by zlib stream 0 (RFB, Tight encoding). */
function tightTile(picture: Picture, rect: Rect): Part {
  const { colours, points } = palette(picture, rect)
  if (colours.length === 1) {
    const data = Buffer.from([0x80, ...rgb(colours[0] ?? 0)])
    return { rect, data: () => data }
  }
  const packed = colours.length === 2 ? packBits(points, rect, 1) : Buffer.from(points)
  // each tile begins stream 0 anew (lowest bit), so that pictures can come in any order
  const head = Buffer.from([0x41, 1, colours.length - 1, ...colours.flatMap(rgb)])
  const body = Buffer.concat([zlibHead, deflated(packed)])
  const whole = Buffer.concat([head, compactLength(body.length), body])
  return { rect, data: () => whole }
}

const zlibHead = Buffer.from([0x78, 0x01])

function deflated(data: Buffer): Buffer {
  return deflateRawSync(data, { level: 2, finishFlush: constants.Z_FULL_FLUSH })
}

function zrle(picture: Picture, format: PixelFormat): Part {
  const data: Buffer[] = []
  for (const rect of tiles(64)) {
    const { colours, points } = palette(picture, rect)
    const places = Buffer.from(colours.flatMap((colour) => compactPixel(colour, format)))
    if (colours.length === 1) {
      data.push(Buffer.from([1]), places)
    } else {
      const bits = colours.length === 2 ? 1 : colours.length <= 4 ? 2 : 4
      data.push(Buffer.from([colours.length]), places, packBits(points, rect, bits))
    }
  }
  const body = deflated(Buffer.concat(data))
  const withLength = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return Buffer.concat([length, bytes])
  }
  return {
    rect: { x: 0, y: 0, width, height },
    data: (isFirst) => withLength(isFirst ? Buffer.concat([zlibHead, body]) : body),
  }
}

/** Three bytes, as the fourth says nothing: least first (RFC 6143, 7.7.6). */
function compactPixel(colour: number, { redShift, greenShift, blueShift }: PixelFormat): number[] {
  const [red = 0, green = 0, blue = 0] = rgb(colour)
  const word = (red << redShift) | (green << greenShift) | (blue << blueShift)
  return [word & 255, (word >> 8) & 255, (word >> 16) & 255]
}

/** Rows end at whole bytes, the leftmost point in the highest bits. */
function packBits(points: Uint8Array, { width: columns, height: rows }: Rect, bits: number): Buffer {
  const perByte = 8 / bits
  const stride = Math.ceil(columns / perByte)
  const packed = Buffer.alloc(stride * rows)
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const at = y * stride + Math.floor(x / perByte)
      packed[at] = (packed[at] ?? 0) | ((points[y * columns + x] ?? 0) << (8 - bits * (1 + (x % perByte))))
    }
  }
  return packed
}

/** Seven bits a byte, the lowest first (RFB, Tight encoding). */
export function compactLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  if (length < 0x4000) return Buffer.from([(length & 0x7f) | 0x80, length >> 7])
  return Buffer.from([(length & 0x7f) | 0x80, ((length >> 7) & 0x7f) | 0x80, length >> 14])
}

function rectHead(rect: Rect, encoding: number): Buffer {
  const head = Buffer.alloc(12)
  for (const [at, value] of [rect.x, rect.y, rect.width, rect.height].entries())
    head.writeUInt16BE(value, 2 * at)
  head.writeInt32BE(encoding, 8)
  return head
}
