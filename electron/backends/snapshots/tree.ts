import type { SnapshotFacts } from '../../domain-xml/snapshots/document'

type Named = Pick<SnapshotFacts, 'name' | 'parent' | 'createdAtMs'>

/** Parents before their children, otherwise oldest first; one whose parent is unknown stands at the root. */
export function inTreeOrder<One extends Named>(snapshots: readonly One[]): One[] {
  const known = new Set(snapshots.map(({ name }) => name))
  const sorted = snapshots.toSorted((a, b) => a.createdAtMs - b.createdAtMs || (a.name < b.name ? -1 : 1))
  const parentOf = (one: One): string | undefined => (known.has(one.parent ?? '') ? one.parent : undefined)
  const below = (parent: string | undefined, seen: ReadonlySet<string>): One[] =>
    sorted.flatMap((one) =>
      parentOf(one) === parent && !seen.has(one.name)
        ? [one, ...below(one.name, new Set([...seen, one.name]))]
        : [],
    )
  return below(undefined, new Set())
}

/** Newest first; what was made from another one is newer than it, also within the same second. */
export function newestFirst<One extends Named>(snapshots: readonly One[]): One[] {
  return inTreeOrder(snapshots)
    .toReversed()
    .toSorted((a, b) => b.createdAtMs - a.createdAtMs)
}

/** Names of all that were made after it, on every branch, without itself. */
export function descendantsOf(snapshots: readonly Named[], name: string): string[] {
  const found = new Set<string>()
  const waiting = [name]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
    for (const one of snapshots)
      if (one.parent === at && one.name !== name && !found.has(one.name)) {
        found.add(one.name)
        waiting.push(one.name)
      }
  return [...found]
}

export function nextName(snapshots: readonly Named[]): string {
  const taken = new Set(snapshots.map(({ name }) => name))
  for (let number = snapshots.length + 1; ; number += 1)
    if (!taken.has(`snapshot${number}`)) return `snapshot${number}`
}

/** 'a, "b" and 3 more' */
export function namesInWords(names: readonly string[], most = 4): string {
  const shown = names.slice(0, most).map((name) => `“${name}”`)
  const rest = names.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`
}
