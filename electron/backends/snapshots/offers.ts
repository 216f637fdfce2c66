/** What a new snapshot of a VM may be. Rules are those of qemuSnapshotPrepare in libvirt, told before they are met. */
import type {
  SnapshotDiskChoice,
  SnapshotOffer,
  SnapshotView,
} from '../../../shared/model/snapshots/snapshot'
import { noAgentChannel } from '../../../shared/model/guest-agent'
import { allOf, allowed, refused, type Verdict } from '../../../shared/model/snapshots/verdict'
import { ownDisks, type DiskFacts, type Reading, type VmFacts } from './reading'
import { newestFirst } from './tree'

type Offers = Readonly<Record<SnapshotOffer, Verdict>>

export function offersOf({ vm }: Reading): Offers {
  const isExternal = allOf([vm.canSnapshot, someDisk(vm), anyExternal(vm)])
  return {
    internal: internal(vm),
    external: isExternal,
    memory: allOf([isExternal, memory(vm)]),
    quiesce: allOf([isExternal, quiesce(vm)]),
    live: allOf([isExternal, memory(vm)]),
  }
}

function someDisk(vm: VmFacts): Verdict {
  return ownDisks(vm).some(({ path }) => path !== undefined)
    ? allowed
    : refused('The VM has no disk that it writes to', 'Add a disk on its Hardware tab.')
}

function internal(vm: VmFacts): Verdict {
  return allOf([
    vm.canSnapshot,
    someDisk(vm),
    ...ownDisks(vm).map(internalDisk),
    vm.nvramFormat === undefined || (vm.canInternalUefi && vm.nvramFormat === 'qcow2')
      ? allowed
      : refused(
          'The VM starts with UEFI, and its variables cannot be kept inside an image',
          'Take an external snapshot; the UEFI variables stay as they are when you go back.',
        ),
    vm.isActive ? memory(vm) : allowed,
  ])
}

/** Memory of devices that are the host's own cannot be read, so a guest with them is neither saved nor migrated. */
function memory(vm: VmFacts): Verdict {
  if (!vm.isActive) return refused('The VM is not running, so there is no memory to keep')
  const [device] = vm.passthrough
  return device === undefined
    ? allowed
    : refused(
        `The VM has ${device} of the host, whose state cannot be saved`,
        'Take an external snapshot of the disks only, or one while the VM is off.',
      )
}

function quiesce(vm: VmFacts): Verdict {
  if (!vm.isActive) return refused('The VM is not running, so its file systems are at rest')
  if (vm.isPaused) return refused('The VM is paused, so its agent cannot answer', 'Resume it first.')
  if (vm.agent === 'none') return refused(noAgentChannel.message, noAgentChannel.cure)
  return vm.agent === 'connected'
    ? allowed
    : refused(
        'The guest agent does not answer',
        'Install qemu-guest-agent in the guest and start it; or take the snapshot while the VM is off.',
      )
}

function internalDisk(disk: DiskFacts): Verdict {
  const { target, format = 'raw', path, isFile } = disk
  if (path === undefined || !isFile)
    return refused(
      `${target} is not a file, so nothing can be kept inside it`,
      'Take an external snapshot of the other disks, or snapshots where its storage is.',
    )
  return format === 'qcow2'
    ? allowed
    : refused(
        `${target} is ${format === 'raw' ? 'a raw image' : `of the format ${format}`}, and only qcow2 images can keep snapshots inside`,
        'Take an external snapshot, or convert the image to qcow2.',
      )
}

function externalDisk({ target, path, isShareable, isReadOnly, device }: DiskFacts): Verdict {
  if (path === undefined)
    return refused(
      `${target} has no file or device on the host that a new one could be built on`,
      'Take snapshots where its storage is.',
    )
  if (device !== 'disk') return refused(`${target} passes commands to a device of the host, and has no image`)
  if (isReadOnly) return refused(`${target} is read-only, so it stays as it is`)
  return isShareable
    ? refused(`${target} is shared with other VMs, which would not see the new file`)
    : allowed
}

function anyExternal(vm: VmFacts): Verdict {
  const verdicts = ownDisks(vm).map(externalDisk)
  return verdicts.some(({ isAllowed }) => isAllowed) ? allowed : allOf(verdicts)
}

export function diskChoicesOf({ vm }: Reading): SnapshotDiskChoice[] {
  const own = new Set(ownDisks(vm))
  return vm.disks
    .filter(({ device }) => device === 'disk' || device === 'lun')
    .map((disk) => {
      const isInside = own.has(disk) ? internalDisk(disk) : refused(`${disk.target} is read-only`)
      const isBeside = externalDisk(disk)
      return {
        target: disk.target,
        ...(disk.path === undefined ? {} : { path: disk.path }),
        ...(disk.format === undefined ? {} : { format: disk.format }),
        internal: isInside,
        external: isBeside,
        usual: {
          internal: isInside.isAllowed ? 'internal' : 'none',
          external: isBeside.isAllowed ? 'external' : 'none',
        },
      }
    })
}

/** The kind of the snapshots that are there, so that they can be deleted in any order; inside first otherwise. */
export function usualKind({ snapshots }: Reading, offers: Offers): SnapshotView['usual'] {
  const last = newestFirst(snapshots)[0]?.kind
  if (last === 'external' && offers.external.isAllowed) return 'external'
  if (offers.internal.isAllowed) return 'internal'
  return offers.external.isAllowed ? 'external' : undefined
}

const longChain = 8

function mixesMemory(snapshots: Reading['snapshots']): boolean {
  const inside = snapshots.filter(({ kind }) => kind === 'internal')
  return new Set(inside.map(({ hasMemory }) => hasMemory)).size > 1
}

export function warningsOf({ vm, snapshots, chains, foreign }: Reading): string[] {
  const kinds = new Set(snapshots.map(({ kind }) => kind))
  const long = chains.filter(({ files }) => files.length > longChain)
  return [
    ...(vm.hasSavedState
      ? [
          'The VM has a saved state, which fits its disks as they are now. Start the VM, or discard that state, before going back to a snapshot.',
        ]
      : []),
    ...(kinds.size > 1
      ? [
          'The VM has internal and external snapshots. An internal one cannot be gone back to or deleted while newer external ones are there: these have to be deleted first.',
        ]
      : []),
    ...(mixesMemory(snapshots)
      ? [
          'Some internal snapshots have the memory of the running VM, others were taken while it was off. Going back to one of these ends what runs, and leaves the VM off unless it is to be started.',
        ]
      : []),
    ...(vm.nvramFormat !== undefined && kinds.has('external')
      ? ['UEFI variables are no part of external snapshots: they stay as they are when you go back.']
      : []),
    ...(vm.isPersistent ? [] : ['The VM is transient: when it stops, the host forgets its snapshots.']),
    ...long.map(
      ({ target, files }) =>
        `${target} is made of ${files.length} files on top of each other. Reading gets slower with each; delete snapshots that nobody needs.`,
    ),
    ...(foreign.length > 0
      ? [
          'Some images have snapshots inside that were made by other programs, with qemu-img or in QEMU’s monitor. They are listed apart, and cannot be managed here.',
        ]
      : []),
  ]
}
