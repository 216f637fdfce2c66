/** What can be done with each snapshot that is there, and why not. */
import type { SnapshotAction } from '../../../shared/model/snapshots/snapshot'
import { allOf, refused, type Verdict } from '../../../shared/model/snapshots/verdict'
import type { SnapshotFacts } from '../../domain-xml/snapshots/document'
import { planDelete } from './delete-order'
import { externalDisks, knownFiles, noSavedState, whereItIs } from './obstacles'
import { pathsOf, type Reading } from './reading'
import { descendantsOf, namesInWords } from './tree'

export function actionsOf(
  reading: Reading,
  snapshot: SnapshotFacts,
): Readonly<Record<SnapshotAction, Verdict>> {
  const below = descendantsOf(reading.snapshots, snapshot.name)
  return {
    revert: whyNotRevert(reading, snapshot),
    delete: planDelete(reading, [snapshot.name]).verdict,
    deleteWithChildren:
      below.length === 0
        ? refused('No snapshot was made after it')
        : planDelete(reading, [snapshot.name, ...below]).verdict,
    forget: reading.vm.canSnapshot,
    edit: reading.vm.canSnapshot,
    rename:
      snapshot.kind === 'external'
        ? reading.vm.canSnapshot
        : refused(
            'The image knows it by this name, which cannot be changed there',
            'Change its description instead.',
          ),
  }
}

export function whyNotRevert(reading: Reading, snapshot: SnapshotFacts): Verdict {
  const { vm } = reading
  const common = allOf([vm.canSnapshot, noSavedState(reading)])
  if (!common.isAllowed) return common
  if (snapshot.kind === 'mixed')
    return refused('It keeps a part inside the images and a part beside them, which no host can go back to')
  return snapshot.kind === 'internal' ? internalRevert(reading, snapshot) : externalRevert(reading, snapshot)
}

function internalRevert(reading: Reading, snapshot: SnapshotFacts): Verdict {
  return whereItIs(reading, snapshot, pathsOf(reading.vm))
}

/** Going back gives the present overlay up and begins it anew, on what the snapshot keeps. */
function externalRevert(reading: Reading, snapshot: SnapshotFacts): Verdict {
  const { vm, snapshots } = reading
  const children = descendantsOf(snapshots, snapshot.name)
  const paths = pathsOf(vm)
  const disks = externalDisks(snapshot)
  const known = knownFiles(snapshot)
  const moved = disks.find(({ target, overlay }) => paths.get(target) !== overlay)
  if (children.length > 0)
    return refused(
      `${namesInWords(children)} ${children.length === 1 ? 'was' : 'were'} made after it, and would lose what ${children.length === 1 ? 'it is' : 'they are'} built on`,
      `Delete ${children.length === 1 ? 'it' : 'them'} first. What ${children.length === 1 ? 'it keeps' : 'they keep'} goes into the present state, which is given up then.`,
    )
  if (!known.isAllowed) return known
  if (disks.length === 0) return refused('It keeps no disk, so there is nothing to go back to')
  if (moved)
    return refused(
      `${moved.target} is ${paths.get(moved.target) ?? 'gone'} now, and not the file that the snapshot began`,
      'Forget the snapshot, or make that file the image of the disk again.',
    )
  if (vm.isActive)
    return refused(
      'The VM runs, and the files of its disks cannot be changed under it',
      'Shut it down or force it off first.',
    )
  return vm.isPersistent ? vm.canWorkOnFiles : refused('The VM is transient and is gone when it is off')
}
