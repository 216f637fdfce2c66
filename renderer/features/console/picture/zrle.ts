import type { WritePixels } from './drawing'
import { InflateStream } from './inflate'
import type { Rect } from './rect'
import type { RfbSocket } from './rfb-socket'
import type { ScreenPicture } from './screen-picture'

const opaque = 0xff000000
const tileSize = 64

/** ZRLE (RFC 6143, 7.7.6): tiles of a rectangle, all in one piece of one stream of zlib. */
export class ZrleDecoder {
  readonly #stream = new InflateStream()
  #length: number | undefined

  decodeRect(
    x: number,
    y: number,
    width: number,
    height: number,
    socket: RfbSocket,
    picture: ScreenPicture,
  ): boolean {
    const rect = picture.checked({ x, y, width, height })
    if (this.#length === undefined) {
      if (socket.rQwait('zrle length', 4)) return false
      this.#length = socket.rQshift32()
    }
    if (socket.rQwait('zrle data', this.#length)) return false
    const data = new Uint8Array(socket.rQshiftBytes(this.#length, false))
    this.#length = undefined
    let tiles: Uint8Array = new Uint8Array()
    const ready = this.#stream.inflate(data).then((bytes) => {
      tiles = bytes
    })
    const write: WritePixels = (words, at, stride) => new Tiles(tiles, words, stride).draw(rect, at)
    picture.add({ kind: 'pixels', rect, write, ready }, 'ZRLE')
    return true
  }
}

class Tiles {
  readonly #bytes: Uint8Array
  readonly #words: Uint32Array
  readonly #stride: number
  #at = 0

  constructor(bytes: Uint8Array, words: Uint32Array, stride: number) {
    this.#bytes = bytes
    this.#words = words
    this.#stride = stride
  }

  draw({ width, height }: Rect, at: number): void {
    for (let y = 0; y < height; y += tileSize) {
      for (let x = 0; x < width; x += tileSize) {
        const tile = { width: Math.min(tileSize, width - x), height: Math.min(tileSize, height - y) }
        this.#tile(tile.width, tile.height, at + y * this.#stride + x)
      }
    }
    if (this.#at > this.#bytes.length) throw new Error('less data than the rectangle has tiles')
  }

  #tile(width: number, height: number, at: number): void {
    const kind = this.#byte()
    if (kind === 0) this.#plain(width, height, at)
    else if (kind === 1) this.#fill(width, height, at)
    else if (kind <= 16) this.#packed(width, height, at, kind)
    else if (kind === 128) this.#runs(width, height, at, undefined)
    else if (kind >= 130) this.#runs(width, height, at, kind - 128)
    else throw new Error(`ZRLE has no tiles of kind ${kind}`)
  }

  #byte(): number {
    return this.#bytes[this.#at++] ?? 0
  }

  /** Three bytes: the fourth says nothing. */
  #colour(): number {
    const at = this.#at
    this.#at += 3
    const bytes = this.#bytes
    return (opaque | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0)) >>> 0
  }

  #palette(count: number): Uint32Array {
    const colours = new Uint32Array(128).fill(opaque)
    for (let at = 0; at < count; at += 1) colours[at] = this.#colour()
    return colours
  }

  #plain(width: number, height: number, at: number): void {
    for (let row = 0, to = at; row < height; row += 1, to += this.#stride) {
      for (let x = 0; x < width; x += 1) this.#words[to + x] = this.#colour()
    }
  }

  #fill(width: number, height: number, at: number): void {
    const colour = this.#colour()
    for (let row = 0, to = at; row < height; row += 1, to += this.#stride)
      this.#words.fill(colour, to, to + width)
  }

  /** One, two or four bits a point, the leftmost in the highest; rows end at whole bytes. */
  #packed(width: number, height: number, at: number, count: number): void {
    const colours = this.#palette(count)
    const bits = count <= 2 ? 1 : count <= 4 ? 2 : 4
    const mask = (1 << bits) - 1
    for (let row = 0, to = at; row < height; row += 1, to += this.#stride) {
      let byte = 0
      for (let x = 0, left = 0; x < width; x += 1) {
        if (left === 0) {
          byte = this.#byte()
          left = 8
        }
        left -= bits
        this.#words[to + x] = colours[(byte >> left) & mask] ?? opaque
      }
    }
  }

  /** Points of one colour in a row, over the ends of lines; a palette's single points have no length. */
  #runs(width: number, height: number, at: number, count: number | undefined): void {
    const colours = count === undefined ? undefined : this.#palette(count)
    const end = width * height
    for (let point = 0; point < end; ) {
      const index = colours ? this.#byte() : 0
      const colour = colours ? (colours[index & 127] ?? opaque) : this.#colour()
      const length = colours && index < 128 ? 1 : this.#runLength()
      const after = Math.min(end, point + length)
      while (point < after) {
        const x = point % width
        const row = (point - x) / width
        const here = Math.min(width - x, after - point)
        const to = at + row * this.#stride + x
        this.#words.fill(colour, to, to + here)
        point += here
      }
    }
  }

  #runLength(): number {
    for (let length = 1; ; ) {
      const more = this.#byte()
      length += more
      if (more < 255) return length
    }
  }
}
