/** An image that the host makes of a disk so that it can be sent, and that goes again whatever happens. */
import { AppError, errorData, isKind } from '../../shared/errors'
import type { VolumeAt } from '../backends/storage-session'
import type { HypervisorSession } from '../backends/backend'

export async function withTemporaryImage<T>(
  session: HypervisorSession,
  at: VolumeAt,
  signal: AbortSignal,
  work: { make(): Promise<void>; use(): Promise<T> },
): Promise<T> {
  // the answer did not come; a connection that somebody closed is told as cancelled
  const isUnanswered = (error: unknown): boolean =>
    isKind(error, 'unreachable', 'timed-out') || (isKind(error, 'cancelled') && !signal.aborted)
  try {
    // whoever makes it takes away what did not become a whole
    await work.make()
  } catch (error) {
    throw isUnanswered(error) ? left(error, at, 'The host was lost while it made an image') : error
  }
  let result: T
  try {
    result = await work.use()
  } catch (error) {
    throw await removed(error, session, at, isUnanswered)
  }
  try {
    await session.storage.deleteVolume(at, true)
  } catch (error) {
    if (!isKind(error, 'not-found')) throw left(error, at, 'An image that was needed only meanwhile is left')
  }
  return result
}

async function removed(
  reason: unknown,
  { storage }: HypervisorSession,
  at: VolumeAt,
  isUnanswered: (error: unknown) => boolean,
): Promise<unknown> {
  if (isUnanswered(reason)) return left(reason, at, 'The host was lost while a disk was sent')
  try {
    await storage.deleteVolume(at, true)
    return reason
  } catch (error) {
    if (isKind(error, 'not-found')) return reason
    return left(reason, at, `${errorData(reason).message}, and not all could be removed`)
  }
}

/** What stays, with the way to get rid of it. */
function left(reason: unknown, { pool, volume }: VolumeAt, message: string): AppError {
  const { kind, message: told, detail } = errorData(reason)
  return new AppError(
    // a cancelled task shows no error, and this one has to be seen
    kind === 'cancelled' ? 'busy' : kind,
    message,
    {
      cure: `Look for the volume ${volume} in the pool ${pool}, and delete it when it is there.`,
      detail: [told, ...(detail === undefined ? [] : [detail])].join('\n'),
      cause: reason,
    },
  )
}
