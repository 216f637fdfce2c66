import type { WritePixels } from './drawing'
import { InflateStream } from './inflate'
import type { RfbSocket } from './rfb-socket'
import type { Rect } from './rect'
import type { ScreenPicture } from './screen-picture'

const opaque = 0xff000000
/** Shorter data are sent as they are. */
const minToCompress = 12

type Filter = 'copy' | 'palette' | 'gradient'
const filters: readonly Filter[] = ['copy', 'palette', 'gradient']

/** One rectangle as far as it has come. */
interface Coming {
  readonly kind: 'fill' | 'jpeg' | 'png' | 'basic'
  readonly stream: number
  readonly hasFilter: boolean
  filter?: Filter
  colours?: Uint32Array
  length?: number
}

/** Tight and TightPNG (the community's RFB specification): JPEG, PNG, one colour, or points compressed by one of four streams. */
export class TightDecoder {
  readonly #streams = [0, 1, 2, 3].map(() => new InflateStream())
  #coming: Coming | undefined

  decodeRect(
    x: number,
    y: number,
    width: number,
    height: number,
    socket: RfbSocket,
    picture: ScreenPicture,
  ): boolean {
    const rect = picture.checked({ x, y, width, height })
    if (!this.#coming) {
      if (socket.rQwait('tight control', 1)) return false
      this.#coming = this.#begin(socket.rQshift8())
    }
    const isWhole = this.#decode(this.#coming, rect, socket, picture)
    if (isWhole) this.#coming = undefined
    return isWhole
  }

  #begin(control: number): Coming {
    for (const [at, stream] of this.#streams.entries()) if ((control >> at) & 1) stream.reset()
    const way = control >> 4
    if (way < 8) return { kind: 'basic', stream: way & 3, hasFilter: (way & 4) !== 0 }
    const kind = way === 8 ? 'fill' : way === 9 ? 'jpeg' : way === 10 ? 'png' : undefined
    if (!kind) throw new Error(`Tight has no way ${way}`)
    return { kind, stream: 0, hasFilter: false }
  }

  #decode(coming: Coming, rect: Rect, socket: RfbSocket, picture: ScreenPicture): boolean {
    if (coming.kind === 'basic') return this.#basic(coming, rect, socket, picture)
    if (coming.kind === 'fill') {
      if (socket.rQwait('tight colour', 3)) return false
      const [red = 0, green = 0, blue = 0] = socket.rQshiftBytes(3, false)
      picture.fillRect(rect.x, rect.y, rect.width, rect.height, [red, green, blue], 'Tight')
      return true
    }
    const data = compressed(coming, socket)
    if (data) picture.imageRect(rect.x, rect.y, rect.width, rect.height, `image/${coming.kind}`, data)
    return data !== undefined
  }

  #basic(coming: Coming, rect: Rect, socket: RfbSocket, picture: ScreenPicture): boolean {
    if (!coming.filter) {
      if (coming.hasFilter && socket.rQwait('tight filter', 1)) return false
      const number = coming.hasFilter ? socket.rQshift8() : 0
      const filter = filters[number]
      if (!filter) throw new Error(`Tight has no filter ${number}`)
      coming.filter = filter
    }
    if (coming.filter === 'palette' && !coming.colours) {
      if (socket.rQwait('tight palette', 1)) return false
      const count = socket.rQpeek8() + 1
      if (socket.rQwait('tight palette', 1 + 3 * count)) return false
      socket.rQskipBytes(1)
      coming.colours = coloursOf(socket.rQshiftBytes(3 * count, false))
    }
    const size = rowBytes(coming, rect.width) * rect.height
    if (size === 0) return true
    if (size < minToCompress) {
      if (socket.rQwait('tight points', size)) return false
      const write = writer(coming, rect, socket.rQshiftBytes(size, true))
      picture.add({ kind: 'pixels', rect, write }, 'Tight')
      return true
    }
    const data = compressed(coming, socket)
    if (!data) return false
    const stream = this.#streams[coming.stream]
    let write: WritePixels | undefined
    const ready = stream?.inflate(data, size).then((points) => {
      write = writer(coming, rect, points)
    })
    const later: WritePixels = (words, at, stride) => write?.(words, at, stride)
    picture.add({ kind: 'pixels', rect, write: later, ...(ready ? { ready } : {}) }, 'Tight')
    return true
  }
}

