/** Two ends of an in-memory byte stream, with real back pressure: a write is done when the other end read it. */
import { Duplex } from 'node:stream'

class End extends Duplex {
  other: End | null = null
  private acknowledge: (() => void) | null = null
  private sawEnd = false

  override _read(): void {
    const acknowledge = this.acknowledge
    this.acknowledge = null
    acknowledge?.()
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.other?.deliver(chunk, done)
  }

  override _final(done: () => void): void {
    this.other?.deliverEnd()
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.other?.deliverEnd()
    done(error)
  }

  private deliver(chunk: Buffer, done: () => void): void {
    if (this.sawEnd || this.destroyed || this.push(chunk)) process.nextTick(done)
    else this.acknowledge = done
  }

  private deliverEnd(): void {
    if (this.sawEnd || this.destroyed) return
    this.sawEnd = true
    this.push(null)
  }
}

export function duplexPair(): [Duplex, Duplex] {
  const [one, two] = [new End(), new End()]
  one.other = two
  two.other = one
  return [one, two]
}
