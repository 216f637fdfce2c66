import type { Readable } from 'node:stream'

/** The peer broke the protocol, or went away in the middle of a message. */
export class RfbError extends Error {
  override readonly name = 'RfbError'
}

/**
 * Reads exact numbers of bytes from a stream, so that a protocol can be written in the order of its specification.
 * Only one read may be under way. The caller bounds what it asks for; nothing else is buffered than what arrived.
 */
export class ByteReader {
  #chunks: Buffer[] = []
  #available = 0
  #hasEnded = false
  #wake: (() => void) | undefined

  constructor(stream: Readable) {
    stream.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk)
      this.#available += chunk.length
      this.#wake?.()
    })
    const end = (): void => {
      this.#hasEnded = true
      this.#wake?.()
    }
    stream.on('end', end)
    stream.on('close', end)
    stream.on('error', end)
  }

  async read(length: number): Promise<Buffer> {
    while (this.#available < length) {
      if (this.#hasEnded) throw new RfbError('The connection ended')
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#wake = undefined
    }
    const all = this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks)
    const taken = all.subarray(0, length)
    const rest = all.subarray(length)
    this.#chunks = rest.length > 0 ? [rest] : []
    this.#available = rest.length
    return taken
  }

  async u8(): Promise<number> {
    return (await this.read(1)).readUInt8()
  }

  async u16(): Promise<number> {
    return (await this.read(2)).readUInt16BE()
  }

  async u32(): Promise<number> {
    return (await this.read(4)).readUInt32BE()
  }
}
