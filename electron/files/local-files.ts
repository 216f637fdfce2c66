import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../shared/errors'
import type { LocalFile } from '../../shared/model/storage/image'

/** Chosen files beyond this are forgotten, oldest first. */
const limit = 500

/**
 * Files of this computer that the user chose in a dialog or dropped on the window. The window knows them by an id only, so
 * that a window gone wrong can neither read nor write a file that nobody chose.
 */
export class LocalFiles {
  readonly #paths = new Map<string, { readonly path: string; readonly kind: 'open' | 'save' }>()

  /** `invalid` for what is no file. */
  async toRead(path: string): Promise<LocalFile> {
    const found = await stat(path).catch(() => undefined)
    if (!found?.isFile()) {
      throw new AppError('invalid', `${basename(path)} is not a file that can be read`, {
        cure: 'Choose a file; folders and devices cannot be uploaded.',
      })
    }
    return { id: this.#add(path, 'open'), name: basename(path), sizeBytes: found.size }
  }

  toWrite(path: string): LocalFile {
    return { id: this.#add(path, 'save'), name: basename(path) }
  }

  /** `not-found` for an id that was never given out for this. */
  path(id: string, kind: 'open' | 'save'): string {
    const known = this.#paths.get(id)
    if (known?.kind === kind) return known.path
    throw new AppError('not-found', 'This file is no longer known', { cure: 'Choose it again.' })
  }

  #add(path: string, kind: 'open' | 'save'): string {
    const id = randomUUID()
    this.#paths.set(id, { path, kind })
    for (const old of this.#paths.keys()) {
      if (this.#paths.size <= limit) break
      this.#paths.delete(old)
    }
    return id
  }
}
