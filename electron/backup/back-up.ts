/**
 * One backup: its images are made, by the hypervisor or by the pools, and a file beside them says what they are. An incremental
 * one gets images that are built on those of the backup before, so that each is whole by itself and protects what it needs.
 */
import { AppError, isKind } from '../../shared/errors'
import type { BackUpInput } from '../../shared/model/backups/backup'
import { manifestName } from '../../shared/model/backups/backup-names'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import type { VolumeAt } from '../backends/storage-session'
import { whyFull } from '../disk-jobs/full-pool'
import { follow } from './follow'
import { writeManifest } from './manifest'
import type { NewBackup } from './new-backup'

export interface BackupWork {
  readonly vm: BackUpInput['vm']
  readonly vmName: string
  readonly backup: NewBackup
  readonly nowMs: number
}

export async function backUp(
  session: HypervisorSession,
  { vm, vmName, backup, nowMs }: BackupWork,
  context: ActionContext,
): Promise<void> {
  const { storage, backups } = session
  const { id, pool, parent, images } = backup
  // what runs names places that only this run has
  const definition = (await session.definition(vm, 'stored')).xml
  const checkpoint = backup.how === 'written' ? backup.request.checkpoint : undefined
  const made: VolumeAt[] = []
  try {
    if (backup.how === 'written') await write(session, { vm, vmName, backup }, made, context)
    else await copy(session, { vm, vmName, backup }, made, context)
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
        kind: parent ? 'incremental' : 'full',
        ...(parent ? { parent: parent.id } : {}),
        ...(checkpoint === undefined ? {} : { checkpoint }),
        definition,
        disks: images.map(({ target, volume, sizeBytes }) => ({ target, volume, sizeBytes })),
      },
      context.signal,
    )
  } catch (error) {
    if (isKind(error, 'unreachable', 'timed-out')) {
      const rest = checkpoint === undefined ? '' : ', and its checkpoint here'
      throw new AppError('unreachable', `The host was lost while ${vmName} was backed up`, {
        cure: `What was written of ${id} in ${pool} is no backup yet: delete it in Storage${rest}.`,
        cause: error,
      })
    }
    // without its images nothing could follow it; it may not have been made
    if (checkpoint !== undefined) await backups.deleteCheckpoint(vm, checkpoint).catch(() => undefined)
    for (const at of made) await gone(storage, at)
    throw error
  }
}

interface Work<How extends NewBackup['how']> {
  readonly vm: BackUpInput['vm']
  readonly vmName: string
  readonly backup: Extract<NewBackup, { readonly how: How }>
}

/** By the hypervisor of a running VM; images that were begun are in `made`. */
async function write(
  session: HypervisorSession,
  { vm, vmName, backup: { pool, images, request } }: Work<'written'>,
  made: VolumeAt[],
  context: ActionContext,
): Promise<void> {
  for (const { volume, sizeBytes, backingPath } of images) {
    await session.storage.createVolume(
      pool,
      {
        name: volume,
        format: 'qcow2',
        capacityBytes: sizeBytes,
        allocation: 'sparse',
        ...(backingPath === undefined ? {} : { backingPath, backingFormat: 'qcow2' }),
      },
      context,
    )
    made.push({ pool, volume })
  }
  const neededBytes = images.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  await follow(session, { vm, vmName, pool, neededBytes }, request, context)
}

/** By the pools of a VM that is off; whoever starts it elsewhere meanwhile is refused by the host's lock on the image. */
async function copy(
  session: HypervisorSession,
  { vm, vmName, backup: { pool, images } }: Work<'copied'>,
  made: VolumeAt[],
  { signal, onProgress }: ActionContext,
): Promise<void> {
  const totalBytes = images.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  let before = 0
  for (const { target, from, volume, sizeBytes } of images) {
    const share = totalBytes > 0 ? sizeBytes / totalBytes : 1 / images.length
    const done = before
    try {
      await session.storage.cloneVolume(
        { ...from, toPool: pool, name: volume, format: 'qcow2' },
        { signal, onProgress: (part, amount) => onProgress(Math.min(0.99, done + part * share), amount) },
      )
    } catch (error) {
      if (isKind(error, 'unreachable', 'timed-out', 'cancelled', 'already-exists')) throw error
      const outcome = 'Nothing of it was kept.'
      throw (await whyFull(session, pool, { neededBytes: sizeBytes, outcome })) ?? error
    }
    made.push({ pool, volume })
    before += share
    if ((await session.diskJobs.disk(vm, target)).isRunning) {
      throw new AppError('busy', `${vmName} was started while its disks were copied`, {
        cure: 'Nothing of it was kept. Back it up anew: while it runs its hypervisor does it.',
      })
    }
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
