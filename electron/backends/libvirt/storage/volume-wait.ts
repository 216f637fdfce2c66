/** Work on a volume that libvirt cannot take back once it has begun. */
import { AppError } from '../../../../shared/errors'
import type { ActionContext } from '../../backend'
import { cancelled } from '../errors'

/**
 * Ends with the work, or when nobody wants it any more. The host goes on then; `undo` is what to do once it has ended
 * well, and `meanwhile` says what is left until then.
 */
export async function untilAborted<T>(
  { signal }: Pick<ActionContext, 'signal'>,
  work: () => Promise<T>,
  parts: { readonly undo?: (result: T) => Promise<void>; readonly meanwhile: string },
): Promise<T> {
  if (signal.aborted) throw cancelled()
  const working = work()
  return await new Promise<T>((resolve, reject) => {
    const onAbort = (): void => {
      reject(
        new AppError('cancelled', 'Nobody waits for this any longer, but the host cannot stop it', {
          cure: parts.meanwhile,
        }),
      )
      // nobody is left to be told; that it may stay behind was said above
      working.then((result) => parts.undo?.(result)).catch(() => undefined)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    working.then(
      (result) => {
        signal.removeEventListener('abort', onAbort)
        resolve(result)
      },
      (error: unknown) => {
        signal.removeEventListener('abort', onAbort)
        // whatever it is goes to whoever waits
        reject(error)
      },
    )
  })
}
