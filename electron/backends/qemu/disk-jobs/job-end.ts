/** How a job ends: QEMU tells it once, to whoever listens. */
import { objectsIn } from '../../../qmp/index'
import { setTimeout as delay } from 'node:timers/promises'
import type { Guest } from '../guest'

const pollMs = 100

export interface JobEnd {
  /** QEMU's own words, when it failed. */
  readonly error?: string
}

/** Of a job that `work` begins or ends: its end is listened for before that can be. */
export async function whileListening<T>(
  guest: Guest,
  id: string,
  work: () => Promise<T>,
): Promise<{ readonly ended: Promise<JobEnd> }> {
  const giveUp = new AbortController()
  const ended = jobEnd(guest, id, giveUp.signal)
  // told to whoever waits for it
  ended.catch(() => undefined)
  try {
    await work()
    return { ended }
  } catch (error) {
    giveUp.abort()
    throw error
  }
}

async function jobEnd(guest: Guest, id: string, signal: AbortSignal): Promise<JobEnd> {
  const { data } = await guest.untilEvent(
    ({ name, data: told }) =>
      (name === 'BLOCK_JOB_COMPLETED' || name === 'BLOCK_JOB_CANCELLED') && told['device'] === id,
    signal,
  )
  const { error } = data
  return typeof error === 'string' ? { error } : {}
}

export async function untilGone(guest: Guest, id: string): Promise<void> {
  for (;;) {
    const jobs = objectsIn(await guest.execute('query-block-jobs'))
    if (!jobs.some((job) => job['device'] === id && job['status'] !== 'concluded')) return
    await delay(pollMs)
  }
}
