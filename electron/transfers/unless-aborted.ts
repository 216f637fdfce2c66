import { AppError } from '../../shared/errors'

export function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled')
}

/**
 * The result, or `cancelled` as soon as the signal says so: what waits for a host that went silent must end, too. `onLate` gets
 * what comes nevertheless.
 */
export function unlessAborted<T>(
  signal: AbortSignal,
  work: Promise<T>,
  onLate: (result: T) => void = () => undefined,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let isOver = false
    const stop = (): void => {
      isOver = true
      reject(cancelled())
    }
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
    work
      .then((result) => (isOver ? onLate(result) : resolve(result)), reject)
      .finally(() => signal.removeEventListener('abort', stop))
  })
}
