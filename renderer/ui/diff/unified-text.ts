import { foldUnchanged } from './diff-folds'
import type { DiffRow } from './diff-lines'

const signs = { same: ' ', removed: '-', added: '+' } as const

/** The difference as the text that `diff -u` and mailing lists have made usual, without names of files. */
export function unifiedText(rows: readonly DiffRow[]): string {
  if (rows.every(({ kind }) => kind === 'same')) return ''
  let before = 0
  let after = 0
  const lines: string[] = []
  for (const { kind, rows: part } of foldUnchanged(rows)) {
    const beforeCount = part.filter((row) => row.kind !== 'added').length
    const afterCount = part.filter((row) => row.kind !== 'removed').length
    if (kind === 'rows') {
      lines.push(`@@ -${range(before, beforeCount)} +${range(after, afterCount)} @@`)
      for (const row of part) lines.push(signs[row.kind] + row.parts.map(({ text }) => text).join(''))
    }
    before += beforeCount
    after += afterCount
  }
  return `${lines.join('\n')}\n`
}

/** A part without lines is named by the line before it, as patch expects. */
function range(linesBefore: number, count: number): string {
  return `${count === 0 ? linesBefore : linesBefore + 1},${count}`
}
