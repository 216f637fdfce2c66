/**
 * A backup that the hypervisor makes, from its beginning to its end. What the guest is about to write over is saved first, so
 * where the backup cannot be written the guest cannot either: its hypervisor stops it with an I/O error
 * (https://www.qemu.org/docs/master/interop/qemu-qmp-ref.html, OnCbwError). The guest is worth more than the backup.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { AppError, isKind } from '../../shared/errors'
import type { BackupRequest } from '../../shared/model/backups/backup'
import type { VmId } from '../../shared/model/ids'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { whyFull } from '../disk-jobs/full-pool'

const lookMs = 500

export interface Followed {
  readonly vm: VmId
  readonly vmName: string
  readonly pool: string
  /** At most. */
  readonly neededBytes: number
}

/** Ends when it is complete. However it ends, the guest does not stand still because of it. */
export async function follow(
  session: HypervisorSession,
  followed: Followed,
  request: BackupRequest,
  context: ActionContext,
): Promise<void> {
  const { backups } = session
  const { vm } = followed
  // one that stood still before is none of ours
  const isOurs = !(await backups.isHeldUp(vm))
  await backups.begin(vm, request)
  try {
    await untilComplete(session, followed, isOurs, context)
  } catch (error) {
    // that it failed is what has to be told; a guest that still stands is seen to
    if (isOurs) await goOn(session, vm).catch(() => undefined)
    throw error
  }
  if (isOurs) await goOn(session, vm)
}

async function goOn(session: HypervisorSession, vm: VmId): Promise<void> {
  if (!(await session.backups.isHeldUp(vm))) return
  // its write is tried again, and nothing keeps it now
  await session.power(vm, 'resume', {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
}

async function untilComplete(
  session: HypervisorSession,
  followed: Followed,
  isOurs: boolean,
  { signal, onProgress }: ActionContext,
): Promise<void> {
  const { backups } = session
  const { vm, vmName } = followed
  let asked: 'not' | 'by the user' | 'for the guest' = 'not'
  for (;;) {
    const progress = await backups.progress(vm)
    switch (progress.state) {
      case 'completed':
        if (signal.aborted) throw givenUp(vmName)
        return
      case 'cancelled':
        if (asked === 'by the user') throw givenUp(vmName)
        if (asked === 'for the guest') throw await whyFailed(session, followed, undefined)
        throw new AppError('busy', `Somebody else cancelled the backup of ${vmName}`, {
          cure: 'Make it anew.',
        })
      case 'none':
        throw new AppError('busy', `${vmName} was stopped, and the backup ended with it`, {
          cure: 'Start it and make the backup anew. Nothing of it was kept.',
        })
      case 'failed':
        throw await whyFailed(session, followed, progress.reason)
      case 'running': {
        const { doneBytes, totalBytes } = progress
        if (totalBytes > 0) onProgress(Math.min(0.99, doneBytes / totalBytes), { doneBytes, totalBytes })
        if (asked === 'not') {
          if (signal.aborted) asked = 'by the user'
          else if (isOurs && (await backups.isHeldUp(vm))) asked = 'for the guest'
          if (asked !== 'not') {
            await cancel(session, vm)
            continue
          }
        }
        await delay(lookMs, undefined, asked === 'not' ? { signal } : {}).catch(() => undefined)
      }
    }
  }
}

/** What has ended by itself meanwhile says so at the next look. */
async function cancel({ backups }: HypervisorSession, vm: VmId): Promise<void> {
  try {
    await backups.cancel(vm)
  } catch (error) {
    if (!isKind(error, 'invalid')) throw error
  }
}

function givenUp(vmName: string): AppError {
  return new AppError('cancelled', `The backup of ${vmName} was cancelled`)
}

async function whyFailed(
  session: HypervisorSession,
  { vmName, pool, neededBytes }: Followed,
  detail: string | undefined,
): Promise<AppError> {
  const full = await whyFull(session, pool, { neededBytes, outcome: 'Nothing of it was kept.', detail })
  return (
    full ??
    new AppError('internal', `The host could not back up ${vmName}`, {
      cure: 'Nothing of it was kept. The details have the words of the host.',
      ...(detail === undefined ? {} : { detail }),
    })
  )
}
