import { AppError } from '../../shared/errors'

export function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled')
}

/** The result, or `cancelled` as soon as the signal says so: what waits for a host that went silent must end, too. */
export function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  if (signal.aborted) {
    work.catch(() => undefined)
    return Promise.reject(cancelled())
  }
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => reject(cancelled())
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
