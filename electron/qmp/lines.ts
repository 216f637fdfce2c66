import { QmpClosedError } from './errors'

const newline = 10

/** Cuts what arrives into lines, each no longer than allowed, and holds no more of an unfinished one than that. */
export class Lines {
  #held: Buffer[] = []
  #heldBytes = 0

  constructor(private readonly mostBytes: number) {}

  /** The lines that are complete now, as UTF-8 that is none otherwise. */
  take(chunk: Buffer): string[] {
    const lines: string[] = []
    let from = 0
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      this.#hold(chunk.subarray(from, at))
      lines.push(this.#release())
      from = at + 1
    }
    if (from < chunk.length) this.#hold(chunk.subarray(from))
    return lines.filter((line) => line.trim() !== '')
  }

  #hold(part: Buffer): void {
    this.#heldBytes += part.length
    if (this.#heldBytes > this.mostBytes) {
      throw new QmpClosedError('broken', `A message is longer than ${this.mostBytes} bytes`)
    }
    if (part.length > 0) this.#held.push(part)
  }

  #release(): string {
    const line = this.#held.length === 1 ? this.#held[0] : Buffer.concat(this.#held)
    this.#held = []
    this.#heldBytes = 0
    try {
      // a decoder of its own for each line: one that failed would keep what it had begun
      return new TextDecoder('utf-8', { fatal: true }).decode(line)
    } catch {
      throw new QmpClosedError('broken', 'A message is not valid UTF-8')
    }
  }
}
