/** Backups in push mode: the emulator itself writes what a disk has into an image of the host. */
import { AppError } from '../../../../shared/errors'
import type { BackupProgress, Checkpoint } from '../../../../shared/model/backups/backup'
import type { VmId } from '../../../../shared/model/ids'
import { backupXml, checkpointXml } from '../../../domain-xml/backups/backup-xml'
import { backupCommand } from '../../../domain-xml/backups/commands'
import { parseXml } from '../../../domain-xml/document'
import {
  isInvalidState,
  isRpcError,
  paramMap,
  RpcError,
  virDomainBackupBeginFlags,
  virDomainGetJobStatsFlags as statsFlags,
  virDomainJobOperation as operations,
  virDomainJobType as jobTypes,
  virDomainPausedReason,
  virDomainState,
  type DomainHandle,
} from '../../../libvirt-rpc/index'
import type { BackupSession } from '../../backup-session'
import { domainOf } from '../domain-handle'
import { numberIn } from '../domain-stats'
import { changeTimeoutMs, domainDocument, readTimeoutMs, type LibvirtHost } from '../host'
import { translated } from '../translated'
import { whileHeldStill } from './held-still'

const quick = { timeoutMs: readTimeoutMs }
const change = { timeoutMs: changeTimeoutMs }

export function backupsOf(host: LibvirtHost, virsh: (words: readonly string[]) => string): BackupSession {
  const { rpc, inventory } = host
  const dom = (vm: VmId): DomainHandle => domainOf(vm, inventory.nameOf(vm))
  const cancel = async (vm: VmId): Promise<void> => {
    await rpc.call('DOMAIN_ABORT_JOB', { dom: dom(vm) }, change)
  }
  const targetsOf = async (vm: VmId): Promise<string[]> => {
    const devices = (await domainDocument(host, vm)).find('devices')
    return (devices?.children('disk') ?? []).flatMap((disk) => disk.find('target')?.attribute('dev') ?? [])
  }
  return translated({
    checkpoints: (vm) => readCheckpoints(host, dom(vm)),
    begin: async (vm, request) => {
      const targets = await targetsOf(vm)
      const { checkpoint } = request
      const begin = async (): Promise<void> => {
        await rpc.callJob(
          'DOMAIN_BACKUP_BEGIN',
          {
            dom: dom(vm),
            backup_xml: backupXml(request, targets),
            checkpoint_xml: checkpoint === undefined ? null : checkpointXml(checkpoint, request, targets),
            flags: virDomainBackupBeginFlags.VIR_DOMAIN_BACKUP_BEGIN_REUSE_EXTERNAL,
          },
          change,
        )
      }
      try {
        await (request.holdsStill ? whileHeldStill(host, dom(vm), begin, () => cancel(vm)) : begin())
      } catch (error) {
        throw bitmapLost(error)
      }
    },
    beginCommand: async (vm, request) => backupCommand(virsh, dom(vm).name, request, await targetsOf(vm)),
    progress: (vm) => readProgress(host, dom(vm)),
    isHeldUp: async (vm) => {
      const { state, reason } = await rpc.call('DOMAIN_GET_STATE', { dom: dom(vm), flags: 0 }, quick)
      return (
        state === virDomainState.VIR_DOMAIN_PAUSED &&
        reason === virDomainPausedReason.VIR_DOMAIN_PAUSED_IOERROR
      )
    },
    cancel,
    deleteCheckpoint: async (vm, name) => {
      const checkpoint = { name, dom: dom(vm) }
      await rpc.callJob('DOMAIN_CHECKPOINT_DELETE', { checkpoint, flags: 0 }, change)
    },
  } satisfies BackupSession)
}

/** A checkpoint is only as good as the bitmaps in the images, which another tool may have dropped. */
function bitmapLost(error: unknown): unknown {
  if (!isRpcError(error, 'VIR_ERR_CHECKPOINT_INCONSISTENT')) return error
  return new AppError('invalid', 'The host no longer knows what changed since the last backup', {
    cure: 'Make a full backup: later ones can follow it.',
    detail: error.message,
    cause: error,
  })
}

async function readCheckpoints({ rpc }: LibvirtHost, dom: DomainHandle): Promise<Checkpoint[]> {
  let handles
  try {
    const args = { dom, need_results: 1, flags: 0 }
    handles = (await rpc.call('DOMAIN_LIST_ALL_CHECKPOINTS', args, quick)).checkpoints
  } catch (error) {
    // older daemons and other drivers have none
    if (error instanceof RpcError && !isRpcError(error, 'VIR_ERR_NO_DOMAIN')) return []
    throw error
  }
  const all = await Promise.all(
    handles.map(async (checkpoint): Promise<Checkpoint> => {
      const { xml } = await rpc.call('DOMAIN_CHECKPOINT_GET_XML_DESC', { checkpoint, flags: 0 }, quick)
      const { root } = parseXml(xml, `the description of checkpoint ${checkpoint.name}`)
      const parent = root.textOf('parent', 'name')
      return {
        name: checkpoint.name,
        atMs: Number(root.textOf('creationTime') ?? 0) * 1000,
        ...(parent === undefined ? {} : { parent }),
      }
    }),
  )
  return all.sort((one, other) => one.atMs - other.atMs)
}

async function readProgress({ rpc }: LibvirtHost, dom: DomainHandle): Promise<BackupProgress> {
  const stats = async (flags: number) => {
    const { type, params } = await rpc.call('DOMAIN_GET_JOB_STATS', { dom, flags }, quick)
    return { type, values: paramMap(params) }
  }
  try {
    const now = await stats(0)
    if (now.type === jobTypes.VIR_DOMAIN_JOB_BOUNDED || now.type === jobTypes.VIR_DOMAIN_JOB_UNBOUNDED) {
      return {
        state: 'running',
        doneBytes: numberIn(now.values, 'disk_processed') ?? 0,
        totalBytes: numberIn(now.values, 'disk_total') ?? 0,
      }
    }
    const last = await stats(
      statsFlags.VIR_DOMAIN_JOB_STATS_COMPLETED | statsFlags.VIR_DOMAIN_JOB_STATS_KEEP_COMPLETED,
    )
    if (numberIn(last.values, 'operation') !== operations.VIR_DOMAIN_JOB_OPERATION_BACKUP)
      return { state: 'none' }
    if (last.type === jobTypes.VIR_DOMAIN_JOB_COMPLETED) return { state: 'completed' }
    if (last.type === jobTypes.VIR_DOMAIN_JOB_CANCELLED) return { state: 'cancelled' }
    const reason = last.values.get('errmsg')
    return { state: 'failed', ...(typeof reason === 'string' ? { reason } : {}) }
  } catch (error) {
    // it does not run any more
    if (isInvalidState(error)) return { state: 'none' }
    throw error
  }
}
