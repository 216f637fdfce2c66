/** Backups that QEMU itself writes of a running guest into images of the host, all disks as they are in one moment. */
import { AppError } from '../../../../shared/errors'
import type { BackupProgress, BackupRequest } from '../../../../shared/model/backups/backup'
import type { VmId } from '../../../../shared/model/ids'
import { objectsIn, isObject, QmpError, type JsonObject } from '../../../qmp/index'
import type { BackupSession } from '../../backup-session'
import { whileHeldStill } from '../agent/held-still'
import { diskPathsOf, noDisk } from '../blocks/definitions'
import { jobIdOf, newTail, readJobId } from '../blocks/job-ids'
import { isClosed, openDisk, openNodes } from '../blocks/nodes'
import type { Guest } from '../guest'
import { runningGuest, type QemuHost } from '../host'
import { storedOf } from '../snapshots/read'
import { deleteCheckpoint, keepCheckpoint, readBitmaps, usableCheckpoints } from './checkpoints'

/** What QEMU says of a job that was cancelled. */
const cancelledWords = /^Operation cancell?ed$/

export function backupsOf(host: QemuHost): BackupSession {
  return {
    checkpoints: async (vm) => usableCheckpoints(host, await host.inventory.find(vm)),
    async begin(vm, request) {
      const { entry, guest } = await runningGuest(host, vm)
      const { folder } = storedOf(entry)
      await refuseLost(guest, request, diskPathsOf(entry))
      await clear(guest)
      const tail = newTail()
      const opened: string[] = []
      try {
        for (const { target, path } of request.disks) {
          const node = targetNode(target, tail)
          const file = { driver: 'file', filename: path }
          await guest.execute('blockdev-add', { driver: 'qcow2', 'node-name': node, file })
          opened.push(node)
        }
        const actions = await actionsOf(guest, diskPathsOf(entry), request, tail)
        const start = async (): Promise<void> => void (await guest.execute('transaction', { actions }))
        const undo = async (): Promise<void> => cancelAll(guest, await backupJobs(guest))
        await (request.holdsStill ? whileHeldStill(host, vm, start, undo) : start())
      } catch (error) {
        for (const node of opened) await isClosed(guest, node)
        throw error
      }
      if (request.checkpoint !== undefined)
        await keepCheckpoint(host.store, folder, request.checkpoint, request)
    },
    async beginCommand(vm, request) {
      const { entry, guest } = await runningGuest(host, vm)
      const actions = await actionsOf(guest, diskPathsOf(entry), request, newTail())
      return JSON.stringify({ execute: 'transaction', arguments: { actions } })
    },
    async progress(vm) {
      const { run } = await host.inventory.find(vm)
      if (!run) return { state: 'none' }
      const { guest } = await runningGuest(host, vm)
      const jobs = await backupJobs(guest)
      // of no use without those that failed (QEMU groups no jobs with bitmaps that are added)
      if (jobs.some(({ error }) => error !== undefined)) await cancelAll(guest, jobs)
      const progress = progressOf(jobs)
      if (progress.state !== 'running') await closeTargets(guest)
      return progress
    },
    async isHeldUp(vm) {
      const { run } = await host.inventory.find(vm)
      if (!run) return false
      const answer = await (await runningGuest(host, vm)).guest.execute('query-status')
      return isObject(answer) && answer['status'] === 'io-error'
    },
    async cancel(vm) {
      const { guest } = await runningGuest(host, vm)
      const jobs = (await backupJobs(guest)).filter(({ status }) => status !== 'concluded')
      if (jobs.length === 0) throw new AppError('invalid', 'No backup of this VM is being made')
      await cancelAll(guest, jobs)
    },
    deleteCheckpoint: (vm: VmId, name) => deleteCheckpoint(host, vm, name),
  }
}

