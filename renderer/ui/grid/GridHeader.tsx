import { useRef, type ReactNode } from 'react'
import { classNames } from '../class-names'
import { ArrowDownIcon, ArrowUpIcon } from '../icons/general'

export interface GridColumn<T> {
  readonly id: string
  readonly header: string
  /** Absent for the one column that takes the rest. */
  readonly widthPx?: number
  readonly minPx: number
  readonly align?: 'end'
  /** Left out where the grid is narrower than this. */
  readonly hideBelowPx?: number
  readonly render: (row: T) => ReactNode
}

export interface GridSort {
  readonly column: string
  readonly isDescending: boolean
}

interface Props<T> {
  readonly columns: readonly GridColumn<T>[]
  readonly sort: GridSort
  readonly onSort: (column: string) => void
  readonly columnWidthsPx: Readonly<Record<string, number>>
  readonly onColumnResize: (column: string, widthPx: number) => void
}

export function GridHeader<T>({ columns, sort, onSort, columnWidthsPx, onColumnResize }: Props<T>) {
  return (
    <div className="grid-header" role="rowgroup">
      <div className="grid-header-row" role="row" aria-rowindex={1}>
        {columns.map((column, index) => {
          const isSorted = sort.column === column.id
          const Arrow = sort.isDescending ? ArrowDownIcon : ArrowUpIcon
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
            <div
              key={column.id}
              role="columnheader"
              className="grid-heading"
              aria-sort={isSorted ? (sort.isDescending ? 'descending' : 'ascending') : 'none'}
            >
              {column.widthPx === undefined || index === 0 ? null : (
                <ResizeHandle
                  widthPx={columnWidthsPx[column.id] ?? column.widthPx}
                  minPx={column.minPx}
                  onResize={(widthPx) => onColumnResize(column.id, widthPx)}
                />
              )}
              <button
                type="button"
                className={classNames('grid-sort', column.align === 'end' && 'grid-end')}
                onClick={() => onSort(column.id)}
              >
                <span className="truncate">{column.header}</span>
                {isSorted ? <Arrow size={12} /> : null}
              </button>
            </div>
          )
        })}
      </div>
    </div>
  )
}

interface HandleProps {
  readonly widthPx: number
  readonly minPx: number
  readonly onResize: (widthPx: number) => void
}

/** Lies on the column's left edge: the column before it gives or takes the room. */
function ResizeHandle({ widthPx, minPx, onResize }: HandleProps) {
  const drag = useRef<{ x: number; widthPx: number } | undefined>(undefined)
  return (
    <span
      className="grid-resize"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { x: event.clientX, widthPx }
      }}
      onPointerMove={(event) => {
        if (drag.current) {
          onResize(Math.min(600, Math.max(minPx, drag.current.widthPx + drag.current.x - event.clientX)))
        }
      }}
      onPointerUp={() => {
        drag.current = undefined
      }}
    />
  )
}
