import { stat } from 'node:fs/promises'
import type { AppError } from '../../../shared/errors'
import { throwIfAborted } from '../abort'
import type { SshProcess } from './ssh-process'

/** Between looks for the control socket; what ssh says makes us look at once. */
const lookIntervalMs = 200

/** ssh makes its control socket right after signing in (PROTOCOL.mux), so that is the sign. */
export async function signedIn(
  ssh: SshProcess,
  socketPath: string,
  signal: AbortSignal,
  failure: () => AppError,
): Promise<void> {
  const end = ssh.ended.then(() => {
    throw failure()
  })
  end.catch(() => undefined)
  let wake = (): void => undefined
  const wakeUp = (): void => wake()
  ssh.stderr.on('data', wakeUp)
  signal.addEventListener('abort', wakeUp)
  try {
    for (;;) {
      throwIfAborted(signal)
      const heard = new Promise<void>((resolve) => {
        wake = resolve
      })
      if (await exists(socketPath)) return
      const timer = setTimeout(wakeUp, lookIntervalMs)
      await Promise.race([heard, end]).finally(() => clearTimeout(timer))
    }
  } finally {
    ssh.stderr.off('data', wakeUp)
    signal.removeEventListener('abort', wakeUp)
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
