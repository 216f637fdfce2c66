/** Files in a folder, which has another name until all of them are there. */
import { lstat, mkdtemp, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../shared/errors'
import { LocalTarget, localError } from '../transfers/local-target'
import type { FileWriter, PackageWriter, ReservedFile, WrittenFile } from './package-writer'
import { Sum } from './sum'

export class FolderWriter implements PackageWriter {
  #open: LocalTarget | undefined

  static async create(path: string): Promise<FolderWriter> {
    try {
      if (await lstat(path).catch(() => undefined))
        throw new AppError('already-exists', `${basename(path)} is there already`, {
          cure: 'Choose a name for a new folder.',
          field: 'file',
        })
      return new FolderWriter(path, await mkdtemp(`${path}.part-`))
    } catch (error) {
      throw localError(error, path)
    }
  }

  private constructor(
    private readonly path: string,
    private readonly part: string,
  ) {}

  /** In a folder nothing has to be before anything else. */
  async reserve(name: string): Promise<ReservedFile> {
    return {
      fill: async (bytes) => {
        const file = await this.begin(name)
        await file.write(bytes)
        return file.finish()
      },
    }
  }

  async begin(name: string): Promise<FileWriter> {
    const target = await LocalTarget.create(join(this.part, basename(name)))
    this.#open = target
    const sum = new Sum()
    return {
      write: async (bytes) => {
        sum.add(bytes)
        await target.write(bytes, true)
      },
      hole: async (lengthBytes) => {
        target.hole(lengthBytes)
        await sum.addZeros(lengthBytes)
      },
      finish: async (): Promise<WrittenFile> => {
        await target.finish()
        this.#open = undefined
        return { name, sizeBytes: sum.sizeBytes, sha256: sum.hex() }
      },
    }
  }

  async finish(): Promise<void> {
    try {
      await rename(this.part, this.path)
    } catch (error) {
      throw localError(error, this.path)
    }
  }

  async discard(): Promise<boolean> {
    await this.#open?.discard()
    return rm(this.part, { recursive: true, force: true }).then(
      () => true,
      () => false,
    )
  }

  get partName(): string {
    return basename(this.part)
  }
}
