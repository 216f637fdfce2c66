/** Watches a job on a disk until both images are equal, it is over, or nobody wants it any more. */
import { setTimeout as delay } from 'node:timers/promises'
import type { DiskRef } from '../../shared/model/disk-jobs/disk-job'
import type { ActionContext, HypervisorSession } from '../backends/backend'

/** Between two looks. */
const lookMs = 500

export type HowItWent = 'ready' | 'gone' | 'unwanted'

export async function follow(
  { diskJobs }: Pick<HypervisorSession, 'diskJobs'>,
  { vm, target }: Pick<DiskRef, 'vm' | 'target'>,
  { signal, onProgress }: ActionContext,
): Promise<HowItWent> {
  for (;;) {
    if (signal.aborted) return 'unwanted'
    const job = (await diskJobs.jobs(vm)).find((one) => one.target === target)
    if (!job) return 'gone'
    const { doneBytes, totalBytes } = job
    // a job that has just begun does not know yet how much there is
    if (totalBytes > 0) onProgress(Math.min(0.99, doneBytes / totalBytes), { doneBytes, totalBytes })
    if (job.isReady) return 'ready'
    await delay(lookMs, undefined, { signal }).catch(() => undefined)
  }
}
