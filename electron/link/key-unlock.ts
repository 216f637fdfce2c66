import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { AppError } from '../../shared/errors'
import type { UnlockResult, UnlockTask } from './key-unlock-worker'

/** For keys made with very many rounds (ssh-keygen -a); whoever waits longer is better served by an agent. */
const unlockLimitMs = 60_000

/**
 * The private key as PEM, or undefined when the passphrase does not fit. Worked out in a thread that ends with it;
 * key and passphrase go to that thread and nowhere else.
 */
export async function unlockKey(
  task: UnlockTask,
  path: string,
  limitMs = unlockLimitMs,
): Promise<string | undefined> {
  const worker = await startWorker(task)
  let timer: NodeJS.Timeout | undefined
  try {
    const result = await new Promise<UnlockResult>((resolve, reject) => {
      timer = setTimeout(() => {
        reject(
          new AppError('timed-out', `The key ${path} takes too long to unlock`, {
            cure: 'Load it into the ssh agent (ssh-add), or make it anew with fewer rounds (ssh-keygen -p -a 16)',
          }),
        )
      }, limitMs)
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('The thread that unlocks keys ended without an answer')))
    })
    return result.privatePem
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

async function startWorker(task: UnlockTask): Promise<Worker> {
  // in the app this is the bundle's path, not a URL: scripts/build.mjs puts it here
  const here = import.meta.url
  // from source, in tests and benches
  if (here.startsWith('file:')) {
    const file = fileURLToPath(new URL('key-unlock-worker.ts', here))
    const code = `require('tsx/cjs'); require(${JSON.stringify(file)})`
    return new Worker(code, { eval: true, workerData: task, execArgv: [] })
  }
  // read here, as threads do not see into the app's archive on all platforms
  const code = await readFile(join(dirname(here), 'link', 'key-unlock-worker.cjs'), 'utf8')
  return new Worker(code, { eval: true, workerData: task, execArgv: [] })
}
