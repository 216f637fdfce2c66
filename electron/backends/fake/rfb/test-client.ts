import type { Duplex } from 'node:stream'
import { ByteReader, RfbError } from './byte-reader'
import { vncResponse } from '../../../sign-in/vnc-challenge'

/** A small RFB viewer for tests: what RFC 6143 asks of a client, with the picture kept in client pixels. */
export class RfbClient {
  width = 0
  height = 0
  name = ''
  /** The picture as 0xRRGGBB when the native 32-bit format is used. */
  pixels = new Uint32Array(0)
  /** Updates painted since following began. */
  updates = 0
  bytesPerPixel = 4
  readonly #in: ByteReader

  constructor(readonly stream: Duplex) {
    stream.on('error', () => {})
    this.#in = new ByteReader(stream)
  }

  read(length: number): Promise<Buffer> {
    return this.#in.read(length)
  }

  /** Version and security up to the result; gives the reason when refused. */
  async enter(password?: string, version = '003.008'): Promise<string | undefined> {
    await this.read(12)
    this.stream.write(`RFB ${version}\n`)
    const types = await this.read(await this.#in.u8())
    this.stream.write(types.subarray(0, 1))
    if (types[0] === 2) this.stream.write(vncResponse(await this.read(16), password ?? ''))
    if ((await this.#in.u32()) !== 0) return (await this.read(await this.#in.u32())).toString()
    this.stream.write(Buffer.from([1]))
    this.#setSize(await this.#in.u16(), await this.#in.u16())
    await this.read(16)
    this.name = (await this.read(await this.#in.u32())).toString()
    return undefined
  }

  setEncodings(...encodings: number[]): void {
    const bytes = Buffer.alloc(4 + 4 * encodings.length)
    bytes.writeUInt8(2)
    bytes.writeUInt16BE(encodings.length, 2)
    for (const [index, encoding] of encodings.entries()) bytes.writeInt32BE(encoding, 4 + 4 * index)
    this.stream.write(bytes)
  }

  request(isIncremental: boolean, x = 0, y = 0, width = this.width, height = this.height): void {
    const bytes = Buffer.alloc(10)
    bytes.writeUInt8(3)
    bytes.writeUInt8(Number(isIncremental), 1)
    for (const [index, value] of [x, y, width, height].entries()) bytes.writeUInt16BE(value, 2 + 2 * index)
    this.stream.write(bytes)
  }

  key(keysym: number, isDown = true): void {
    const bytes = Buffer.alloc(8)
    bytes.writeUInt8(4)
    bytes.writeUInt8(Number(isDown), 1)
    bytes.writeUInt32BE(keysym, 4)
    this.stream.write(bytes)
  }

  type(text: string): void {
    for (const letter of text) {
      const keysym = letter === '\n' ? 0xff0d : letter.charCodeAt(0)
      this.key(keysym)
      this.key(keysym, false)
    }
  }

  pointer(x: number, y: number): void {
    const bytes = Buffer.alloc(6)
    bytes.writeUInt8(5)
    bytes.writeUInt16BE(x, 2)
    bytes.writeUInt16BE(y, 4)
    this.stream.write(bytes)
  }

  /** The next FramebufferUpdate: its rectangles, painted into `pixels` when they are 32 bits deep. */
  async update(): Promise<ClientRect[]> {
    const header = await this.read(4)
    if (header[0] !== 0) throw new Error(`Message ${header[0]} instead of an update`)
    const rects: ClientRect[] = []
    for (let left = header.readUInt16BE(2); left > 0; left -= 1) {
      const bytes = await this.read(12)
      const [x, y, width, height] = [0, 2, 4, 6].map((at) => bytes.readUInt16BE(at)) as [
        number,
        number,
        number,
        number,
      ]
      const encoding = bytes.readInt32BE(8)
      if (encoding === -223) this.#setSize(width, height)
      const data = encoding === 0 ? await this.read(width * height * this.bytesPerPixel) : Buffer.alloc(0)
      if (encoding === 0 && this.bytesPerPixel === 4) this.#paint(x, y, width, data)
      rects.push({ x, y, width, height, encoding, data })
    }
    return rects
  }

  /** Keeps asking for changes and painting them until the connection ends, as viewers do. */
  async follow(): Promise<void> {
    try {
      for (;;) {
        this.request(true)
        await this.update()
        this.updates += 1
      }
    } catch (error) {
      if (!(error instanceof RfbError)) throw error
    }
  }

  #setSize(width: number, height: number): void {
    this.width = width
    this.height = height
    this.pixels = new Uint32Array(width * height)
  }

  #paint(x: number, y: number, width: number, data: Buffer): void {
    for (let index = 0; index * 4 < data.length; index += 1) {
      const at = (y + Math.floor(index / width)) * this.width + x + (index % width)
      this.pixels[at] = data.readUInt32LE(index * 4)
    }
  }
}

export interface ClientRect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly encoding: number
  readonly data: Buffer
}
