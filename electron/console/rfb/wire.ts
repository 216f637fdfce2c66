import type { Duplex } from 'node:stream'

/** The server hung up, or broke off, before its part of the dialogue was complete. */
export class WireEnded extends Error {
  override readonly name = 'WireEnded'
}

/**
 * Reads a dialogue byte by byte from a stream and leaves everything behind it in the stream, which another reader takes over:
 * one that is encrypted, or the window. Only as much is held as the dialogue asks for; it knows its own limits.
 */
export class Wire {
  readonly #stream: Duplex
  readonly #signal: AbortSignal
  /** Whether the server has said anything here. */
  hasHeard = false

  constructor(stream: Duplex, signal: AbortSignal) {
    this.#stream = stream
    this.#signal = signal
  }

  get stream(): Duplex {
    return this.#stream
  }

  async u8(): Promise<number> {
    return (await this.bytes(1)).readUInt8(0)
  }

  async u32(): Promise<number> {
    return (await this.bytes(4)).readUInt32BE(0)
  }

  bytes(count: number): Promise<Buffer> {
    if (count === 0) return Promise.resolve(Buffer.alloc(0))
    const stream = this.#stream
    const signal = this.#signal
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        // not "off": in Node 18 a stream does not notice that one, and would not flow for the next reader
        stream.removeListener('readable', look)
        stream.off('end', ended)
        stream.off('close', ended)
        stream.off('error', broke)
        signal.removeEventListener('abort', aborted)
      }
      const fail = (error: Error): void => {
        settle()
        reject(error)
      }
      const look = (): void => {
        const chunk = stream.read(count) as Buffer | null
        if (chunk === null) return
        // a stream at its end gives what is left
        if (chunk.length < count) return fail(new WireEnded('The server broke off'))
        settle()
        this.hasHeard = true
        resolve(chunk)
      }
      const ended = (): void => fail(new WireEnded('The server hung up'))
      const broke = (error: Error): void => fail(new WireEnded(error.message))
      const aborted = (): void => fail(signal.reason as Error)
      if (signal.aborted) return aborted()
      stream.on('readable', look)
      stream.on('end', ended)
      stream.on('close', ended)
      stream.on('error', broke)
      signal.addEventListener('abort', aborted, { once: true })
      if (stream.destroyed || stream.readableEnded) ended()
      else look()
    })
  }

  /** A text that the server gives the length of: what is longer than anything honest ends the dialogue. */
  async text(maxBytes: number): Promise<string> {
    const length = await this.u32()
    if (length > maxBytes) throw new WireEnded(`The server announces ${length} bytes of text`)
    return printable((await this.bytes(length)).toString('utf8'))
  }

  write(...parts: readonly (Uint8Array | string | number)[]): void {
    if (!this.#stream.writable) return
    this.#stream.write(
      Buffer.concat(parts.map((part) => (typeof part === 'number' ? u32(part) : Buffer.from(part)))),
    )
  }
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** Texts of a server are shown: no control characters, and not without end. */
export function printable(text: string): string {
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 500)
}
