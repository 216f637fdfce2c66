import { createWriteStream, type WriteStream } from 'node:fs'
import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { AppError, type ErrorData } from '../../shared/errors'

/** A disk that is slower than the guest for long must not fill this process's memory. */
const maxWaitingBytes = 32 * 1024 * 1024

/** Writes what a guest sends into a file of this computer, byte for byte, as long as its stream lives. */
export class TextLog {
  readonly #stream: Duplex
  readonly #file: WriteStream
  readonly #onFailure: (error: ErrorData) => void
  #isOver = false

  private constructor(stream: Duplex, file: WriteStream, onFailure: (error: ErrorData) => void) {
    this.#stream = stream
    this.#file = file
    this.#onFailure = onFailure
    file.on('error', (error) => this.#fail(error.message))
    stream.on('data', this.#write)
    stream.once('close', () => void this.stop())
  }

  /** Ends when the file is open; `isAppended`: what is in it stays. */
  static async begin(
    stream: Duplex,
    { path, isAppended }: { readonly path: string; readonly isAppended: boolean },
    onFailure: (error: ErrorData) => void,
  ): Promise<TextLog> {
    const file = createWriteStream(path, { flags: isAppended ? 'a' : 'w', mode: 0o600 })
    try {
      await once(file, 'open')
    } catch (error) {
      throw AppError.from(cannotWrite(error instanceof Error ? error.message : String(error)))
    }
    return new TextLog(stream, file, onFailure)
  }

  /** Ends when all is in the file. */
  async stop(): Promise<void> {
    this.#stream.off('data', this.#write)
    if (this.#isOver) return
    this.#isOver = true
    await new Promise<void>((resolve) => this.#file.end(() => resolve()))
  }

  readonly #write = (bytes: Buffer): void => {
    if (this.#isOver) return
    this.#file.write(bytes)
    if (this.#file.writableLength > maxWaitingBytes) this.#fail('The disk does not keep up with the guest')
  }

  #fail(detail: string): void {
    this.#stream.off('data', this.#write)
    if (this.#isOver) return
    this.#isOver = true
    this.#file.destroy()
    this.#onFailure(cannotWrite(detail))
  }
}

function cannotWrite(detail: string): ErrorData {
  return {
    kind: 'denied',
    message: 'The log file cannot be written',
    cure: 'Check its folder and the free space on this computer, then choose a file again.',
    detail,
  }
}
