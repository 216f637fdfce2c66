import type { Snapshot } from '../../../shared/model/snapshots/snapshot'

/** No snapshot has an empty name. */
export const nowKey = ''

export interface TreeRow {
  /** The name of the snapshot, or `nowKey`. */
  readonly key: string
  readonly parentKey: string | undefined
  /** From 1 on, as aria-level counts. */
  readonly level: number
  /** Absent: what the VM is now. */
  readonly snapshot: Snapshot | undefined
}

/** Each snapshot above those that were made after it, and "you are here" below the one that the VM is built on. */
export function treeRows(snapshots: readonly Snapshot[]): TreeRow[] {
  const names = new Set(snapshots.map(({ name }) => name))
  const children = new Map<string | undefined, Snapshot[]>()
  for (const snapshot of snapshots) {
    const parent = parentOf(snapshot, names)
    const list = children.get(parent) ?? []
    list.push(snapshot)
    children.set(parent, list)
  }
  const rows: TreeRow[] = []
  const seen = new Set<string>()
  const now = (parentKey: string | undefined, level: number): TreeRow => ({
    key: nowKey,
    parentKey,
    level,
    snapshot: undefined,
  })
  const add = (first: readonly Snapshot[]): void => {
    // not by recursion: a host may tell of thousands, each the child of another
    const open: { snapshot?: Snapshot; parentKey: string | undefined; level: number }[] = first
      .map((snapshot) => ({ snapshot, parentKey: parentOf(snapshot, names), level: 1 }))
      .toReversed()
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { snapshot, parentKey, level } = next
      if (snapshot === undefined) {
        rows.push(now(parentKey, level))
        continue
      }
      if (seen.has(snapshot.name)) continue
      seen.add(snapshot.name)
      rows.push({ key: snapshot.name, parentKey, level, snapshot })
      const below = { parentKey: snapshot.name, level: level + 1 }
      if (snapshot.isCurrent) open.push(below)
      for (const child of (children.get(snapshot.name) ?? []).toReversed())
        open.push({ snapshot: child, ...below })
    }
  }
  add(children.get(undefined) ?? [])
  // what a host tells may go in a circle: nothing is left out because of it
  for (const snapshot of snapshots) if (!seen.has(snapshot.name)) add([snapshot])
  if (!rows.some(({ key }) => key === nowKey)) rows.push(now(undefined, 1))
  return rows
}

function parentOf({ name, parent }: Snapshot, names: ReadonlySet<string>): string | undefined {
  return parent !== undefined && parent !== name && names.has(parent) ? parent : undefined
}

/** All that were made after it, at any depth. */
export function descendantsOf(snapshots: readonly Snapshot[], name: string): string[] {
  const found = new Set([name])
  // parents stand before their children
  for (const snapshot of snapshots)
    if (snapshot.parent !== undefined && found.has(snapshot.parent)) found.add(snapshot.name)
  found.delete(name)
  return [...found]
}
