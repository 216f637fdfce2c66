/**
 * How much of an interrupted upload the host has, found by comparing what lies there with the local file.
 *
 * The host stores in order what it receives. So where the last data before some point is there, all before it is, and
 * only data proves anything: zeros may as well be what was never written.
 */
import type { FileHandle } from 'node:fs/promises'
import { AppError } from '../../shared/errors'
import type { StorageSession, VolumeAt } from '../backends/storage-session'
import type { DataRange } from './data-map'
import { readFully } from './local-source'
import { runsOf } from './zeros'

const windowBytes = 4 * 1024 * 1024

export interface ResumeParts {
  readonly storage: Pick<StorageSession, 'openDownload'>
  readonly volume: VolumeAt
  readonly file: FileHandle
  readonly map: readonly DataRange[] | undefined
  readonly signal: AbortSignal
}

/**
 * The end of the last data that is there, `sentBytes` at most; from there on the file must be sent again. Never behind the end
 * of what the host has: it lets nobody begin there.
 */
export async function resumePoint(parts: ResumeParts, sentBytes: number): Promise<number> {
  let end = lastDataBefore(parts.map, sentBytes)
  while (end > 0) {
    const start = Math.max(0, end - windowBytes)
    const local = await readFully(parts.file, Buffer.allocUnsafe(end - start), start)
    if (runsOf(local).some(({ isZero }) => !isZero)) {
      const remote = await farBytes(parts, start, end - start)
      if (remote?.equals(local)) return end
    }
    end = lastDataBefore(parts.map, start)
  }
  return 0
}

/** Holes of the local file prove nothing and are passed over. */
function lastDataBefore(map: readonly DataRange[] | undefined, end: number): number {
  if (!map) return end
  const last = map.findLast((range) => range.start < end)
  return last ? Math.min(last.end, end) : 0
}

/** Undefined where the volume does not reach that far. */
export async function farBytes(
  { storage, volume, signal }: Pick<ResumeParts, 'storage' | 'volume' | 'signal'>,
  offsetBytes: number,
  lengthBytes: number,
): Promise<Buffer | undefined> {
  const bytes = Buffer.alloc(lengthBytes)
  let at = 0
  try {
    const source = await storage.openDownload(volume, { offsetBytes, lengthBytes, isSparse: true }, signal)
    try {
      for (let part = await source.read(); part !== null; part = await source.read()) {
        if (part.kind === 'data') {
          if (at + part.bytes.length > lengthBytes) return undefined
          bytes.set(part.bytes, at)
        }
        at += part.kind === 'data' ? part.bytes.length : part.lengthBytes
      }
      await source.finish()
    } catch (error) {
      await source.abort()
      throw error
    }
  } catch (error) {
    if (error instanceof AppError && isGone(error)) throw error
    return undefined
  }
  return at === lengthBytes ? bytes : undefined
}

function isGone({ kind }: AppError): boolean {
  return kind === 'unreachable' || kind === 'timed-out' || kind === 'cancelled' || kind === 'not-found'
}
