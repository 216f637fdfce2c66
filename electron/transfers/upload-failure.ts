/** What is told of an upload that failed, and what becomes of the part that had arrived. */
import { basename } from 'node:path'
import { AppError, errorData, isKind } from '../../shared/errors'
import { formatBytes } from '../../shared/units'
import type { StorageSession } from '../backends/storage-session'

export interface FailedUpload {
  readonly pool: string
  readonly volume: string
  readonly path: string
  readonly sentBytes: number
  readonly sizeBytes: number
}

/** Ended early by what may be over soon: then what has arrived is worth keeping. */
export function isLost(error: unknown): boolean {
  return isKind(error, 'unreachable', 'timed-out')
}

export function lostError(upload: FailedUpload, error: unknown): AppError {
  const told = errorData(error)
  const name = basename(upload.path)
  return new AppError('unreachable', `The connection was lost after ${progressOf(upload)} of ${name}`, {
    cure: `Once the host is connected again, resume the upload: pool ${upload.pool} keeps what has arrived.`,
    detail: told.detail ?? told.message,
    cause: error,
  })
}

/** What is left of it, a sentence; undefined when nothing is. */
export async function removeRest(
  storage: Pick<StorageSession, 'deleteVolume'>,
  { pool, volume }: FailedUpload,
  canBeRemoved: boolean,
): Promise<string | undefined> {
  if (!canBeRemoved) return `${volume} in pool ${pool} now holds a part of the file.`
  try {
    await storage.deleteVolume({ pool, volume }, true)
    return undefined
  } catch (error) {
    if (isKind(error, 'not-found')) return undefined
    const why = errorData(error).message
    return `A part of the file is left as ${volume} in pool ${pool}, as it could not be deleted: ${why}.`
  }
}

/** `rest`: what `removeRest` said. */
export function failedError(
  upload: FailedUpload,
  error: unknown,
  rest: string | undefined,
  isCancelled: boolean,
): AppError {
  const told = errorData(error)
  if (isCancelled) {
    if (rest === undefined) return new AppError('cancelled', 'Cancelled')
    return new AppError('busy', 'The upload was cancelled, but not all of it could be removed', {
      cure: rest,
    })
  }
  const whatBecame = rest ?? `The part that had arrived, ${progressOf(upload)}, was removed.`
  return new AppError(told.kind, told.message, {
    cure: [told.cure, whatBecame].filter((sentence) => sentence !== undefined).join(' '),
    detail: told.detail,
    cause: error,
  })
}

function progressOf({ sentBytes, sizeBytes }: FailedUpload): string {
  return `${formatBytes(sentBytes)} of ${formatBytes(sizeBytes)}`
}
