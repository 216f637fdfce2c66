/** What can be done with a disk of a VM now, and why something else cannot. Changes nothing. */
import { isKind } from '../../shared/errors'
import type { DiskPlan, DiskRef, MergeChoice } from '../../shared/model/disk-jobs/disk-job'
import type { StorageUsage } from '../../shared/model/storage/volume'
import type { VmRecord } from '../../shared/model/vm'
import type { HypervisorSession } from '../backends/backend'
import { mergeChoices } from './merge-choices'
import { asClonePool, filePools, volumeOfPath } from './volume-of-path'

const unknownUsage: StorageUsage = { users: {}, unread: ['the host'] }

export async function planDisk(
  session: HypervisorSession,
  vm: Pick<VmRecord, 'id' | 'name'>,
  { target }: Pick<DiskRef, 'target'>,
): Promise<DiskPlan> {
  const [facts, jobs, listed, usage] = await Promise.all([
    session.diskJobs.disk(vm.id, target),
    session.diskJobs.jobs(vm.id),
    session.storage.pools(),
    session.storage.usage().catch((error: unknown) => {
      if (isKind(error, 'unreachable', 'cancelled')) throw error
      return unknownUsage
    }),
  ])
  const pools = filePools(listed.items)
  const names = await Promise.all(
    pools.map(async ({ name }) => {
      const { volumes } = await session.storage.volumeNames(name)
      return [name, volumes.map((volume) => volume.name)] as const
    }),
  )
  const [top, ...below] = facts.layers
  const at = top?.isFile === true ? volumeOfPath(pools, top.place) : undefined
  const busy = jobs.some((job) => job.target === target)
    ? 'The host is already working on this disk: wait until that has ended, or stop it'
    : undefined
  const noDisk =
    facts.device !== 'disk'
      ? 'Only disks are moved; the medium of a drive is changed instead'
      : top === undefined
        ? 'The disk is empty'
        : undefined
  const move =
    busy ??
    noDisk ??
    (facts.isRunning && facts.isReadOnly ? 'The VM only reads this disk: shut it off first' : undefined) ??
    (facts.isRunning && facts.sizeBytes === undefined
      ? 'The host does not tell how large the disk is'
      : undefined) ??
    (!facts.isRunning && at === undefined
      ? 'While the VM is off its disks are copied by their pool, and this image is in no active pool of files'
      : undefined) ??
    (pools.length === 0 ? 'The host has no active pool that keeps files' : undefined)
  const flatten =
    busy ??
    noDisk ??
    (facts.isRunning
      ? undefined
      : 'Only possible while the VM runs; while it is off, its image is converted in Storage') ??
    (below.length === 0 ? 'It is built on no other image' : undefined)
  const merges: readonly MergeChoice[] =
    facts.device === 'disk' ? mergeChoices(vm.id, facts, usage, busy) : []
  const others = (top && usage.users[top.place])?.filter((user) => user.vm !== vm.id) ?? []
  const deleteOld =
    (at === undefined ? 'The image is in no active pool of files' : undefined) ??
    (facts.snapshots.length > 0 ? 'Snapshots of the VM need it' : undefined) ??
    (others.length > 0 ? `${others.map(({ name }) => name).join(', ')} uses it too` : undefined) ??
    (usage.unread.length > 0 ? `Who else uses it is not known: ${usage.unread.join('; ')}` : undefined)
  return {
    vmName: vm.name,
    facts,
    ...(at === undefined ? {} : { at }),
    pools: pools.map(asClonePool),
    taken: Object.fromEntries(names),
    whyNot: {
      ...(move === undefined ? {} : { move }),
      ...(flatten === undefined ? {} : { flatten }),
      ...(deleteOld === undefined ? {} : { deleteOld }),
    },
    merges,
    notes:
      facts.snapshots.length > 0
        ? [
            `The copy has no snapshots: going back to ${facts.snapshots.join(', ')} needs the image that is left behind.`,
          ]
        : [],
  }
}
