import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../shared/errors'

/** A file of this computer that the user chose to be written, emptied, for what comes bit by bit. */
export async function openToWrite(path: string): Promise<FileHandle> {
  return open(path, 'w').catch((error: unknown) => {
    throw new AppError('denied', `${basename(path)} cannot be written`, {
      cure: 'Choose another folder, or make room on its disk.',
      detail: error instanceof Error ? error.message : String(error),
    })
  })
}
