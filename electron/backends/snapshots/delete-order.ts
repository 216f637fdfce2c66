/**
 * The order in which snapshots can be deleted without loss for the others. It is found by doing it on paper: of those
 * that are to go the newest that can go goes, disks are where that leaves them, and so on until none is left or stuck.
 *
 * An external one goes by merging the file that was begun with it into the one below. That file is then what the next
 * snapshot keeps, and what is inside it (internal snapshots) would be lost: these have to go before.
 */
import { allOf, allowed, refused, type Verdict } from '../../../shared/model/snapshots/verdict'
import { withMergedFile, type SnapshotFacts, readSnapshot } from '../../domain-xml/snapshots/document'
import { externalDisks, knownFiles, noSavedState, whereItIs } from './obstacles'
import { pathsOf, type Reading } from './reading'
import { descendantsOf, namesInWords } from './tree'

export type Deed =
  | {
      readonly kind: 'merge'
      readonly snapshot: string
      readonly target: string
      readonly from: string
      readonly into: string
      /** The file that is built on `from` by then; absent: it is the one that is written to. */
      readonly above?: string
    }
  /** Of an internal one, with all that the host knows of it. */
  | { readonly kind: 'remove-data'; readonly snapshot: string }
  | { readonly kind: 'forget'; readonly snapshot: string }
  | { readonly kind: 'remove-file'; readonly snapshot: string; readonly path: string }

export interface DeleteOrder {
  readonly verdict: Verdict
  readonly deeds: readonly Deed[]
}

interface Paper {
  readonly reading: Reading
  readonly snapshots: readonly SnapshotFacts[]
  /** Files of each disk, the one that is written to first. */
  readonly chains: ReadonlyMap<string, readonly string[]>
}

export function planDelete(reading: Reading, names: readonly string[]): DeleteOrder {
  const { canSnapshot } = reading.vm
  if (!canSnapshot.isAllowed) return { verdict: canSnapshot, deeds: [] }
  const deeds: Deed[] = []
  let paper: Paper = { reading, snapshots: reading.snapshots, chains: chainsOf(reading) }
  const waiting = new Set(names)
  while (waiting.size > 0) {
    const order = paper.snapshots
      .filter(({ name }) => waiting.has(name))
      .toSorted(
        (a, b) =>
          descendantsOf(paper.snapshots, a.name).length - descendantsOf(paper.snapshots, b.name).length ||
          b.createdAtMs - a.createdAtMs,
      )
    const verdicts = order.map((one) => whyNotDelete(paper, one))
    const next = order[verdicts.findIndex(({ isAllowed }) => isAllowed)]
    if (!next) return { verdict: verdicts[0] ?? allowed, deeds: [] }
    const own = deedsOf(paper, next)
    deeds.push(...own)
    paper = after(paper, next, own)
    waiting.delete(next.name)
  }
  return { verdict: allowed, deeds }
}

/** What is known of the files of each disk; at least the one it is. */
function chainsOf({ vm, chains }: Reading): Map<string, readonly string[]> {
  const known = new Map(chains.map(({ target, files }) => [target, files.map(({ path }) => path)]))
  return new Map([...pathsOf(vm)].map(([target, path]) => [target, known.get(target) ?? [path]]))
}

function whyNotDelete({ reading, snapshots, chains }: Paper, snapshot: SnapshotFacts): Verdict {
  const paths = new Map([...chains].map(([target, files]) => [target, files[0] ?? '']))
  if (snapshot.kind === 'mixed')
    return refused(
      'It keeps a part inside the images and a part beside them, which cannot be deleted in one step',
      'Forget it, and remove its files by hand.',
    )
  if (snapshot.kind === 'internal') return whereItIs(reading, snapshot, paths)
  return allOf([
    noSavedState(reading),
    knownFiles(snapshot),
    reading.vm.isActive ? allowed : reading.vm.canWorkOnFiles,
    ...externalDisks(snapshot).map(({ target, overlay, file }) => {
      const chain = chains.get(target) ?? []
      const at = chain.indexOf(overlay)
      if (at < 0 || chain[at + 1] !== file)
        return refused(
          `${overlay}, which was begun with it, is not what ${target} is built of now`,
          'Forget it, and remove the file by hand when nobody needs it.',
        )
      const inside = snapshots.filter((other) =>
        other.disks.some((disk) => disk.kind === 'internal' && disk.file === overlay),
      )
      return inside.length === 0
        ? allowed
        : refused(
            `${namesInWords(inside.map(({ name }) => name))} ${inside.length === 1 ? 'is' : 'are'} inside ${overlay}, and would be lost when it is merged`,
            `Delete ${inside.length === 1 ? 'it' : 'them'} first.`,
          )
    }),
  ])
}

function deedsOf({ chains }: Paper, snapshot: SnapshotFacts): Deed[] {
  const { name, memoryFile } = snapshot
  if (snapshot.kind === 'internal') return [{ kind: 'remove-data', snapshot: name }]
  return [
    ...externalDisks(snapshot).map(({ target, overlay, file }): Deed => {
      const chain = chains.get(target) ?? []
      const above = chain[chain.indexOf(overlay) - 1]
      return {
        kind: 'merge',
        snapshot: name,
        target,
        from: overlay,
        into: file,
        ...(above === undefined ? {} : { above }),
      }
    }),
    { kind: 'forget', snapshot: name },
    ...(memoryFile === undefined
      ? []
      : [{ kind: 'remove-file', snapshot: name, path: memoryFile } satisfies Deed]),
  ]
}

function after(paper: Paper, gone: SnapshotFacts, deeds: readonly Deed[]): Paper {
  const merges = deeds.flatMap((deed) => (deed.kind === 'merge' ? [deed] : []))
  const chains = new Map(
    [...paper.chains].map(([target, files]) => [
      target,
      files.filter((path) => !merges.some((one) => one.target === target && one.from === path)),
    ]),
  )
  const snapshots = paper.snapshots
    .filter((one) => one !== gone)
    .map((one) => {
      const changed = merges.reduce(
        (facts, merge) => {
          const document = withMergedFile(facts, merge)
          return document === undefined ? facts : readSnapshot(document.toString())
        },
        one.parent === gone.name ? withoutParent(one, gone.parent) : one,
      )
      return changed
    })
  return { ...paper, chains, snapshots }
}

function withoutParent(one: SnapshotFacts, parent: string | undefined): SnapshotFacts {
  const { parent: _, ...rest } = one
  return parent === undefined ? rest : { ...rest, parent }
}
