/** What stands in the way of more than one action. */
import { allowed, refused, type Verdict } from '../../../shared/model/snapshots/verdict'
import type { SnapshotFacts } from '../../domain-xml/snapshots/document'
import type { Reading } from './reading'
import { descendantsOf, namesInWords, newestFirst } from './tree'

export function noSavedState({ vm }: Reading): Verdict {
  return vm.hasSavedState
    ? refused(
        'The VM has a saved state that fits its disks only as they are now',
        'Start the VM, or discard the saved state, and try again.',
      )
    : allowed
}

/** QEMU looks for a snapshot in the image that is written to, not in those below it. */
export function whereItIs(
  reading: Reading,
  snapshot: SnapshotFacts,
  paths: ReadonlyMap<string, string>,
): Verdict {
  const elsewhere = snapshot.disks.find(
    ({ kind, target, file }) => kind === 'internal' && file !== undefined && paths.get(target) !== file,
  )
  if (!elsewhere) return allowed
  const { target, file = '' } = elsewhere
  if (!paths.has(target)) return refused(`The VM has no disk ${target} any more, where the snapshot is kept`)
  const later = newerExternal(reading, snapshot)
  return refused(
    `It is inside ${file}, and ${target} is ${paths.get(target) ?? ''} now`,
    later.length === 0
      ? `Make ${file} the image of ${target} again.`
      : `Delete ${namesInWords(later)} first, newest first: what they keep goes into the images below.`,
  )
}

function newerExternal({ snapshots }: Reading, { createdAtMs, name }: SnapshotFacts): string[] {
  const below = new Set(descendantsOf(snapshots, name))
  return newestFirst(snapshots)
    .filter(
      (one) =>
        one.kind === 'external' &&
        one.name !== name &&
        (below.has(one.name) || one.createdAtMs >= createdAtMs),
    )
    .map((one) => one.name)
}

export const externalDisks = ({
  disks,
}: SnapshotFacts): { readonly target: string; readonly overlay: string; readonly file: string }[] =>
  disks.flatMap(({ kind, target, overlay, file }) =>
    kind === 'external' && overlay !== undefined && file !== undefined ? [{ target, overlay, file }] : [],
  )

/** One that is written down without its files can only be forgotten. */
export function knownFiles({ disks }: SnapshotFacts): Verdict {
  const unknown = disks.find(
    ({ kind, overlay, file }) => kind === 'external' && (overlay === undefined || file === undefined),
  )
  return unknown === undefined
    ? allowed
    : refused(
        `It does not say in which file ${unknown.target} was`,
        'Forget it, and look at its files by hand.',
      )
}
