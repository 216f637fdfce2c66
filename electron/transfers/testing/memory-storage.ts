/** A pool in memory behind the interface of a host, whose volumes can be looked at and whose streams can be made to fail. */
import { AppError } from '../../../shared/errors'
import type { ImageUser, Volume } from '../../../shared/model/storage/volume'
import { missingPart } from '../../backends/missing-part'
import type { StorageSession, VolumeSink, VolumeSource } from '../../backends/storage-session'

export class MemoryStorage {
  readonly volumes = new Map<string, Buffer>()
  type = 'dir'
  volumeType: Volume['type'] = 'file'
  availableBytes = 1024 * 1024 * 1024
  users: { [path: string]: ImageUser[] } = {}
  refreshes = 0
  readonly holes: number[] = []
  /** Asked at each write. */
  onWrite: (offset: number) => void = () => undefined
  onDelete: () => void = () => undefined
  /** Asked when a file was sent whole. */
  onFinish: (name: string) => void = () => undefined

  readonly session: StorageSession = {
    ...missingPart('not here'),
    pools: async () => ({
      items: [
        {
          name: 'images',
          uuid: 'u',
          state: 'running',
          type: this.type,
          isAutostart: true,
          isPersistent: true,
          availableBytes: this.availableBytes,
        },
      ],
    }),
    poolAction: async () => void (this.refreshes += 1),
    volumeDetails: async (_, names) => ({
      volumes: names.flatMap((name) => (this.volumes.has(name) ? [this.#volume(name)] : [])),
    }),
    usage: async () => ({ users: this.users, unread: [] }),
    deleteVolume: async ({ volume }) => {
      this.onDelete()
      this.volumes.delete(volume)
    },
    prepareUpload: async ({ volume }, sizeBytes) => void this.volumes.set(volume, Buffer.alloc(sizeBytes)),
    openUpload: async ({ volume }, { offsetBytes, isSparse }) => this.#sink(volume, offsetBytes, isSparse),
    openDownload: async ({ volume }, { offsetBytes, lengthBytes }) =>
      this.#source(volume, offsetBytes, lengthBytes),
  }

  content(name: string): Buffer {
    const found = this.volumes.get(name)
    if (!found) throw new AppError('not-found', `There is no ${name}`)
    return found
  }

  #volume(name: string): Volume {
    const { length } = this.content(name)
    const path = `/images/${name}`
    return {
      name,
      key: path,
      path,
      type: this.volumeType,
      capacityBytes: length,
      allocationBytes: length,
      isEncrypted: false,
    }
  }

  #sink(name: string, offsetBytes: number, isSparse: boolean): VolumeSink {
    let at = offsetBytes
    return {
      isSparse,
      write: async (bytes) => {
        this.onWrite(at)
        this.content(name).set(bytes, at)
        at += bytes.length
      },
      writeHole: async (lengthBytes) => {
        this.holes.push(lengthBytes)
        at += lengthBytes
      },
      finish: async () => this.onFinish(name),
      abort: async () => undefined,
    }
  }

  #source(name: string, offsetBytes: number, lengthBytes: number): VolumeSource {
    const all = this.content(name)
    if (offsetBytes > all.length) throw new AppError('invalid', 'The volume does not reach that far')
    let rest: Buffer | null = all.subarray(
      offsetBytes,
      lengthBytes === 0 ? undefined : offsetBytes + lengthBytes,
    )
    return {
      isSparse: false,
      sizeBytes: all.length,
      read: async () => {
        const bytes = rest
        rest = null
        return bytes && { kind: 'data', bytes }
      },
      finish: async () => undefined,
      abort: async () => undefined,
    }
  }
}
