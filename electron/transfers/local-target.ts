/** A file that is being written under a name of its own until all of it is there. Holes are left as holes. */
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../shared/errors'
import { grainBytes, runsOf } from './zeros'

/** So much may wait to be written before more is taken from the host. */
const waitingBytes = 4 * 1024 * 1024
/** Pieces that follow one another are written together. */
const togetherBytes = 1024 * 1024

export class LocalTarget {
  readonly #path: string
  readonly #part: string
  readonly #file: FileHandle
  readonly #writes: { readonly bytes: number; readonly done: Promise<void> }[] = []
  #waiting = 0
  /** What is not being written yet, and where it goes. */
  #pieces: Buffer[] = []
  #piecesBytes = 0
  #piecesAt = 0
  #at = 0

  static async create(path: string): Promise<LocalTarget> {
    const part = `${path}.part`
    try {
      return new LocalTarget(path, part, await open(part, 'w', 0o600))
    } catch (error) {
      throw localError(error, path)
    }
  }

  private constructor(path: string, part: string, file: FileHandle) {
    this.#path = path
    this.#part = part
    this.#file = file
  }

  /** How far it has come, holes included. */
  get sizeBytes(): number {
    return this.#at
  }

  /** Keeps the bytes until they are written; ends when more may come. `findHoles`: zeros are not written. */
  async write(bytes: Uint8Array, findHoles: boolean): Promise<void> {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (findHoles && buffer.length >= grainBytes) {
      for (const { isZero, start, end } of runsOf(buffer)) {
        if (!isZero) this.#add(buffer.subarray(start, end), this.#at + start)
      }
    } else this.#add(buffer, this.#at)
    this.#at += buffer.length
    while (this.#waiting > waitingBytes) await this.#oldest()
  }

  hole(lengthBytes: number): void {
    this.#at += lengthBytes
  }

  /** What was written, or left as a hole, becomes this. What comes next still goes behind all there is. */
  async replace(bytes: Uint8Array, position: number): Promise<void> {
    this.#flush()
    while (this.#writes.length > 0) await this.#oldest()
    try {
      await writeFully(this.#file, [Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)], position)
    } catch (error) {
      throw localError(error, this.#path)
    }
  }

  /** It is on the disk under its name, or not there at all. */
  async finish(): Promise<void> {
    this.#flush()
    while (this.#writes.length > 0) await this.#oldest()
    try {
      // a hole at the end
      await this.#file.truncate(this.#at)
      await this.#file.sync()
      await this.#file.close()
      await rename(this.#part, this.#path)
    } catch (error) {
      throw localError(error, this.#path)
    }
  }

  /** Never throws; false when what there is of it could not be removed. */
  async discard(): Promise<boolean> {
    await Promise.allSettled(this.#writes.map(({ done }) => done))
    await this.#file.close().catch(() => undefined)
    return rm(this.#part, { force: true }).then(
      () => true,
      () => false,
    )
  }

  get partName(): string {
    return basename(this.#part)
  }

  #add(bytes: Buffer, position: number): void {
    if (position !== this.#piecesAt + this.#piecesBytes || this.#piecesBytes >= togetherBytes) this.#flush()
    if (this.#pieces.length === 0) this.#piecesAt = position
    this.#pieces.push(bytes)
    this.#piecesBytes += bytes.length
  }

  #flush(): void {
    if (this.#pieces.length === 0) return
    const done = writeFully(this.#file, this.#pieces, this.#piecesAt)
    // told when its turn comes
    done.catch(() => undefined)
    this.#writes.push({ bytes: this.#piecesBytes, done })
    this.#waiting += this.#piecesBytes
    this.#pieces = []
    this.#piecesBytes = 0
  }

  async #oldest(): Promise<void> {
    const oldest = this.#writes.shift()
    if (!oldest) return
    this.#waiting -= oldest.bytes
    try {
      await oldest.done
    } catch (error) {
      throw localError(error, this.#path)
    }
  }
}

async function writeFully(file: FileHandle, pieces: readonly Buffer[], position: number): Promise<void> {
  let left = [...pieces]
  let at = position
  while (left.length > 0) {
    const { bytesWritten } = await file.writev(left, at)
    at += bytesWritten
    left = behind(left, bytesWritten)
  }
}

/** Without the first bytes. */
function behind(pieces: readonly Buffer[], bytes: number): Buffer[] {
  let skip = bytes
  const rest: Buffer[] = []
  for (const piece of pieces) {
    if (skip < piece.length) rest.push(skip > 0 ? piece.subarray(skip) : piece)
    skip = Math.max(0, skip - piece.length)
  }
  return rest
}

/** Failures of files of this computer, which the system names in English only. */
export function localError(error: unknown, path: string): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error
  const { code } = error as NodeJS.ErrnoException
  const name = basename(path)
  const extra = { detail: error.message, cause: error }
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('busy', `The disk of this computer is full: ${name} could not be written`, {
        cure: 'Free some space here or choose another folder, then try again.',
        ...extra,
      })
    case 'EFBIG':
      return new AppError('invalid', `${name} is too large for the file system of this folder`, {
        cure: 'Choose a folder on another disk.',
        ...extra,
      })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new AppError('denied', `This computer does not let you use ${name}`, {
        cure: 'Check its permissions and those of its folder, or choose another.',
        ...extra,
      })
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('not-found', `${name} or its folder is no longer there`, {
        cure: 'Choose it again.',
        ...extra,
      })
    case 'EIO':
      return new AppError('internal', `The disk of this computer failed with ${name}`, {
        cure: 'Check the disk.',
        ...extra,
      })
    case undefined:
    default:
      return error
  }
}
