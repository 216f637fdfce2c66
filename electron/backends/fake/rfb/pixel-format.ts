import type { Framebuffer } from '../screen/framebuffer'
import { RfbError } from './byte-reader'

/** How the client wants its pixels (RFC 6143, 7.4). */
export interface PixelFormat {
  readonly bitsPerPixel: 8 | 16 | 32
  readonly depth: number
  readonly isBigEndian: boolean
  readonly isTrueColour: boolean
  readonly max: readonly [red: number, green: number, blue: number]
  readonly shift: readonly [red: number, green: number, blue: number]
}

/** 0x00RRGGBB, little endian: what is in the frame buffer. */
export const nativeFormat: PixelFormat = {
  bitsPerPixel: 32,
  depth: 24,
  isBigEndian: false,
  isTrueColour: true,
  max: [255, 255, 255],
  shift: [16, 8, 0],
}

export const pixelFormatLength = 16

export function writePixelFormat(format: PixelFormat): Buffer {
  const bytes = Buffer.alloc(pixelFormatLength)
  bytes.set([format.bitsPerPixel, format.depth, Number(format.isBigEndian), Number(format.isTrueColour)])
  for (const [index, max] of format.max.entries()) bytes.writeUInt16BE(max, 4 + 2 * index)
  bytes.set(format.shift, 10)
  return bytes
}

export function readPixelFormat(bytes: Buffer): PixelFormat {
  const bitsPerPixel = bytes.readUInt8(0)
  if (bitsPerPixel !== 8 && bitsPerPixel !== 16 && bitsPerPixel !== 32) {
    throw new RfbError(`${bitsPerPixel} bits per pixel`)
  }
  const isTrueColour = bytes.readUInt8(3) !== 0
  if (!isTrueColour) {
    if (bitsPerPixel !== 8) throw new RfbError('Colour maps have 8 bits per pixel')
    return { ...mapFormat, isTrueColour }
  }
  const shift = [bytes.readUInt8(10), bytes.readUInt8(11), bytes.readUInt8(12)] as const
  const max = [bytes.readUInt16BE(4), bytes.readUInt16BE(6), bytes.readUInt16BE(8)] as const
  if (shift.some((bits, index) => (max[index] ?? 0) * 2 ** bits >= 2 ** bitsPerPixel)) {
    throw new RfbError('Colours do not fit into the pixel')
  }
  return {
    bitsPerPixel,
    depth: bytes.readUInt8(1),
    isBigEndian: bytes.readUInt8(2) !== 0,
    isTrueColour,
    max,
    shift,
  }
}

/** Clients with a colour map get one whose index happens to be a 3-3-2 bit colour. */
const mapFormat: PixelFormat = {
  bitsPerPixel: 8,
  depth: 8,
  isBigEndian: false,
  isTrueColour: true,
  max: [7, 7, 3],
  shift: [5, 2, 0],
}

/** SetColourMapEntries (RFC 6143, 7.6.2) for that map. */
export function colourMapMessage(): Buffer {
  const bytes = Buffer.alloc(6 + 256 * 6)
  bytes.writeUInt8(1, 0)
  bytes.writeUInt16BE(0, 2)
  bytes.writeUInt16BE(256, 4)
  for (let index = 0; index < 256; index += 1) {
    const at = 6 + index * 6
    bytes.writeUInt16BE(Math.round(((index >> 5) * 65_535) / 7), at)
    bytes.writeUInt16BE(Math.round((((index >> 2) & 7) * 65_535) / 7), at + 2)
    bytes.writeUInt16BE(Math.round(((index & 3) * 65_535) / 3), at + 4)
  }
  return bytes
}

export type PixelWriter = (
  frame: Framebuffer,
  rect: { x: number; y: number; width: number; height: number },
) => Buffer

/** Raw encoding (RFC 6143, 7.7.1): rows of pixels in the client's format. */
export function pixelWriter(format: PixelFormat): PixelWriter {
  const table = (channel: 0 | 1 | 2): Uint32Array =>
    Uint32Array.from(
      { length: 256 },
      (_, value) => (Math.round((value * format.max[channel]) / 255) * 2 ** format.shift[channel]) >>> 0,
    )
  const [red, green, blue] = [table(0), table(1), table(2)]
  const bytesPerPixel = format.bitsPerPixel / 8
  const littleEndian = !format.isBigEndian
  return (frame, { x, y, width, height }) => {
    const bytes = Buffer.allocUnsafe(width * height * bytesPerPixel)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let at = 0
    for (let row = y; row < y + height; row += 1) {
      const start = row * frame.width + x
      for (let index = start; index < start + width; index += 1) {
        const rgb = frame.pixels[index] ?? 0
        const pixel =
          ((red[(rgb >> 16) & 255] ?? 0) | (green[(rgb >> 8) & 255] ?? 0) | (blue[rgb & 255] ?? 0)) >>> 0
        if (bytesPerPixel === 4) view.setUint32(at, pixel, littleEndian)
        else if (bytesPerPixel === 2) view.setUint16(at, pixel, littleEndian)
        else view.setUint8(at, pixel)
        at += bytesPerPixel
      }
    }
    return bytes
  }
}
