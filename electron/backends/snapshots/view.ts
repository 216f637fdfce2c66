import type { DiskChain, Snapshot, SnapshotView } from '../../../shared/model/snapshots/snapshot'
import type { SnapshotFacts } from '../../domain-xml/snapshots/document'
import { actionsOf } from './actions'
import { diskChoicesOf, offersOf, usualKind, warningsOf } from './offers'
import type { Reading } from './reading'
import { inTreeOrder, nextName } from './tree'

export function viewOf(reading: Reading): SnapshotView {
  const offers = offersOf(reading)
  const usual = usualKind(reading, offers)
  return {
    snapshots: inTreeOrder(reading.snapshots).map((one) => snapshotOf(reading, one)),
    offers,
    ...(usual === undefined ? {} : { usual }),
    disks: diskChoicesOf(reading),
    chains: reading.chains.map(({ target, files }) => ({
      target,
      files: files.map((file) => ({ ...file, snapshots: keptIn(reading, target, file) })),
    })),
    foreign: reading.foreign,
    warnings: warningsOf(reading),
    nextName: nextName(reading.snapshots),
  }
}

function snapshotOf(reading: Reading, facts: SnapshotFacts): Snapshot {
  const { document: _, ...told } = facts
  const sizeBytes = sizeOf(reading, facts)
  return {
    ...told,
    isCurrent: reading.current === facts.name,
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    actions: actionsOf(reading, facts),
  }
}

function keptIn(
  { snapshots }: Reading,
  target: string,
  { path }: Pick<DiskChain['files'][number], 'path'>,
): string[] {
  return snapshots
    .filter((one) =>
      one.disks.some((disk) => disk.target === target && disk.file === path && disk.kind !== 'none'),
    )
    .map(({ name }) => name)
}

/** Of the files that were begun with it; what an internal one takes is known to nobody but its image. */
function sizeOf({ chains }: Reading, { disks, kind }: SnapshotFacts): number | undefined {
  if (kind !== 'external') return undefined
  const sizes = disks.flatMap(({ overlay }) =>
    chains.flatMap(({ files }) =>
      files.flatMap((file) =>
        file.path === overlay && file.sizeBytes !== undefined ? [file.sizeBytes] : [],
      ),
    ),
  )
  return sizes.length === 0 ? undefined : sizes.reduce((sum, size) => sum + size, 0)
}
