import { createHash } from 'node:crypto'
import { AppError } from '../../../shared/errors'
import type { DeletePlan, DeleteStep, PlannedFile, RevertPlan } from '../../../shared/model/snapshots/plan'
import type { Verdict } from '../../../shared/model/snapshots/verdict'
import { userInWords } from '../../../shared/model/storage/usage-words'
import type { ImageUser } from '../../../shared/model/storage/volume'
import { shellWord } from '../../../shared/shell-word'
import { definitionIn, isSameDefinition, type SnapshotFacts } from '../../domain-xml/snapshots/document'
import type { DeleteWish } from '../snapshot-session'
import { whyNotRevert } from './actions'
import { planDelete, type Deed } from './delete-order'
import type { SnapshotDriver } from './driver'
import { externalDisks } from './obstacles'
import { ownDisks, type Reading } from './reading'
import { descendantsOf, namesInWords } from './tree'

export function snapshotNamed(reading: Reading, name: string): SnapshotFacts {
  const found = reading.snapshots.find((one) => one.name === name)
  if (found) return found
  throw new AppError('not-found', `${reading.vm.name} has no snapshot “${name}” any more`, {
    cure: 'Somebody has deleted or renamed it; look at the list again.',
  })
}

export function refuseUnless(verdict: Verdict, field?: string): void {
  if (verdict.isAllowed) return
  throw new AppError('unsupported', verdict.reason, { cure: verdict.cure, field })
}

/** All that a plan follows from. */
export function stampOf({ vm, snapshots, current, chains }: Reading, what: unknown): string {
  const told = [
    what,
    [vm.isActive, vm.isPaused, vm.hasSavedState],
    vm.disks.map(({ target, path }) => [target, path]),
    snapshots.map(({ document }) => document.toString()),
    current,
    chains.map(({ target, files }) => [target, files.map(({ path }) => path)]),
  ]
  return createHash('sha256').update(JSON.stringify(told)).digest('hex')
}

export function formatOf({ vm, chains }: Reading, path: string): string {
  const known = chains.flatMap(({ files }) => files).find((file) => file.path === path)?.format
  return known ?? vm.disks.find((disk) => disk.path === path)?.format ?? 'qcow2'
}

const fileOf = ({ chains }: Reading, path: string): PlannedFile => {
  const sizeBytes = chains.flatMap(({ files }) => files).find((file) => file.path === path)?.sizeBytes
  return { path, ...(sizeBytes === undefined ? {} : { sizeBytes }) }
}

export async function workOutRevert(
  driver: SnapshotDriver,
  reading: Reading,
  name: string,
): Promise<RevertPlan> {
  const { vm } = reading
  const snapshot = snapshotNamed(reading, name)
  refuseUnless(whyNotRevert(reading, snapshot))
  await refuseShared(driver, reading, new Map(externalDisks(snapshot).map(({ overlay }) => [overlay, name])))
  const disks = snapshot.disks.filter(({ kind }) => kind !== 'none').map(({ target }) => target)
  const untouched = ownDisks(vm).filter(({ target }) => !disks.includes(target))
  const isInternal = snapshot.kind === 'internal'
  const then = definitionIn(snapshot)
  return {
    stamp: stampOf(reading, ['revert', name]),
    lost: [
      `Everything that was written to ${inWords(disks)} since the snapshot was taken`,
      ...(vm.isActive ? ['The memory of the running guest, with all that is not saved in it'] : []),
      ...(isInternal && then !== undefined && !isSameDefinition(then, vm.definition)
        ? ['Changes that were made to the hardware of the VM since then']
        : []),
      ...(isInternal && vm.remembersChanges === true
        ? ['What is remembered of changes since the last backup: the next one is a full one']
        : []),
      ...(untouched.length > 0
        ? [
            `Nothing of ${inWords(untouched.map(({ target }) => target))}, which stays as it is: it may not fit the rest any more`,
          ]
        : []),
    ],
    files: [],
    starts: ['as-was', 'running', 'paused'],
    asWas: snapshot.hasMemory ? (snapshot.state === 'paused' ? 'paused' : 'running') : 'shut-off',
    commands: isInternal
      ? driver.commands.revertInternal(reading, snapshot)
      : [
          ...externalDisks(snapshot).map(({ overlay, file }) =>
            [
              'qemu-img create -f qcow2 -F',
              formatOf(reading, file),
              '-b',
              shellWord(file),
              shellWord(overlay),
            ].join(' '),
          ),
          ...(snapshot.memoryFile === undefined
            ? []
            : [driver.commands.restoreMemory(reading, snapshot.memoryFile)]),
        ],
  }
}

export interface WorkedDelete {
  readonly plan: DeletePlan
  readonly deeds: readonly Deed[]
}

