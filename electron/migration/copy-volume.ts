/** One volume of a host into a new one of another host, through this computer: holes stay holes, and nothing is kept here. */
import { AppError } from '../../shared/errors'
import type { StorageSession, VolumeAt } from '../backends/storage-session'
import { writeZeros } from '../transfers/send-file'

export interface VolumePlace {
  readonly storage: StorageSession
  readonly at: VolumeAt
}

export interface CopyContext {
  readonly signal: AbortSignal
  onBytes(doneBytes: number): void
  /** Makes the new volume, of this size. */
  make(sizeBytes: number): Promise<void>
}

export async function copyVolume(
  source: VolumePlace,
  target: VolumePlace,
  context: CopyContext,
): Promise<void> {
  const range = { offsetBytes: 0, lengthBytes: 0, isSparse: true }
  const { signal } = context
  const from = await source.storage.openDownload(source.at, range, signal)
  const ends: { abort(): Promise<void> }[] = [from]
  const stop = (): void => {
    for (const end of ends) void end.abort()
  }
  // ends a reading or writing that waits, too
  signal.addEventListener('abort', stop)
  let doneBytes = 0
  try {
    if (from.sizeBytes === undefined)
      throw new AppError('unsupported', `The source does not tell the size of ${source.at.volume}`)
    await context.make(from.sizeBytes)
    const to = await target.storage.openUpload(target.at, range, signal)
    ends.push(to)
    for (let part = await from.read(); part !== null; part = await from.read()) {
      if (part.kind === 'data') await to.write(part.bytes)
      else await writeZeros(to, part.lengthBytes)
      doneBytes += part.kind === 'data' ? part.bytes.byteLength : part.lengthBytes
      context.onBytes(doneBytes)
    }
    if (doneBytes !== from.sizeBytes)
      throw new AppError(
        'internal',
        `The source sent ${doneBytes} of ${from.sizeBytes} bytes of ${source.at.volume}`,
        {
          cure: 'Move the VM again.',
        },
      )
    await from.finish()
    await to.finish()
  } catch (error) {
    await Promise.all(ends.map((end) => end.abort()))
    throw signal.aborted ? new AppError('cancelled', 'Cancelled') : error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
