/** For what is due and does not come: then the data are too short. */
const patienceMs = 5000

/**
 * A stream of zlib that goes on from rectangle to rectangle, by the browser's own decoder, which is several times as fast
 * as one in JavaScript. It answers later, so its users draw later.
 */
export class InflateStream {
  // Without the head of zlib: a server that begins anew (deflateReset) sends another, and blocks that refer to nothing before
  // it. To the decoder that is one stream, which costs less than a new one for each tile.
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  #hasHead = true
  #chunks: Uint8Array[] = []
  #bytes = 0
  #onBytes: () => void = () => {}
  /** One rectangle after the other: a stream has one order. */
  #last: Promise<unknown> = Promise.resolve()

  constructor() {
    const { writable, readable } = new DecompressionStream('deflate-raw')
    this.#writer = writable.getWriter()
    this.#reader = readable.getReader()
    // what is broken is told to whoever writes
    this.#writer.closed.catch(() => {})
    void this.#gather()
  }

  /** The server begins anew. */
  reset(): void {
    this.#hasHead = true
  }

  /** What the data of one rectangle become, for the server flushes with each: so many bytes, where that is known. */
  inflate(data: Uint8Array<ArrayBuffer>, size?: number): Promise<Uint8Array> {
    const blocks = this.#hasHead ? withoutHead(data) : data
    this.#hasHead = false
    const inflated = this.#last.then(() => this.#inflate(blocks, size))
    this.#last = inflated
    return inflated
  }

  async #inflate(blocks: Uint8Array<ArrayBuffer>, size: number | undefined): Promise<Uint8Array> {
    // kept when all that comes of it is in the queue of the other end (Streams, transform stream default sink write)
    await this.#writer.write(blocks)
    // which is read by steps of this turn. Where the size is known it is waited for: a turn for each of many tiles adds up.
    if (size === undefined) await nextTurn()
    const due = size ?? 1
    if (this.#bytes < due) await this.#comes(due)
    if (size !== undefined && this.#bytes !== size)
      throw new Error(`${this.#bytes} bytes of zlib came where ${size} were due`)
    const chunks = this.#chunks
    this.#chunks = []
    this.#bytes = 0
    const [first] = chunks
    if (!first) return new Uint8Array()
    return chunks.length === 1 ? first : joined(chunks)
  }

  #comes(bytes: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        this.#onBytes = () => {}
        resolve()
      }
      const timer = setTimeout(done, patienceMs)
      this.#onBytes = () => {
        if (this.#bytes >= bytes) done()
      }
    })
  }

  async #gather(): Promise<void> {
    try {
      for (;;) {
        const { value } = await this.#reader.read()
        if (!value) return
        this.#chunks.push(value)
        this.#bytes += value.length
        this.#onBytes()
      }
    } catch {
      // told to whoever writes
    }
  }
}

/** Method 8, no dictionary, a sum that fits (RFC 1950, 2.2). */
function withoutHead(data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const [method = 0, flags = 0] = data
  if ((method & 15) !== 8 || (flags & 32) !== 0 || (method * 256 + flags) % 31 !== 0)
    throw new Error('a stream of zlib without its head')
  return data.subarray(2)
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
