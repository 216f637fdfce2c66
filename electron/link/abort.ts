import { AppError } from '../../shared/errors'

export function abortError(signal: AbortSignal): Error {
  const reason: unknown = signal.reason
  return reason instanceof AppError
    ? reason
    : new AppError('cancelled', 'It was cancelled', { cause: reason })
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortError(signal)
}

/**
 * The result of `work`, or the abort's reason as soon as the signal says so. What `work` makes too late goes to
 * `discard`, so that nothing stays open without an owner.
 */
export async function abortable<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  discard: (late: T) => void = () => undefined,
): Promise<T> {
  if (!signal) return work
  let stop: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      work.then(discard).catch(() => undefined)
      reject(abortError(signal))
    }
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([aborted, work])
  } finally {
    if (stop) signal.removeEventListener('abort', stop)
  }
}
