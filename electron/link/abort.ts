import { AppError } from '../../shared/errors'

/** A deadline (AbortSignal.timeout) is no wish of the user's. */
export function abortError(signal: AbortSignal): Error {
  const reason: unknown = signal.reason
  if (reason instanceof AppError) return reason
  if (reason instanceof DOMException && reason.name === 'TimeoutError')
    return new AppError('timed-out', 'The host did not answer in time', {
      cure: 'It, or the way to it, may be busy: try again. What runs at each sign-in there (a login script) can be slow, too.',
      cause: reason,
    })
  return new AppError('cancelled', 'It was cancelled', { cause: reason })
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
