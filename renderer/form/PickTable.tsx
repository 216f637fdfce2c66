import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { SearchField } from '../ui/SearchField'
import { useChosenInView } from './use-chosen-in-view'
import { walkRows } from './walk-options'
import './pick-table.css'

export interface PickRow {
  readonly key: string
  /** What the search looks through. */
  readonly searched: string
  readonly isChosen: boolean
  /** It cannot be had, and stays readable. */
  readonly isOff: boolean
  /** Its `td`s, in the order of the heads. */
  readonly cells: ReactNode
}

interface Props {
  readonly label: string
  readonly search: { readonly label: string; readonly placeholder: string }
  /** `th`s. */
  readonly heads: ReactNode
  readonly rows: readonly PickRow[]
  readonly isDisabled?: boolean
  readonly onChoose: (key: string) => void
  /** Said when the search finds none. */
  readonly nothing: (searched: string) => string
  /** Said below the rows; told how many were found and not drawn. */
  readonly more?: (hidden: number) => string | undefined
}

/** More are not read through; the search finds the others. */
const maxShown = 300

/** A table with a search, from which one row is chosen by mouse or keys. */
export function PickTable({ label, search, heads, rows, isDisabled = false, ...props }: Props) {
  const [filter, setFilter] = useState('')
  const table = useRef<HTMLTableElement>(null)
  useChosenInView(table)
  const words = filter.trim().toLowerCase().split(/\s+/)
  const found = rows.filter(({ searched }) => {
    const text = searched.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const shown = found.slice(0, maxShown)
  // one row is reached by Tab, the others by arrow keys
  const first = shown.find(({ isChosen }) => isChosen) ?? shown[0]
  const choose = (row: PickRow): void => {
    if (!isDisabled && !row.isOff) props.onChoose(row.key)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      const row = shown.find(({ key }) => key === (event.target as HTMLElement).dataset['row'])
      if (!row) return
      event.preventDefault()
      choose(row)
    } else walkRows(event, table.current)
  }
  const more = props.more?.(found.length - shown.length)
  return (
    <>
      <SearchField
        label={search.label}
        placeholder={search.placeholder}
        value={filter}
        onChange={setFilter}
        onLeave={() => table.current?.querySelector<HTMLElement>('tbody tr')?.focus()}
      />
      <div className="hw-pick-scroll">
        <table
          ref={table}
          // rows are walked and chosen, which is what a grid is; the elements give the columns their widths
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
          role="grid"
          aria-label={label}
          className="hw-pick-table"
          onKeyDown={onKeyDown}
        >
          <thead>
            <tr>{heads}</tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr
                key={row.key}
                data-row={row.key}
                tabIndex={row.key === first?.key ? 0 : -1}
                aria-selected={row.isChosen}
                aria-disabled={isDisabled || row.isOff}
                className={row.isOff ? 'hw-pick-off' : undefined}
                onClick={() => choose(row)}
              >
                {row.cells}
              </tr>
            ))}
          </tbody>
        </table>
        {found.length === 0 ? (
          <p className="hw-pick-empty" role="status">
            {props.nothing(filter.trim())}
          </p>
        ) : null}
        {more === undefined ? null : <p className="hw-pick-empty">{more}</p>}
      </div>
    </>
  )
}
