import type { Column, Line } from './map-lines'

/** Where a line passes a column it does not end in: room is kept there, so that it need not run behind a box. */
export interface Lane {
  readonly id: string
  readonly column: Column
}

/** A part of lines, between neighbouring columns. What lines from one box have in common is drawn once. */
export interface Segment {
  readonly from: string
  readonly to: string
  /** Of one of its lines at least. */
  readonly isUp: boolean
  readonly ends: readonly (readonly [from: string, to: string])[]
}

/** Lines as parts that each lead to the next column; those from one box share their lanes. */
export function cutLines(
  lines: readonly Line[],
  used: readonly Column[],
  columnOfBox: (id: string) => Column | undefined,
): { readonly lanes: readonly Lane[]; readonly segments: readonly Segment[] } {
  const lanes = new Map<string, Lane>()
  const segments = new Map<string, Segment>()
  for (const { from, to, isUp } of lines) {
    const [first, last] = [from, to].map((id) => {
      const column = columnOfBox(id)
      return column === undefined ? -1 : used.indexOf(column)
    })
    if (first === undefined || last === undefined || first < 0 || last < 0) continue
    let at = from
    for (const column of used.slice(first + 1, last).concat(used[last] ?? [])) {
      const isEnd = column === used[last]
      const next = isEnd ? to : `lane ${column} ${from}`
      if (!isEnd) lanes.set(next, { id: next, column })
      const key = `${at}\n${next}`
      const known = segments.get(key)
      segments.set(key, {
        from: at,
        to: next,
        isUp: isUp || (known?.isUp ?? false),
        ends: [...(known?.ends ?? []), [from, to]],
      })
      at = next
    }
  }
  return { lanes: [...lanes.values()], segments: [...segments.values()] }
}
