/** The sum of what goes by. Holes count as the zeros they stand for. */
import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'

const zeros = Buffer.alloc(1024 * 1024)
/** Others get their turn after so much: a hole of hundreds of gigabytes is a minute's work. */
const turnBytes = 8 * zeros.length

export class Sum {
  readonly #hash = createHash('sha256')
  #sizeBytes = 0

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  add(bytes: Uint8Array): void {
    this.#hash.update(bytes)
    this.#sizeBytes += bytes.byteLength
  }

  async addZeros(lengthBytes: number): Promise<void> {
    for (let left = lengthBytes; left > 0; left -= zeros.length) {
      this.add(left < zeros.length ? zeros.subarray(0, left) : zeros)
      if (this.#sizeBytes % turnBytes < zeros.length) await setImmediate()
    }
  }

  hex(): string {
    return this.#hash.digest('hex')
  }
}

export function sumOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
