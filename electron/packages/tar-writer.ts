/**
 * A tar archive. Written here and not by a library, as disks come as data and holes of a length that is known at their end
 * only: their headers are filled in behind, and what is empty stays a hole of the archive.
 */
import { LocalTarget } from '../transfers/local-target'
import type { FileWriter, PackageWriter, ReservedFile, WrittenFile } from './package-writer'
import { Sum, sumOf } from './sum'
import { blockBytes, paddingBytes, tarHeader } from './tar-header'

/** GNU tar writes records of so many bytes, and some readers count on it. */
const recordBytes = 20 * blockBytes

export class TarWriter implements PackageWriter {
  static async create(path: string, nowMs: number): Promise<TarWriter> {
    return new TarWriter(await LocalTarget.create(path), nowMs)
  }

  private constructor(
    private readonly target: LocalTarget,
    private readonly nowMs: number,
  ) {}

  async reserve(name: string, sizeBytes: number): Promise<ReservedFile> {
    const { target } = this
    await target.write(tarHeader(name, sizeBytes, this.nowMs), false)
    const at = target.sizeBytes
    target.hole(sizeBytes + paddingBytes(sizeBytes))
    return {
      fill: async (bytes) => {
        await target.replace(bytes, at)
        return { name, sizeBytes: bytes.length, sha256: sumOf(bytes) }
      },
    }
  }

  async begin(name: string): Promise<FileWriter> {
    const { target } = this
    const at = target.sizeBytes
    // known to be a name that fits before anything is sent
    await target.write(tarHeader(name, 0, this.nowMs), false)
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
        const { sizeBytes } = sum
        target.hole(paddingBytes(sizeBytes))
        await target.replace(tarHeader(name, sizeBytes, this.nowMs), at)
        return { name, sizeBytes, sha256: sum.hex() }
      },
    }
  }

  async finish(): Promise<void> {
    const { target } = this
    // two empty blocks, and the rest of a record
    target.hole(2 * blockBytes)
    target.hole((recordBytes - (target.sizeBytes % recordBytes)) % recordBytes)
    await target.finish()
  }

  discard(): Promise<boolean> {
    return this.target.discard()
  }

  get partName(): string {
    return this.target.partName
  }
}
