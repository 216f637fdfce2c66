import { expect, test } from 'vitest'
import type { Drawing } from './drawing'
import { RawDecoder } from './raw'
import type { RfbSocket } from './rfb-socket'
import type { ScreenPicture } from './screen-picture'
import { TightDecoder } from './tight'
import { ZrleDecoder } from './zrle'

interface Decoder {
  decodeRect(
    x: number,
    y: number,
    width: number,
    height: number,
    socket: RfbSocket,
    picture: ScreenPicture,
    depth: number,
  ): boolean
}

const [red, green, blue] = [0xff0000ff, 0xff00ff00, 0xffff0000]
const colourBytes = { red: [255, 0, 0], green: [0, 255, 0], blue: [0, 0, 255] }

/** noVNC's queue, with bytes that come one at a time: a decoder may be stopped anywhere. */
class Queue {
  #bytes: number[] = []
  push(byte: number): void {
    this.#bytes.push(byte)
  }
  rQwait(_what: string, bytes: number): boolean {
    return this.#bytes.length < bytes
  }
  rQlen(): number {
    return this.#bytes.length
  }
  rQpeek8(): number {
    return this.#bytes[0] ?? 0
  }
  rQshift8(): number {
    return this.#bytes.shift() ?? 0
  }
  rQshift32(): number {
    return this.rQshiftBytes(4).reduce((all, byte) => all * 256 + byte, 0)
  }
  rQskipBytes(bytes: number): void {
    this.#bytes.splice(0, bytes)
  }
  rQshiftBytes(bytes: number): Uint8Array {
    return Uint8Array.from(this.#bytes.splice(0, bytes))
  }
}

/** What the rectangle's words are, once all of its bytes came. */
async function drawn(
  decoder: Decoder,
  width: number,
  height: number,
  bytes: readonly number[],
  depth = 24,
): Promise<number[]> {
  const drawings: Drawing[] = []
  const picture = {
    checked: <T>(rect: T): T => rect,
    add: (drawing: Drawing) => void drawings.push(drawing),
  } as unknown as ScreenPicture
  const queue = new Queue()
  let isWhole = false
  for (const byte of bytes) {
    expect(isWhole).toBe(false)
    queue.push(byte)
    isWhole = decoder.decodeRect(0, 0, width, height, queue, picture, depth)
  }
  expect(isWhole).toBe(true)
  expect(queue.rQlen()).toBe(0)
  const words = new Uint32Array(width * height)
  for (const drawing of drawings) {
    if (drawing.kind !== 'pixels') throw new Error(drawing.kind)
    await drawing.ready
    drawing.write(words, 0, width)
  }
  return [...words]
}

/** A block of zlib that is stored as it is (RFC 1951, 3.2.4), without an end of the stream. */
const stored = (bytes: readonly number[]): number[] => [
  0,
  bytes.length & 255,
  bytes.length >> 8,
  ~bytes.length & 255,
  (~bytes.length >> 8) & 255,
  ...bytes,
]
const head = [0x78, 0x01]
const compact = (bytes: readonly number[]): number[] => [bytes.length | 0x80, 0, ...bytes]
const word = (length: number): number[] => [0, 0, length >> 8, length & 255]
const ofZrle = (bytes: readonly number[], isFirst = true): number[] => {
  const data = [...(isFirst ? head : []), ...stored(bytes)]
  return [...word(data.length), ...data]
}
const repeated = (count: number, bytes: readonly number[]): number[] =>
  Array.from({ length: count }, () => bytes).flat()

test('raw points are opaque, whatever their fourth byte says', async () => {
  expect(await drawn(new RawDecoder(), 2, 1, [255, 0, 0, 0, 0, 255, 0, 7])).toEqual([red, green])
})

test('raw points of one byte have two bits for each colour', async () => {
  expect(await drawn(new RawDecoder(), 3, 1, [0b11, 0b1100, 0b110000], 8)).toEqual([red, green, blue])
})

test('tight draws few points that are not compressed', async () => {
  expect(await drawn(new TightDecoder(), 2, 1, [0x00, ...colourBytes.red, ...colourBytes.blue])).toEqual([
    red,
    blue,
  ])
})

test('tight draws compressed points, and goes on with the same stream', async () => {
  const decoder = new TightDecoder()
  const points = (colour: readonly number[]): number[] => stored(repeated(4, colour))
  const first = [0x00, ...compact([...head, ...points(colourBytes.green)])]
  expect(await drawn(decoder, 2, 2, first)).toEqual(repeated(4, [green]))
  expect(await drawn(decoder, 2, 2, [0x00, ...compact(points(colourBytes.blue))])).toEqual(
    repeated(4, [blue]),
  )
  // a stream that begins anew has its head again
  const anew = [0x01, ...compact([...head, ...points(colourBytes.red)])]
  expect(await drawn(decoder, 2, 2, anew)).toEqual(repeated(4, [red]))
})

test('tight draws two colours by bits, whose rows end at whole bytes', async () => {
  const bytes = [0x40, 1, 1, ...colourBytes.red, ...colourBytes.blue, 0b10000000, 0b01000000]
  expect(await drawn(new TightDecoder(), 2, 2, bytes)).toEqual([blue, red, red, blue])
})

test('tight draws more colours by bytes', async () => {
  const palette = [...colourBytes.red, ...colourBytes.green, ...colourBytes.blue]
  expect(await drawn(new TightDecoder(), 3, 1, [0x40, 1, 2, ...palette, 2, 1, 0])).toEqual([blue, green, red])
})

test('tight draws by the gradient what is told as differences', async () => {
  const points = [10, 0, 0, 5, 0, 0, 1, 0, 0, 250, 0, 0]
  // above, left and both: 10; 10 + 5; 10 + 1; 11 + 15 - 10 + 250, of which a byte keeps the rest
  const bytes = [0x40, 2, ...compact([...head, ...stored(points)])]
  const reds = (await drawn(new TightDecoder(), 2, 2, bytes)).map((one) => one & 255)
  expect(reds).toEqual([10, 15, 11, (11 + 15 - 10 + 250) & 255])
})

test('tight refuses a stream of zlib that is none', async () => {
  await expect(drawn(new TightDecoder(), 2, 2, [0x00, ...compact(repeated(20, [1]))])).rejects.toThrow(
    'without its head',
  )
})

test('zrle draws each kind of tile', async () => {
  const decoder = new ZrleDecoder()
  const { red: r, green: g, blue: b } = colourBytes
  expect(await drawn(decoder, 2, 1, ofZrle([0, ...r, ...g]))).toEqual([red, green])
  expect(await drawn(decoder, 2, 1, ofZrle([1, ...b], false))).toEqual([blue, blue])
  expect(await drawn(decoder, 2, 2, ofZrle([2, ...r, ...b, 0b10000000, 0b01000000], false))).toEqual([
    blue,
    red,
    red,
    blue,
  ])
  expect(await drawn(decoder, 3, 1, ofZrle([3, ...r, ...g, ...b, 0b10010000], false))).toEqual([
    blue,
    green,
    red,
  ])
  // runs go over the ends of lines
  expect(await drawn(decoder, 2, 2, ofZrle([128, ...r, 2, ...g, 0], false))).toEqual([red, red, red, green])
  expect(await drawn(decoder, 2, 2, ofZrle([130, ...r, ...g, 128, 2, 1], false))).toEqual([
    red,
    red,
    red,
    green,
  ])
})

test('zrle draws tiles of 64 points beside and below one another', async () => {
  const { red: r, green: g, blue: b } = colourBytes
  const words = await drawn(new ZrleDecoder(), 65, 65, ofZrle([1, ...r, 1, ...g, 1, ...b, 1, ...r]))
  expect([words[0], words[64], words[64 * 65], words[65 * 65 - 1]]).toEqual([red, green, blue, red])
})

test('zrle refuses a kind of tile that there is not', async () => {
  await expect(drawn(new ZrleDecoder(), 1, 1, ofZrle([17, 0, 0, 0]))).rejects.toThrow('no tiles of kind 17')
})
