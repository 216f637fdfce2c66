/**
 * A compressed file, read at places as if it were not: forwards only, and from its beginning again where somebody wants what
 * went by. No more than a piece of it is in memory, whatever it unpacks to.
 */
import { createReadStream, type ReadStream } from 'node:fs'
import { createGunzip, type Gunzip } from 'node:zlib'
import { AppError } from '../../../../shared/errors'
import type { ReadableFile } from '../../../transfers/local-source'
import { badFile } from '../foreign-error'

/** Of what it unpacks to: nobody waits for more than that. */
const mostBytes = 2 ** 38
const pieceBytes = 256 * 1024

export function isGzip(head: Buffer): boolean {
  return head.length > 2 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8
}

interface Run {
  readonly source: ReadStream
  readonly gunzip: Gunzip
  readonly pieces: AsyncIterator<Buffer>
  /** The piece at hand, and where it begins. */
  piece: Buffer
  at: number
}

export class GzipFile implements ReadableFile {
  #run: Run | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(private readonly path: string) {}

  /** Several may ask at once; each has its turn. */
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ bytesRead: number }> {
    const reading = this.#last.then(() => this.#read(buffer.subarray(offset, offset + length), position))
    this.#last = reading.catch(() => undefined)
    return reading
  }

  async close(): Promise<void> {
    await this.#last
    this.#stop()
  }

  async #read(buffer: Buffer, position: number): Promise<{ bytesRead: number }> {
    if (position > mostBytes) throw badFile('The package unpacks to more than any host has room for')
    if (this.#run && position < this.#run.at) this.#stop()
    const run = (this.#run ??= this.#start())
    while (run.at + run.piece.length <= position) {
      const next = await this.#next(run)
      if (!next) return { bytesRead: 0 }
      run.at += run.piece.length
      run.piece = next
    }
    const from = position - run.at
    const bytesRead = run.piece.copy(buffer, 0, from, from + buffer.length)
    return { bytesRead }
  }

  #start(): Run {
    const source = createReadStream(this.path, { highWaterMark: pieceBytes })
    const gunzip = createGunzip({ chunkSize: pieceBytes })
    source.on('error', (error) => gunzip.destroy(error))
    source.pipe(gunzip)
    const pieces = gunzip[Symbol.asyncIterator]() as AsyncIterator<Buffer>
    return { source, gunzip, pieces, piece: Buffer.alloc(0), at: 0 }
  }

  async #next({ pieces }: Run): Promise<Buffer | undefined> {
    try {
      const next = await pieces.next()
      return next.done === true ? undefined : next.value
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? ''
      if (!code.startsWith('Z_')) throw error
      throw new AppError('invalid', 'The package is damaged, or was not copied as a whole', {
        cure: 'Fetch it again.',
        detail: (error as Error).message,
      })
    }
  }

  #stop(): void {
    this.#run?.source.destroy()
    this.#run?.gunzip.destroy()
    this.#run = undefined
  }
}
