/** Disks as they were when a snapshot was taken: where that is to be read now. Pure. */
import { AppError } from '../../shared/errors'
import type { PlanProblem } from '../../shared/model/new-vm/new-vm'
import type { Snapshot, SnapshotView } from '../../shared/model/snapshots/snapshot'
import { warning } from '../new-vm/problem'
import type { SourceDisk } from './source-disks'

/**
 * `inside`: in the image, beside what it is now; only qemu-img reads it there. `below`: a file that nobody writes to as
 * long as the snapshot is there. `none`: the snapshot has nothing of it.
 */
export type DiskMoment = 'inside' | 'below' | 'none'

export function snapshotToClone({ snapshots }: SnapshotView, name: string): Snapshot {
  const found = snapshots.find((one) => one.name === name)
  if (found) return found
  throw new AppError('not-found', `There is no snapshot “${name}” any more`, {
    cure: 'Look at the list of snapshots again.',
  })
}

export function asOfSnapshot(disk: SourceDisk, { disks }: Snapshot, { chains }: SnapshotView): SourceDisk {
  // media are no part of snapshots, and what nobody writes to is what it was
  if (disk.device !== 'disk' || disk.isReadOnly) return disk
  const kept = disks.find(({ target }) => target === disk.target)
  if (kept?.kind === 'internal') {
    const path = kept.file ?? (disk.place.kind === 'file' ? disk.place.path : undefined)
    // only qcow2 keeps snapshots
    return path === undefined
      ? { ...disk, moment: 'none' }
      : { ...disk, place: { kind: 'file', path }, format: 'qcow2', moment: 'inside' }
  }
  if (kept?.kind !== 'external' || kept.file === undefined) return { ...disk, moment: 'none' }
  const { file } = kept
  const format = chains.flatMap(({ files }) => files).find(({ path }) => path === file)?.format
  return { ...disk, place: { kind: 'file', path: file }, format, moment: 'below' }
}

/** What the clone has not, or has of today. */
export function snapshotNotes(snapshot: Snapshot, vmName: string, hasNvram: boolean): PlanProblem[] {
  return [
    ...(snapshot.state === 'shut-off'
      ? []
      : [
          warning(
            'snapshot',
            snapshot.hasMemory
              ? 'The memory of the snapshot is not in the clone: it starts as after a power failure.'
              : `${vmName} was running when the snapshot was taken: the clone starts as after a power failure.`,
          ),
        ]),
    ...(hasNvram
      ? [
          warning(
            'snapshot',
            `The UEFI variables are those that ${vmName} has now, not those of the snapshot.`,
          ),
        ]
      : []),
  ]
}
