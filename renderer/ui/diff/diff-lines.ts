import { diffArrays } from 'diff'
import { pairLines } from './pair-lines'

export interface DiffPart {
  readonly text: string
  /** What is different within a line that otherwise stayed. */
  readonly isChanged: boolean
}

export interface DiffRow {
  readonly kind: 'same' | 'removed' | 'added'
  /** Counted from 1; missing where the line is not part of that text. */
  readonly beforeLine?: number
  readonly afterLine?: number
  /** The line, in order and complete; without its line feed. */
  readonly parts: readonly DiffPart[]
}

/**
 * Finding the shortest difference takes as long as the square of its length. Beyond this the texts have so little in
 * common that one is shown removed and the other added.
 */
const maxEdits = 1200

/** The difference of two texts as the lines of a unified view: of each change what was removed, then what was added. */
export function diffLines(before: string, after: string): DiffRow[] {
  const [old, young] = linesOf(before, after)
  const head = commonStart(old, young)
  const tail = commonEnd(old, young, head)
  const rows: DiffRow[] = []
  let beforeLine = 1
  let afterLine = 1
  const keep = (lines: readonly string[]): void => {
    for (const text of lines)
      rows.push({
        kind: 'same',
        beforeLine: beforeLine++,
        afterLine: afterLine++,
        parts: [{ text, isChanged: false }],
      })
  }
  const replace = (removed: readonly string[], added: readonly string[]): void => {
    const parts = pairLines(removed, added)
    for (const line of parts.removed) rows.push({ kind: 'removed', beforeLine: beforeLine++, parts: line })
    for (const line of parts.added) rows.push({ kind: 'added', afterLine: afterLine++, parts: line })
  }

  keep(old.slice(0, head))
  const changes = changesOf(old.slice(head, old.length - tail), young.slice(head, young.length - tail))
  for (const { same, removed, added } of changes) {
    keep(same)
    replace(removed, added)
  }
  keep(old.slice(old.length - tail))
  return rows
}

/** A line feed at the end of both ends the last line; at the end of one it is a difference, shown as an empty line. */
function linesOf(before: string, after: string): [string[], string[]] {
  const split = (text: string): string[] => (text === '' ? [] : text.split('\n'))
  const old = split(before)
  const young = split(after)
  const isClosed = (lines: readonly string[]): boolean => lines.length === 0 || lines.at(-1) === ''
  if (isClosed(old) && isClosed(young)) {
    old.pop()
    young.pop()
  }
  return [old, young]
}

function commonStart(old: readonly string[], young: readonly string[]): number {
  const most = Math.min(old.length, young.length)
  let count = 0
  while (count < most && old[count] === young[count]) count++
  return count
}

function commonEnd(old: readonly string[], young: readonly string[], head: number): number {
  const most = Math.min(old.length, young.length) - head
  let count = 0
  while (count < most && old[old.length - 1 - count] === young[young.length - 1 - count]) count++
  return count
}

interface Change {
  readonly same: readonly string[]
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

/** What stays is followed by what was taken out after it and what was put in its place. */
function changesOf(old: string[], young: string[]): Change[] {
  const found = diffArrays(old, young, { maxEditLength: maxEdits })
  if (!found) return [{ same: [], removed: old, added: young }]
  const changes: { same: string[]; removed: string[]; added: string[] }[] = []
  for (const { added, removed, value } of found) {
    let last = changes.at(-1)
    if (!last || (!added && !removed)) {
      last = { same: [], removed: [], added: [] }
      changes.push(last)
    }
    const list = added ? last.added : removed ? last.removed : last.same
    for (const line of value) list.push(line)
  }
  return changes
}