async function actionsOf(
  guest: Guest,
  disks: ReturnType<typeof diskPathsOf>,
  { disks: wanted, since, checkpoint }: BackupRequest,
  tail: string,
): Promise<JsonObject[]> {
  const actions: JsonObject[] = []
  for (const { target } of wanted) {
    const path = disks.find((disk) => disk.target === target)?.path
    if (path === undefined) throw noDisk(target)
    const { top } = await openDisk(guest, target, path)
    if (checkpoint !== undefined) {
      const data = { node: top.name, name: checkpoint, persistent: true }
      actions.push({ type: 'block-dirty-bitmap-add', data })
    }
    const what: JsonObject =
      since === undefined
        ? { sync: 'full' }
        : // the bitmap goes on as it is, for those who follow the same one
          { sync: 'bitmap', bitmap: since, 'bitmap-mode': 'never' }
    actions.push({
      type: 'blockdev-backup',
      data: {
        'job-id': jobIdOf({ word: 'backup', of: target, tail }),
        device: top.name,
        target: targetNode(target, tail),
        ...what,
        // how it ended is asked for afterwards
        'auto-dismiss': false,
      },
    })
  }
  return actions
}

const targetPrefix = 'backup-'
const targetNode = (target: string, tail: string): string => `${targetPrefix}${target}-${tail}`

interface BackupJob {
  readonly id: string
  readonly status: unknown
  readonly error?: string
  readonly doneBytes: number
  readonly totalBytes: number
}

async function backupJobs(guest: Guest): Promise<BackupJob[]> {
  return objectsIn(await guest.execute('query-jobs')).flatMap((job): BackupJob[] => {
    const { id, status, error, 'current-progress': done, 'total-progress': total } = job
    if (typeof id !== 'string' || readJobId(id)?.word !== 'backup') return []
    return [
      {
        id,
        status,
        ...(typeof error === 'string' ? { error } : {}),
        doneBytes: typeof done === 'number' ? done : 0,
        totalBytes: typeof total === 'number' ? total : 0,
      },
    ]
  })
}

async function cancelAll(guest: Guest, jobs: readonly BackupJob[]): Promise<void> {
  for (const { id, status } of jobs) {
    if (status === 'concluded' || status === 'aborting') continue
    try {
      await guest.execute('job-cancel', { id })
    } catch (error) {
      // it has just ended
      if (!(error instanceof QmpError)) throw error
    }
  }
}

function progressOf(jobs: readonly BackupJob[]): BackupProgress {
  if (jobs.length === 0) return { state: 'none' }
  if (jobs.some(({ status }) => status !== 'concluded'))
    return {
      state: 'running',
      doneBytes: jobs.reduce((all, { doneBytes }) => all + doneBytes, 0),
      totalBytes: jobs.reduce((all, { totalBytes }) => all + totalBytes, 0),
    }
  const errors = jobs.flatMap(({ error }) => error ?? [])
  const reason = errors.find((error) => !cancelledWords.test(error))
  if (reason !== undefined) return { state: 'failed', reason }
  return { state: errors.length > 0 ? 'cancelled' : 'completed' }
}

/** Of earlier ones, which nobody looked at to their end. */
async function clear(guest: Guest): Promise<void> {
  for (const { id, status } of await backupJobs(guest)) {
    if (status !== 'concluded')
      throw new AppError('busy', 'A backup of this VM is being made already', {
        cure: 'Wait until it has ended.',
      })
    await guest.execute('job-dismiss', { id })
  }
  await closeTargets(guest)
}

async function closeTargets(guest: Guest): Promise<void> {
  for (const { name } of await openNodes(guest))
    if (name.startsWith(targetPrefix)) await isClosed(guest, name)
}

/** A checkpoint is only as good as the bitmaps in the images, which another tool may have dropped. */
async function refuseLost(
  guest: Guest,
  { since, disks }: BackupRequest,
  known: ReturnType<typeof diskPathsOf>,
): Promise<void> {
  if (since === undefined) return
  const bitmaps = (await readBitmaps(guest)).filter(({ name, isLost }) => name === since && !isLost)
  const without = disks.find(({ target }) => {
    const path = known.find((disk) => disk.target === target)?.path
    return !bitmaps.some((bitmap) => bitmap.path === path)
  })
  if (!without) return
  throw new AppError('invalid', 'The host no longer knows what changed since the last backup', {
    cure: 'Make a full backup: later ones can follow it.',
    detail: `The image of ${without.target} has no bitmap “${since}” that could be used`,
  })
}