export async function workOutDelete(
  driver: SnapshotDriver,
  reading: Reading,
  { names, withChildren, metadataOnly }: Omit<DeleteWish, 'stamp'>,
): Promise<WorkedDelete> {
  const all = new Set(
    names.flatMap((name) => [
      snapshotNamed(reading, name).name,
      ...(withChildren ? descendantsOf(reading.snapshots, name) : []),
    ]),
  )
  const snapshots = [...all]
  const order = metadataOnly
    ? {
        verdict: reading.vm.canSnapshot,
        deeds: snapshots.map((snapshot): Deed => ({ kind: 'forget', snapshot })),
      }
    : planDelete(reading, snapshots)
  refuseUnless(order.verdict)
  const { deeds } = order
  const merges = deeds.flatMap((deed) => (deed.kind === 'merge' ? [deed] : []))
  await refuseShared(
    driver,
    reading,
    new Map(
      merges.flatMap(
        ({ snapshot, from, into }) =>
          [
            [from, snapshot],
            [into, snapshot],
          ] as const,
      ),
    ),
  )
  const gone = deeds.flatMap((deed) =>
    deed.kind === 'merge' ? [deed.from] : deed.kind === 'remove-file' ? [deed.path] : [],
  )
  // without a way to work on files the host's memory file stays
  const removed = gone.filter((path) => reading.vm.canWorkOnFiles.isAllowed || !isMemory(reading, path))
  const left = metadataOnly
    ? snapshots.flatMap((name) => filesOf(snapshotNamed(reading, name)))
    : gone.filter((path) => !removed.includes(path))
  return {
    deeds: deeds.filter((deed) => deed.kind !== 'remove-file' || removed.includes(deed.path)),
    plan: {
      stamp: stampOf(reading, ['delete', snapshots.toSorted(), metadataOnly]),
      snapshots,
      steps: deeds.map((deed) => stepOf(deed)),
      files: removed.map((path) => fileOf(reading, path)),
      leftFiles: left.map((path) => fileOf(reading, path)),
      lost: [
        `The state${snapshots.length === 1 ? '' : 's'} that ${namesInWords(snapshots)} ${snapshots.length === 1 ? 'keeps' : 'keep'}: nobody can go back to ${snapshots.length === 1 ? 'it' : 'them'} afterwards. What the VM is now stays.`,
      ],
      commands: deeds.flatMap((deed) => commandsOf(driver, reading, deed)),
    },
  }
}

const isMemory = ({ snapshots }: Reading, path: string): boolean =>
  snapshots.some(({ memoryFile }) => memoryFile === path)

const filesOf = ({ disks, memoryFile }: SnapshotFacts): string[] => [
  ...disks.flatMap(({ overlay }) => overlay ?? []),
  ...(memoryFile === undefined ? [] : [memoryFile]),
]

/** A file that is emptied, or that another one is merged into, must be nobody else's base. */
async function refuseShared(
  driver: SnapshotDriver,
  { vm, chains }: Reading,
  /** Each with the snapshot that it is about. */
  paths: ReadonlyMap<string, string>,
): Promise<void> {
  if (paths.size === 0) return
  const own = new Set(chains.flatMap(({ files }) => files.map(({ path }) => path)))
  const users = await driver.usersOf([...paths.keys()])
  const isOther = (user: ImageUser): boolean =>
    user.kind === 'image' ? !own.has(user.name) : user.name !== vm.name
  for (const [path, snapshot] of paths) {
    const others = (users.get(path) ?? []).filter(isOther)
    if (others.length === 0) continue
    throw new AppError('unsupported', `${path}, which “${snapshot}” needs, is also the base of others`, {
      cure: 'Make these independent of it first (Storage, the image, Rebase), or delete them; or only forget the snapshot.',
      detail: others.map(userInWords).join('\n'),
    })
  }
}

function stepOf(deed: Deed): DeleteStep {
  const { snapshot, kind } = deed
  switch (kind) {
    case 'merge':
      return { snapshot, kind, title: `Merge ${deed.target}: ${deed.from} into ${deed.into}` }
    case 'remove-data':
      return { snapshot, kind, title: `Remove what the images keep of “${snapshot}”` }
    case 'forget':
      return { snapshot, kind, title: `Forget “${snapshot}”` }
    case 'remove-file':
      return { snapshot, kind, title: `Delete ${deed.path}` }
  }
}

function commandsOf({ commands }: SnapshotDriver, reading: Reading, deed: Deed): readonly string[] {
  switch (deed.kind) {
    case 'merge':
      if (!reading.vm.isActive) return [`qemu-img commit -b ${shellWord(deed.into)} ${shellWord(deed.from)}`]
      return [commands.mergeRunning(reading, deed)]
    case 'remove-data':
      return commands.removeData(reading, snapshotNamed(reading, deed.snapshot))
    case 'forget':
      return [commands.forget(reading, deed.snapshot)]
    case 'remove-file':
      return [`rm ${shellWord(deed.path)}`]
  }
}

const inWords = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? 'the disks') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
