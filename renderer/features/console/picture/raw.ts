import type { Drawing } from './drawing'
import type { RfbSocket } from './rfb-socket'
import type { ScreenPicture } from './screen-picture'

const opaque = 0xff000000

/** Points as they are: four bytes each in the order noVNC asks for, or one with two bits a colour (Intel's AMT). */
export class RawDecoder {
  #bytes: Uint8Array<ArrayBuffer> | undefined
  #filled = 0

  decodeRect(
    x: number,
    y: number,
    width: number,
    height: number,
    socket: RfbSocket,
    picture: ScreenPicture,
    depth: number,
  ): boolean {
    if (width === 0 || height === 0) return true
    const rect = picture.checked({ x, y, width, height })
    const bytes = (this.#bytes ??= new Uint8Array(width * height * (depth === 8 ? 1 : 4)))
    const count = Math.min(bytes.length - this.#filled, socket.rQlen())
    bytes.set(socket.rQshiftBytes(count, false), this.#filled)
    this.#filled += count
    if (this.#filled < bytes.length) return false
    this.#bytes = undefined
    this.#filled = 0
    const points = depth === 8 ? wordsOfSixBits(bytes) : new Uint32Array(bytes.buffer)
    const drawing: Drawing = {
      kind: 'pixels',
      rect,
      write: (words, at, stride) => {
        for (let row = 0, from = 0, to = at; row < height; row += 1, to += stride) {
          for (let end = to + width, word = to; word < end; word += 1, from += 1)
            words[word] = (points[from] ?? 0) | opaque
        }
      },
    }
    picture.add(drawing, 'Raw')
    return true
  }
}

function wordsOfSixBits(bytes: Uint8Array): Uint32Array {
  const part = (value: number, shift: number): number => ((value >> shift) & 3) * 85
  return Uint32Array.from(bytes, (one) => part(one, 0) | (part(one, 2) << 8) | (part(one, 4) << 16))
}