/** A copy, as it is kept; undefined until all of it came. */
function compressed(coming: Coming, socket: RfbSocket): Uint8Array<ArrayBuffer> | undefined {
  if (coming.length === undefined) {
    if (socket.rQwait('tight length', 3)) return undefined
    coming.length = compactLength(socket)
  }
  if (socket.rQwait('tight data', coming.length)) return undefined
  return new Uint8Array(socket.rQshiftBytes(coming.length, false))
}

/** Seven bits a byte, the lowest first, and eight in the third. */
function compactLength(socket: RfbSocket): number {
  const first = socket.rQshift8()
  if (first < 0x80) return first
  const second = socket.rQshift8()
  if (second < 0x80) return (first & 0x7f) | (second << 7)
  return (first & 0x7f) | ((second & 0x7f) << 7) | (socket.rQshift8() << 14)
}

function rowBytes({ filter, colours }: Coming, width: number): number {
  if (filter !== 'palette') return 3 * width
  return colours && colours.length <= 2 ? Math.ceil(width / 8) : width
}

function coloursOf(bytes: Uint8Array): Uint32Array {
  const colours = new Uint32Array(bytes.length / 3)
  for (let at = 0, from = 0; at < colours.length; at += 1, from += 3) colours[at] = wordOf(bytes, from)
  return colours
}

function wordOf(bytes: Uint8Array, at: number): number {
  return (opaque | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0)) >>> 0
}

function writer({ filter, colours }: Coming, { width, height }: Rect, points: Uint8Array): WritePixels {
  if (filter === 'gradient') return gradient(width, height, points)
  if (!colours) {
    return (words, at, stride) => {
      for (let row = 0, from = 0, to = at; row < height; row += 1, to += stride) {
        for (let end = to + width, word = to; word < end; word += 1, from += 3)
          words[word] = wordOf(points, from)
      }
    }
  }
  if (colours.length <= 2) return twoColours(width, height, points, colours)
  // a point may name a colour that the palette does not have: black then
  const all = new Uint32Array(256).fill(opaque)
  all.set(colours)
  return (words, at, stride) => {
    for (let row = 0, from = 0, to = at; row < height; row += 1, to += stride) {
      for (let end = to + width, word = to; word < end; word += 1, from += 1)
        words[word] = all[points[from] ?? 0] ?? opaque
    }
  }
}

/** A bit each, the leftmost in the highest; rows end at whole bytes. */
function twoColours(width: number, height: number, points: Uint8Array, colours: Uint32Array): WritePixels {
  const [zero = opaque, one = opaque] = colours
  const stride = Math.ceil(width / 8)
  return (words, at, rowWords) => {
    for (let row = 0; row < height; row += 1) {
      for (let x = 0, word = at + row * rowWords; x < width; x += 1, word += 1)
        words[word] = ((points[row * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1 ? one : zero
    }
  }
}

/** Each colour is told as what is not foreseen: left plus above less the one above the left, as far as a byte reaches. */
function gradient(width: number, height: number, points: Uint8Array): WritePixels {
  return (words, at, stride) => {
    let above = new Uint8Array(3 * width)
    let row = new Uint8Array(3 * width)
    for (let y = 0, from = 0; y < height; y += 1) {
      for (let to = 0; to < row.length; to += 1, from += 1) {
        const left = row[to - 3] ?? 0
        const corner = to < 3 ? 0 : (above[to - 3] ?? 0)
        const foreseen = Math.max(0, Math.min(255, (to < 3 ? 0 : left) + (above[to] ?? 0) - corner))
        row[to] = (points[from] ?? 0) + foreseen
      }
      for (let x = 0; x < width; x += 1) words[at + y * stride + x] = wordOf(row, 3 * x)
      ;[above, row] = [row, above]
    }
  }
}
