/** What backups a VM has, and what one would come to now. Changes nothing. */
import { isKind } from '../../shared/errors'
import type { Backup, BackupManifest, BackupsView } from '../../shared/model/backups/backup'
import { isManifest } from '../../shared/model/backups/backup-names'
import type { DiskFacts } from '../../shared/model/disk-jobs/disk-job'
import { isActive, type VmRecord } from '../../shared/model/vm'
import type { HypervisorSession } from '../backends/backend'
import type { VolumeAt } from '../backends/storage-session'
import { asClonePool, filePools, volumeOfPath } from '../disk-jobs/volume-of-path'
import { asBackup, readManifest } from './manifest'

const readingMs = 30_000
/** Beyond this the oldest of a pool are left out. */
const mostPerPool = 500

/** Files that were read once; one never changes. */
export type KnownManifests = Map<string, BackupManifest | undefined>

export interface FoundBackups {
  readonly backups: readonly Backup[]
  readonly manifests: ReadonlyMap<string, BackupManifest>
  readonly unread: readonly string[]
}

export async function findBackups(
  session: HypervisorSession,
  /** Undefined: all. */
  vm: string | undefined,
  pools: readonly { readonly name: string }[],
  known: KnownManifests,
): Promise<FoundBackups> {
  const backups: Backup[] = []
  const manifests = new Map<string, BackupManifest>()
  const unread: string[] = []
  const signal = AbortSignal.timeout(readingMs)
  await Promise.all(
    pools.map(async ({ name: pool }) => {
      try {
        const { volumes } = await session.storage.volumeNames(pool)
        const names = volumes.map(({ name }) => name)
        const own: BackupManifest[] = []
        for (const volume of names.filter(isManifest).toSorted().slice(-mostPerPool)) {
          const key = `${pool}/${volume}`
          if (!known.has(key)) known.set(key, await readManifest(session, pool, volume, signal))
          const manifest = known.get(key)
          if (manifest && (vm === undefined || manifest.vm === vm)) own.push(manifest)
        }
        const there = new Set(names)
        for (const manifest of own) {
          manifests.set(`${pool}/${manifest.id}`, manifest)
          backups.push(asBackup(pool, manifest, own, there))
        }
      } catch (error) {
        if (isKind(error, 'unreachable')) throw error
        unread.push(pool)
      }
    }),
  )
  return { backups: backups.sort((one, other) => other.atMs - one.atMs), manifests, unread }
}

/** A disk that a backup has. */
export interface LookedAt extends DiskFacts {
  /** Where its image is, when that is a volume of an active pool. */
  readonly at?: VolumeAt
}

export interface Look {
  readonly view: BackupsView
  readonly disks: readonly LookedAt[]
  /** Whether what changes from now on can be remembered. */
  readonly canFollow: boolean
}

export async function lookAtBackups(
  session: HypervisorSession,
  vm: VmRecord,
  known: KnownManifests,
): Promise<Look> {
  const [overview, checkpoints, listed] = await Promise.all([
    session.overview(vm.id),
    session.backups.checkpoints(vm.id),
    session.storage.pools(),
  ])
  const pools = filePools(listed.items)
  const [found, facts] = await Promise.all([
    findBackups(session, vm.id, pools, known),
    Promise.all(overview.disks.map(({ target }) => session.diskJobs.disk(vm.id, target))),
  ])
  const shared = new Set(overview.disks.filter((disk) => disk.isShareable).map(({ target }) => target))
  const all = facts.map((disk): LookedAt => {
    const [top] = disk.layers
    const at = top?.isFile === true ? volumeOfPath(pools, top.place) : undefined
    return { ...disk, ...(at ? { at } : {}) }
  })
  const disks = all.map((disk) => {
    const whyNot = whyLeftOut(disk, shared)
    const { target, sizeBytes } = disk
    return {
      target,
      ...(whyNot === undefined ? {} : { whyNot }),
      ...(sizeBytes === undefined ? {} : { sizeBytes }),
    }
  })
  const wanted = all.filter((disk) => whyLeftOut(disk, shared) === undefined)
  const raw = wanted.filter(({ layers }) => layers[0]?.format !== 'qcow2')
  const isRunning = isActive(vm.state)
  const whyNot =
    (vm.isPersistent
      ? undefined
      : 'The VM is gone once it stops: it has no definition that could be restored') ??
    (wanted.length === 0 ? 'The VM has no disk that could be backed up' : undefined) ??
    (pools.length === 0 ? 'The host has no active pool that keeps files' : undefined)
  const names = new Set(checkpoints.map(({ name }) => name))
  const sameDisks = (backup: Backup): boolean =>
    backup.disks.map(({ target }) => target).join() === wanted.map(({ target }) => target).join()
  const follows = found.backups.find(
    (backup) =>
      backup.checkpoint !== undefined &&
      names.has(backup.checkpoint) &&
      backup.missing.length === 0 &&
      sameDisks(backup),
  )
  const whyNotIncremental =
    (isRunning
      ? undefined
      : 'While the VM is off its pools copy whole disks, as only a running hypervisor knows what changed') ??
    (raw.length > 0
      ? `What changes on ${raw.map(({ target }) => target).join(', ')} cannot be remembered: only qcow2 images can`
      : undefined) ??
    (follows ? undefined : 'There is no backup of these disks yet whose checkpoint the VM still has')
  return {
    disks: wanted,
    canFollow: isRunning && raw.length === 0,
    view: {
      vmName: vm.name,
      isRunning,
      backups: found.backups,
      checkpoints,
      pools: pools.map(asClonePool),
      disks,
      ...(whyNot === undefined ? {} : { whyNot }),
      ...(isRunning && follows ? { follows: { id: follows.id, pool: follows.pool } } : {}),
      ...(whyNotIncremental === undefined ? {} : { whyNotIncremental }),
      hasAgent: overview.hasGuestAgentChannel,
      unread: found.unread,
    },
  }
}

function whyLeftOut(
  { device, layers, isReadOnly, target, sizeBytes, isRunning, at }: LookedAt,
  shared: ReadonlySet<string>,
): string | undefined {
  if (device !== 'disk') return 'a drive, not a disk'
  if (layers.length === 0) return 'empty'
  if (isReadOnly) return 'only read by the VM'
  if (shared.has(target)) return 'shared with other VMs'
  if (!isRunning && !at) return 'in no active pool of files that could copy it while the VM is off'
  return isRunning && sizeBytes === undefined ? 'its size is not known' : undefined
}
