import { Duplex } from 'node:stream'

/** Two connected byte streams in memory, like a socket pair: what one writes the other reads, with back-pressure. */
export function duplexPair(): [Duplex, Duplex] {
  const left = new PairEnd()
  const right = new PairEnd()
  left.connect(right)
  right.connect(left)
  return [left, right]
}

class PairEnd extends Duplex {
  #peer: PairEnd | undefined
  #hasEnded = false
  /** A write of the peer's that waits until we want more. */
  #releaseWriter: (() => void) | undefined

  constructor() {
    super({ allowHalfOpen: false, emitClose: true })
  }

  connect(peer: PairEnd): void {
    this.#peer = peer
  }

  override _read(): void {
    const release = this.#releaseWriter
    this.#releaseWriter = undefined
    release?.()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const peer = this.#peer
    // a reader who has gone reads no more; the writer learns it from its own end
    if (!peer || peer.destroyed || peer.#hasEnded) done()
    else if (peer.push(chunk)) done()
    else peer.#releaseWriter = () => done()
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#peer?.finish()
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this._read()
    this.#peer?.finish()
    done(error)
  }

  finish(): void {
    if (this.#hasEnded || this.destroyed) return
    this.#hasEnded = true
    this.push(null)
  }
}
