/**
 * One backup: images are prepared, the hypervisor writes into them, and a file beside them says what they are. An incremental
 * one gets images that are built on those of the backup before, so that each is whole by itself and protects what it needs.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { AppError, isKind } from '../../shared/errors'
import type { BackUpInput, BackupManifest } from '../../shared/model/backups/backup'
import { backupId, imageName, manifestName } from '../../shared/model/backups/backup-names'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import type { VolumeAt } from '../backends/storage-session'
import { whyFull } from '../disk-jobs/full-pool'
import type { Look } from './look'
import { writeManifest } from './manifest'

const lookMs = 500

export interface BackupWork {
  readonly input: BackUpInput
  readonly look: Look
  /** Of the backup it follows. */
  readonly parent?: { readonly manifest: BackupManifest; readonly pool: string }
  readonly pool: string
  readonly nowMs: number
}

export async function backUp(
  session: HypervisorSession,
  { input: { vm, kind, holdsStill }, look, parent, pool, nowMs }: BackupWork,
  context: ActionContext,
): Promise<void> {
  const { storage, backups } = session
  const { vmName, pools } = look.view
  const id = backupId(vmName, nowMs)
  const folder = pools.find(({ name }) => name === pool)?.path ?? ''
  // what runs names places that only this run has
  const definition = (await session.definition(vm, 'stored')).xml
  const checkpoint = look.canFollow ? id : undefined
  const made: VolumeAt[] = []
  try {
    const disks: BackupManifest['disks'] = []
    for (const { target, sizeBytes = 0 } of look.disks) {
      const volume = imageName(id, target)
      const below = parent?.manifest.disks.find((one) => one.target === target)
      await storage.createVolume(
        pool,
        {
          name: volume,
          format: 'qcow2',
          capacityBytes: sizeBytes,
          allocation: 'sparse',
          ...(below ? { backingPath: `${folder}/${below.volume}`, backingFormat: 'qcow2' } : {}),
        },
        context,
      )
      made.push({ pool, volume })
      disks.push({ target, volume, sizeBytes })
    }
    const since = parent?.manifest.checkpoint
    await backups.begin(vm, {
      disks: disks.map(({ target, volume }) => ({ target, path: `${folder}/${volume}` })),
      holdsStill,
      ...(since === undefined ? {} : { since }),
      ...(checkpoint === undefined ? {} : { checkpoint }),
    })
    const neededBytes = disks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    await untilComplete(session, { vm, vmName, pool, neededBytes }, context)
    // it may be given up when all but this is done
    made.push({ pool, volume: manifestName(id) })
    await writeManifest(
      session,
      pool,
      {
        format: 'innkeeper-backup',
        version: 1,
        id,
        vm,
        vmName,
        atMs: nowMs,
        kind,
        ...(parent ? { parent: parent.manifest.id } : {}),
        ...(checkpoint === undefined ? {} : { checkpoint }),
        definition,
        disks,
      },
      context.signal,
    )
  } catch (error) {
    if (isKind(error, 'unreachable', 'timed-out')) {
      throw new AppError('unreachable', `The host was lost while ${vmName} was backed up`, {
        cure: `What was written of ${id} in ${pool} is no backup yet: delete it in Storage, and its checkpoint here.`,
        cause: error,
      })
    }
    // without its images nothing could follow it; it may not have been made
    if (checkpoint !== undefined) await backups.deleteCheckpoint(vm, checkpoint).catch(() => undefined)
    for (const at of made) await gone(storage, at)
    throw error
  }
}

/** Removes what may not have been made yet. */
async function gone(storage: HypervisorSession['storage'], at: VolumeAt): Promise<void> {
  try {
    await storage.deleteVolume(at, true)
  } catch (error) {
    if (!isKind(error, 'not-found')) throw error
  }
}

interface Waited {
  readonly vm: BackUpInput['vm']
  readonly vmName: string
  readonly pool: string
  /** At most. */
  readonly neededBytes: number
}

async function untilComplete(
  session: HypervisorSession,
  { vm, vmName, pool, neededBytes }: Waited,
  { signal, onProgress }: ActionContext,
): Promise<void> {
  const { backups } = session
  let isAsked = false
  for (;;) {
    const progress = await backups.progress(vm)
    switch (progress.state) {
      case 'completed':
        if (signal.aborted) throw givenUp(vmName)
        return
      case 'cancelled':
        if (isAsked) throw givenUp(vmName)
        throw new AppError('busy', `Somebody else cancelled the backup of ${vmName}`, {
          cure: 'Make it anew.',
        })
      case 'none':
        throw new AppError('busy', `${vmName} was stopped, and the backup ended with it`, {
          cure: 'Start it and make the backup anew. Nothing of it was kept.',
        })
      case 'failed':
        throw await whyFailed(session, { vm, vmName, pool, neededBytes }, progress.reason)
      case 'running': {
        const { doneBytes, totalBytes } = progress
        if (totalBytes > 0) onProgress(Math.min(0.99, doneBytes / totalBytes), { doneBytes, totalBytes })
        if (signal.aborted && !isAsked) {
          isAsked = true
          await backups.cancel(vm)
        } else await delay(lookMs, undefined, isAsked ? {} : { signal }).catch(() => undefined)
      }
    }
  }
}

function givenUp(vmName: string): AppError {
  return new AppError('cancelled', `The backup of ${vmName} was cancelled`)
}

async function whyFailed(
  session: HypervisorSession,
  { vmName, pool, neededBytes }: Waited,
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
