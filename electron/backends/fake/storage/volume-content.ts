/** Bytes of an uploaded image. Zeros are not kept, as on a real file system that knows holes. */
import { AppError } from '../../../../shared/errors'

const blockBytes = 65_536
/** The demo host's disk is this computer's memory. */
const mostBlocks = 4096

export class FakeContent {
  readonly #blocks = new Map<number, Uint8Array>()

  get allocationBytes(): number {
    return this.#blocks.size * blockBytes
  }

  write(offsetBytes: number, bytes: Uint8Array): void {
    for (const { block, within, at, length } of pieces(offsetBytes, bytes.length)) {
      const part = bytes.subarray(at, at + length)
      const known = this.#blocks.get(block)
      if (known === undefined && part.every((one) => one === 0)) continue
      if (known === undefined && this.#blocks.size >= mostBlocks) {
        throw new AppError('busy', 'The disk of the host is full', {
          cure: 'The demo host keeps no more than 256 MiB of what is uploaded to an image.',
        })
      }
      const kept = known ?? new Uint8Array(blockBytes)
      kept.set(part, within)
      this.#blocks.set(block, kept)
    }
  }

  /** Null for a run of zeros; `lengthBytes` is no more than was asked for. */
  read(offsetBytes: number, mostBytes: number): { bytes: Uint8Array | null; lengthBytes: number } {
    const block = Math.floor(offsetBytes / blockBytes)
    const within = offsetBytes % blockBytes
    const known = this.#blocks.get(block)
    if (known !== undefined) {
      const bytes = known.slice(within, Math.min(blockBytes, within + mostBytes))
      return { bytes, lengthBytes: bytes.length }
    }
    const next = Math.min(...[...this.#blocks.keys()].filter((one) => one > block), Number.POSITIVE_INFINITY)
    return { bytes: null, lengthBytes: Math.min(mostBytes, next * blockBytes - offsetBytes) }
  }

  copy(): FakeContent {
    const copy = new FakeContent()
    for (const [block, bytes] of this.#blocks) copy.#blocks.set(block, bytes.slice())
    return copy
  }
}

function* pieces(
  offsetBytes: number,
  totalBytes: number,
): Generator<{ block: number; within: number; at: number; length: number }> {
  for (let at = 0; at < totalBytes; ) {
    const within = (offsetBytes + at) % blockBytes
    const length = Math.min(blockBytes - within, totalBytes - at)
    yield { block: Math.floor((offsetBytes + at) / blockBytes), within, at, length }
    at += length
  }
}
