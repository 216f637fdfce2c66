import { Duplex } from 'node:stream'
import type { RpcStream } from '../../../libvirt-rpc/index'

/** A stream of the daemon as an ordinary Duplex; `tell` turns what ended it into the error its reader gets. */
export class StreamDuplex extends Duplex {
  readonly #stream: Pick<RpcStream, 'read' | 'write' | 'abort'>
  readonly #tell: (error: unknown) => Error
  #isReading = false

  constructor(stream: Pick<RpcStream, 'read' | 'write' | 'abort'>, tell: (error: unknown) => Error) {
    // the end of what the guest writes is the end of all
    super({ allowHalfOpen: false })
    this.#stream = stream
    this.#tell = tell
  }

  override _read(): void {
    if (this.#isReading) return
    this.#isReading = true
    this.#stream.read().then(
      (part) => {
        this.#isReading = false
        if (this.destroyed) return
        if (part === null) this.push(null)
        else this.push(part.kind === 'data' ? part.bytes : Buffer.alloc(part.lengthBytes))
      },
      (error: unknown) => void this.destroy(this.#tell(error)),
    )
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#stream.write(chunk).then(
      () => done(),
      (error: unknown) => done(this.#tell(error)),
    )
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // a host that does not confirm it is left: the connection is the stream's own, and its pings end it
    void this.#stream.abort()
    done(error)
  }
}
