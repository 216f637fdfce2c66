import type { DiffRow } from './diff-lines'

/** Lines that stayed are shown this far around a change. */
const contextLines = 3
/** A line that says what is hidden takes the place of one, so it must hide clearly more. */
const leastHidden = 4

export type DiffSection =
  | { readonly kind: 'rows'; readonly rows: readonly DiffRow[] }
  /** `start` tells folds apart: the place of their first row among all rows. */
  | { readonly kind: 'fold'; readonly start: number; readonly rows: readonly DiffRow[] }

/** Splits a difference into what is shown and runs of unchanged lines that are folded away. */
export function foldUnchanged(rows: readonly DiffRow[]): DiffSection[] {
  const sections: DiffSection[] = []
  let shownFrom = 0
  for (let start = 0; start < rows.length; ) {
    if (rows[start]?.kind !== 'same') {
      start++
      continue
    }
    let end = start
    while (rows[end]?.kind === 'same') end++
    const from = start === 0 ? 0 : start + contextLines
    const to = end === rows.length ? end : end - contextLines
    if (to - from >= leastHidden) {
      if (from > shownFrom) sections.push({ kind: 'rows', rows: rows.slice(shownFrom, from) })
      sections.push({ kind: 'fold', start: from, rows: rows.slice(from, to) })
      shownFrom = to
    }
    start = end
  }
  if (shownFrom < rows.length) sections.push({ kind: 'rows', rows: rows.slice(shownFrom) })
  return sections
}
