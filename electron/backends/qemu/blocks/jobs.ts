/** Jobs of QEMU, from their beginning to their end (qapi/job.json). */
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '../../../../shared/errors'
import { objectsIn, type JsonObject } from '../../../qmp/index'
import type { ActionContext } from '../../backend'
import { cancelled } from '../errors'
import type { Guest } from '../guest'
import { jobIdOf, newTail, type JobName } from './job-ids'

const pollMs = 200
/** Memory is written and read within one command, and the monitor is silent meanwhile. */
export const longMs = 3_500_000
const patience = { timeoutMs: longMs }

export interface JobWish {
  readonly command: string
  readonly args: JsonObject
  readonly name: Pick<JobName, 'word' | 'of'>
  readonly context: ActionContext
  /** What stays true when it fails, as a sentence. */
  readonly cure: string
}

/** To its end. One that is ready to be switched is; cancelled, it is given up. */
export async function runJob(guest: Guest, { command, args, name, context, cure }: JobWish): Promise<void> {
  const id = jobIdOf({ ...name, tail: newTail() })
  await guest.execute(command, { ...args, 'job-id': id }, patience)
  let isEnding = false
  for (;;) {
    const job = await jobOf(guest, id)
    if (!job) return
    const { status, error, 'current-progress': done, 'total-progress': total } = job
    if (status === 'concluded') {
      await guest.execute('job-dismiss', { id })
      if (context.signal.aborted) throw cancelled()
      if (typeof error === 'string')
        throw new AppError('invalid', 'QEMU could not do this', { cure, detail: error })
      return
    }
    if (context.signal.aborted && !isEnding) {
      isEnding = true
      await guest.execute('job-cancel', { id })
    } else if (status === 'ready' && !isEnding) {
      isEnding = true
      await guest.execute('job-complete', { id })
    }
    if (typeof done === 'number' && typeof total === 'number' && total > 0)
      context.onProgress(Math.min(1, done / total))
    await delay(pollMs)
  }
}

async function jobOf(guest: Guest, id: string): Promise<JsonObject | undefined> {
  return objectsIn(await guest.execute('query-jobs', {}, patience)).find((job) => job['id'] === id)
}
