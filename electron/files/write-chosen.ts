import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../shared/errors'
import type { LocalFiles } from './local-files'

/** What the window has made, into the file that the user chose for it. */
export async function writeChosen(
  files: Pick<LocalFiles, 'path'>,
  { file, content }: { readonly file: string; readonly content: Uint8Array },
): Promise<void> {
  const path = files.path(file, 'save')
  try {
    await writeFile(path, content)
  } catch (error) {
    throw new AppError('denied', `${basename(path)} could not be written`, {
      cure: 'Choose a folder that you may write to, on a disk with room.',
      detail: error instanceof Error ? error.message : String(error),
      cause: error,
    })
  }
}
