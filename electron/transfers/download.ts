/** One volume of a host into a file of this computer. */
import { basename } from 'node:path'
import { AppError, errorData, isKind } from '../../shared/errors'
import { formatBytes } from '../../shared/units'
import type { StorageSession, VolumeAt, VolumeSource } from '../backends/storage-session'
import type { TaskContext } from '../tasks/task-list'
import { LocalTarget } from './local-target'
import { cancelled, unlessAborted } from './unless-aborted'

export async function download(
  storage: StorageSession,
  volume: VolumeAt,
  path: string,
  { signal, onProgress }: TaskContext,
): Promise<void> {
  const range = { offsetBytes: 0, lengthBytes: 0, isSparse: true }
  const opening = storage.openDownload(volume, range, signal)
  const source = await unlessAborted(signal, opening, (late) => void late.abort())
  // ends a reading that waits, too
  const stop = (): void => void source.abort()
  signal.addEventListener('abort', stop)
  let target: LocalTarget | undefined
  try {
    target = await LocalTarget.create(path)
    const { isSparse, sizeBytes } = source
    for (;;) {
      const part = await source.read()
      if (part === null) break
      if (part.kind === 'hole') target.hole(part.lengthBytes)
      else await target.write(part.bytes, !isSparse)
      if (sizeBytes !== undefined && sizeBytes > 0) {
        onProgress(target.sizeBytes / sizeBytes, { doneBytes: target.sizeBytes, totalBytes: sizeBytes })
      }
    }
    if (signal.aborted) throw cancelled()
    await unlessAborted(signal, source.finish())
    checkLength(source, volume, target)
    await target.finish()
  } catch (error) {
    const [isDiscarded] = await Promise.all([target?.discard() ?? true, source.abort()])
    throw afterFailure(signal.aborted ? cancelled() : error, path, target, isDiscarded)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function checkLength({ sizeBytes }: VolumeSource, { volume }: VolumeAt, target: LocalTarget): void {
  if (sizeBytes === undefined || target.sizeBytes === sizeBytes) return
  const sizes = `${formatBytes(target.sizeBytes)} of ${formatBytes(sizeBytes)}`
  throw new AppError('internal', `The host sent ${sizes} of ${volume}`, {
    cure: 'If a VM writes to it, shut the VM down first. Then download it again.',
  })
}

function afterFailure(
  error: unknown,
  path: string,
  target: LocalTarget | undefined,
  isDiscarded: boolean,
): unknown {
  if (!isDiscarded) {
    const told = errorData(error)
    const message = isKind(error, 'cancelled') ? 'The download was cancelled' : told.message
    return new AppError(
      isKind(error, 'cancelled') ? 'busy' : told.kind,
      `${message}; ${target?.partName ?? basename(path)} could not be removed`,
      { cure: told.cure, detail: told.detail, cause: error },
    )
  }
  if (!isKind(error, 'unreachable', 'timed-out')) return error
  return new AppError('unreachable', `The connection was lost while ${basename(path)} was downloaded`, {
    cure: 'Once the host is connected again, download it again.',
    detail: errorData(error).detail ?? errorData(error).message,
    cause: error,
  })
}
