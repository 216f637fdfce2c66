import { diffArrays } from 'diff'
import type { DiffPart } from './diff-lines'

interface Paired {
  readonly removed: DiffPart[][]
  readonly added: DiffPart[][]
}

/** Lines less alike than this are two different lines, in which marks would be noise. */
const leastLikeness = 0.4
/** Every line is weighed against every other: a big block is compared line by line in its order instead. */
const maxPairsWeighed = 900
const maxLineLength = 2000
/** A block beyond this is another text, not a changed one. */
const maxBlockLines = 4000

/** Finds which added line is a removed one changed, and marks what differs between the two. */
export function pairLines(removedLines: readonly string[], addedLines: readonly string[]): Paired {
  const removed = removedLines.map(whole)
  const added = addedLines.map(whole)
  if (removed.length + added.length > maxBlockLines) return { removed, added }
  for (const [from, to] of pairsOf(removedLines.map(wordsOf), addedLines.map(wordsOf))) {
    const marked = markDifference(from.words, to.words)
    removed[from.index] = marked.removed
    added[to.index] = marked.added
  }
  return { removed, added }
}

function whole(text: string): DiffPart[] {
  return [{ text, isChanged: false }]
}

/** A name or number, white space, or one sign: what a person sees as one thing in XML. */
function wordsOf(line: string): string[] {
  return line.length > maxLineLength ? [] : (line.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [])
}

interface Line {
  readonly index: number
  readonly words: readonly string[]
}

function pairsOf(removed: readonly string[][], added: readonly string[][]): (readonly [Line, Line])[] {
  const line = (list: readonly string[][], index: number): Line => ({ index, words: list[index] ?? [] })
  if (removed.length * added.length > maxPairsWeighed) {
    if (removed.length !== added.length) return []
    return removed
      .map((_, index) => [line(removed, index), line(added, index)] as const)
      .filter(([from, to]) => likeness(from.words, to.words) >= leastLikeness)
  }
  // The longest common subsequence, only that lines are alike to a degree: best[i][j] is the most likeness to be had
  // from the lines from i and from j on, in their order.
  const weights = removed.map((from) => added.map((to) => likeness(from, to)))
  const weigh = (i: number, j: number): number => weights[i]?.[j] ?? 0
  const best = Array.from({ length: removed.length + 1 }, () => new Float64Array(added.length + 1))
  const bestFrom = (i: number, j: number): number => best[i]?.[j] ?? 0
  const joined = (i: number, j: number): number =>
    weigh(i, j) < leastLikeness ? -1 : weigh(i, j) + bestFrom(i + 1, j + 1)
  for (let i = removed.length - 1; i >= 0; i--) {
    const row = best[i]
    if (!row) continue
    for (let j = added.length - 1; j >= 0; j--)
      row[j] = Math.max(joined(i, j), bestFrom(i + 1, j), bestFrom(i, j + 1))
  }
  const pairs: (readonly [Line, Line])[] = []
  for (let i = 0, j = 0; i < removed.length && j < added.length; ) {
    if (joined(i, j) === bestFrom(i, j)) pairs.push([line(removed, i++), line(added, j++)])
    else if (bestFrom(i + 1, j) >= bestFrom(i, j + 1)) i++
    else j++
  }
  return pairs
}

/** Which share of both lines' characters they have in common, wherever these stand; the indentation does not count. */
function likeness(from: readonly string[], to: readonly string[]): number {
  const counts = new Map<string, number>()
  let length = 0
  let shared = 0
  for (const word of from) {
    if (word.trim() === '') continue
    length += word.length
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  for (const word of to) {
    if (word.trim() === '') continue
    length += word.length
    const count = counts.get(word) ?? 0
    if (count === 0) continue
    counts.set(word, count - 1)
    shared += 2 * word.length
  }
  return length === 0 ? 0 : shared / length
}

function markDifference(
  from: readonly string[],
  to: readonly string[],
): { removed: DiffPart[]; added: DiffPart[] } {
  const removed: DiffPart[] = []
  const added: DiffPart[] = []
  for (const change of diffArrays([...from], [...to])) {
    const text = change.value.join('')
    if (!change.added) append(removed, text, change.removed)
    if (!change.removed) append(added, text, change.added)
  }
  return { removed, added }
}

function append(parts: DiffPart[], text: string, isChanged: boolean): void {
  const last = parts.at(-1)
  if (last?.isChanged === isChanged) parts[parts.length - 1] = { text: last.text + text, isChanged }
  else parts.push({ text, isChanged })
}
