/** Uploads and downloads of a demo host: into memory, at the speed of a good network. */
import { AppError } from '../../../../shared/errors'
import type { StorageSession, TransferRange, VolumeAt, VolumeSink, VolumeSource } from '../../storage-session'
import { cancelled } from '../clock'
import { discContent } from '../iso-image'
import type { FakeFile } from '../model'
import { asStored } from './image-head'
import type { FakePool, FakeStorage } from './model'
import { FakeContent } from './volume-content'

const bytesPerMs = 400_000
const pieceBytes = 262_120

export function transfersPart(
  storage: FakeStorage,
  answerTime: () => Promise<void>,
): Pick<StorageSession, 'openUpload' | 'openDownload'> {
  const pace = async (bytes: number, signal: AbortSignal): Promise<void> => {
    await answerTime()
    await storage.host.clock.delay(bytes / bytesPerMs, signal)
    if (signal.aborted) throw cancelled()
  }
  return {
    async openUpload(at, range, signal) {
      await answerTime()
      return openSink(storage, at, range, (bytes) => pace(bytes, signal))
    },
    async openDownload(at, range, signal) {
      await answerTime()
      const pool = storage.active(at.pool)
      const file = storage.volume(pool, at.volume)
      const disc = file.content === undefined ? discContent(at.volume) : undefined
      const stored = disc ? { ...file, content: disc } : asStored(file)
      return openSource(stored, range, (bytes) => pace(bytes, signal))
    },
  }
}

type Pace = (bytes: number) => Promise<void>

function openSink(storage: FakeStorage, at: VolumeAt, range: TransferRange, pace: Pace): VolumeSink {
  const pool = storage.active(at.pool)
  const file = storage.volume(pool, at.volume)
  const content = file.content ?? new FakeContent()
  let offset = range.offsetBytes
  const end = range.lengthBytes === 0 ? file.sizeBytes : range.offsetBytes + range.lengthBytes
  const step = (lengthBytes: number): void => {
    if (offset + lengthBytes > end) {
      throw new AppError('invalid', 'This is more than there is room for in the volume')
    }
    offset += lengthBytes
  }
  return {
    isSparse: range.isSparse,
    async write(bytes) {
      await pace(bytes.length)
      content.write(offset, bytes)
      step(bytes.length)
      keep(storage, pool, at.volume, content)
    },
    async writeHole(lengthBytes) {
      await pace(0)
      step(lengthBytes)
    },
    async finish() {
      await pace(0)
      keep(storage, pool, at.volume, content)
      storage.host.resourceChanged('pool', pool.name)
    },
    // what has arrived stays, as with libvirt
    async abort() {
      storage.host.resourceChanged('pool', pool.name)
    },
  }
}

function keep(storage: FakeStorage, pool: FakePool, name: string, content: FakeContent): void {
  const file = storage.volume(pool, name)
  storage.put(pool, name, {
    ...file,
    content,
    allocationBytes: Math.min(file.sizeBytes, content.allocationBytes),
    modifiedAtMs: storage.host.clock.now(),
  })
}

function openSource(
  { content, ...file }: FakeFile & { readonly content: FakeContent },
  range: TransferRange,
  pace: Pace,
): VolumeSource {
  const end =
    range.lengthBytes === 0 ? file.sizeBytes : Math.min(file.sizeBytes, range.offsetBytes + range.lengthBytes)
  let offset = range.offsetBytes
  return {
    isSparse: range.isSparse,
    sizeBytes: file.sizeBytes,
    async read() {
      if (offset >= end) return null
      const found = content.read(offset, end - offset)
      const lengthBytes =
        found.bytes === null && range.isSparse ? found.lengthBytes : Math.min(found.lengthBytes, pieceBytes)
      offset += lengthBytes
      if (found.bytes === null && range.isSparse) {
        await pace(0)
        return { kind: 'hole', lengthBytes }
      }
      await pace(lengthBytes)
      return { kind: 'data', bytes: found.bytes?.slice(0, lengthBytes) ?? new Uint8Array(lengthBytes) }
    },
    finish: () => pace(0),
    abort: async () => {},
  }
}
