import { Duplex, type Readable, type Writable } from 'node:stream'

interface Pair {
  readonly source: Readable
  readonly sink: Writable
  /** Lets go of whatever carries the two; called once. */
  release(): void
}

/**
 * Two streams, or one that keeps its own rules about closing, as an ordinary Duplex: back-pressure both ways,
 * `destroy(error)` reports that error, "close" always comes. ssh2's channels do none of the last two (their `destroy`
 * takes no error and they never count as destroyed), and a child's pipes are two streams.
 */
export class PairStream extends Duplex {
  readonly #pair: Pair
  #settleWrite: (() => void) | undefined
  #hasEnded = false

  constructor(pair: Pair) {
    // both directions being over is not the end yet: an exit code may still come, and "close" follows it
    super({ autoDestroy: false })
    this.#pair = pair
    const { source, sink } = pair
    source.on('data', (chunk: Buffer) => {
      // after destroy the source must still run dry, or it would never close
      if (!this.destroyed && !this.push(chunk)) source.pause()
    })
    source.on('end', () => this.#endReading())
    source.on('error', (error) => this.destroy(error))
    source.on('close', () => this.#sourceClosed())
    // the far side stopped reading: not a failure by itself; its end or exit code says what it means
    if (sink !== (source as unknown)) sink.on('error', () => this.#finishWrite())
    sink.on('close', () => this.#finishWrite())
  }

  override _read(): void {
    this.#pair.source.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (!this.#pair.sink.writable) {
      done()
      return
    }
    this.#settleWrite = done
    this.#pair.sink.write(chunk, () => this.#finishWrite())
  }

  override _final(done: () => void): void {
    // a sink that is gone would never call back
    if (this.#pair.sink.writable) this.#pair.sink.end()
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#finishWrite()
    this.#pair.release()
    done(error)
  }

  #finishWrite(): void {
    const settle = this.#settleWrite
    this.#settleWrite = undefined
    settle?.()
  }

  #endReading(): void {
    if (this.#hasEnded || this.destroyed) return
    this.#hasEnded = true
    this.push(null)
  }

  /** Nothing can follow in either direction: once what is buffered has been read, it is over. */
  #sourceClosed(): void {
    this.#endReading()
    this.#finishWrite()
    if (this.readableEnded) this.destroy()
    else this.once('end', () => this.destroy())
  }
}
