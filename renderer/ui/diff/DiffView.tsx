import { useMemo, useState } from 'react'
import { Button } from '../Button'
import { classNames } from '../class-names'
import { CopyButton } from '../CopyButton'
import { foldUnchanged, type DiffSection } from './diff-folds'
import { diffLines, type DiffRow } from './diff-lines'
import { DiffFold, DiffLine } from './DiffLine'
import { unifiedText } from './unified-text'
import './diff.css'

interface Props {
  /** What is compared, as its accessible name: "Changes to web-01". */
  readonly label: string
  readonly before: string
  readonly after: string
  /** Puts the difference, as text in the unified format, on the clipboard; without it there is no copy button. */
  readonly onCopy?: (unifiedDiff: string) => Promise<void>
  /** Said instead of lines when both texts are equal. */
  readonly emptyText?: string
  readonly className?: string
}

/** So many lines are drawn at once, and so many more on request: a window stays quick with any document. */
const linesAtOnce = 1000

interface Unfolded {
  /** Of which difference; another one begins folded. */
  readonly rows: readonly DiffRow[]
  readonly starts: ReadonlySet<number>
  readonly limit: number
}

/** What differs between two texts, line by line; it scrolls within the height its place gives it. */
export function DiffView({ label, before, after, onCopy, emptyText = 'No differences', className }: Props) {
  const rows = useMemo(() => diffLines(before, after), [before, after])
  const sections = useMemo(() => foldUnchanged(rows), [rows])
  const [state, setState] = useState<Unfolded>({ rows, starts: new Set(), limit: linesAtOnce })
  const unfolded = state.rows === rows ? state : { rows, starts: new Set<number>(), limit: linesAtOnce }
  const added = rows.filter(({ kind }) => kind === 'added').length
  const removed = rows.filter(({ kind }) => kind === 'removed').length
  if (added + removed === 0) return <p className={classNames('diff-empty', className)}>{emptyText}</p>

  const { shown, left } = firstLines(sections, unfolded)
  return (
    <section className={classNames('diff', className)} aria-label={label}>
      <header className="diff-header">
        <p>
          <span className="diff-count-added">{count(added, 'line')} added</span>
          <span className="diff-count-removed">{count(removed, 'line')} removed</span>
        </p>
        {onCopy ? <CopyButton label="Copy difference" copy={() => onCopy(unifiedText(rows))} /> : null}
      </header>
      {/* Scrolls by keyboard too, hence the tab stop. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable */}
      <div className="diff-scroll" tabIndex={0} role="group" aria-label={`${label}, line by line`}>
        <table className="diff-table mono">
          <thead className="visually-hidden">
            <tr>
              <th scope="col">Line before</th>
              <th scope="col">Line after</th>
              <th scope="col">Change</th>
              <th scope="col">Text</th>
            </tr>
          </thead>
          {shown.map((section) => (
            <tbody key={section.key}>
              {section.kind === 'fold' ? (
                <DiffFold
                  count={section.rows.length}
                  onOpen={() =>
                    setState({ ...unfolded, starts: new Set(unfolded.starts).add(section.start) })
                  }
                />
              ) : (
                section.rows.map((row, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows of one text, replaced as a whole
                  <DiffLine key={index} row={row} isFocused={section.isOpened && index === 0} />
                ))
              )}
            </tbody>
          ))}
        </table>
        {left === 0 ? null : (
          <div className="diff-more">
            <Button
              className="button-small"
              onPress={() => setState({ ...unfolded, limit: unfolded.limit + linesAtOnce })}
            >
              {`Show ${Math.min(left, linesAtOnce)} more`}
            </Button>
            <span className="secondary">{count(left, 'line')} left</span>
          </div>
        )}
      </div>
    </section>
  )
}

type Shown = DiffSection & { readonly key: number; readonly isOpened: boolean }

function firstLines(
  sections: readonly DiffSection[],
  { starts, limit }: Unfolded,
): { shown: Shown[]; left: number } {
  const shown: Shown[] = []
  let room = limit
  let left = 0
  for (const [key, section] of sections.entries()) {
    const isOpened = section.kind === 'fold' && starts.has(section.start)
    if (section.kind === 'fold' && !isOpened) {
      if (left === 0) shown.push({ ...section, key, isOpened })
      continue
    }
    const rows = left > 0 ? [] : section.rows.slice(0, room)
    if (rows.length > 0) shown.push({ kind: 'rows', rows, key, isOpened })
    room -= rows.length
    left += section.rows.length - rows.length
  }
  return { shown, left }
}

function count(number: number, word: string): string {
  return `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`
}
