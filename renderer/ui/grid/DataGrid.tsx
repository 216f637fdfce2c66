import { useVirtualizer } from '@tanstack/react-virtual'
import {
  memo,
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
} from 'react'
import { classNames } from '../class-names'
import { GridHeader, type GridColumn, type GridSort } from './GridHeader'
import { pick, stepTarget, typeAheadTarget, type GridSelection } from './grid-selection'
import { useTypeAhead } from './use-type-ahead'
import { useWidth } from './use-width'
import './grid.css'

const gridRowPx = 32
const headerPx = 29
/** Left and right, as in grid.css. */
const rowPaddingPx = 12

interface Props<T> {
  readonly label: string
  readonly columns: readonly GridColumn<T>[]
  readonly rows: readonly T[]
  readonly rowKey: (row: T) => string
  /** What typing letters looks for. */
  readonly rowText: (row: T) => string
  readonly rowClassName?: (row: T) => string | undefined
  readonly sort: GridSort
  readonly onSort: (column: string) => void
  readonly columnWidthsPx: Readonly<Record<string, number>>
  readonly onColumnResize: (column: string, widthPx: number) => void
  readonly selected: ReadonlySet<string>
  readonly cursor: string | undefined
  readonly onSelect: (selected: ReadonlySet<string>, cursor: string | undefined) => void
  readonly onOpen: (row: T) => void
  readonly onContextMenu: (place: { x: number; y: number }) => void
  /** Keys the grid does not use itself. */
  readonly onKeyDown?: (event: KeyboardEvent) => void
  /**
   * Most rows change, and their order with them, again and again: elements stay where they are and get other contents, which
   * costs a fraction of moving, making and removing them.
   */
  readonly elementsStay?: boolean
  readonly empty: ReactNode
  readonly ref: RefObject<HTMLDivElement | null>
}

/** A table, or what stands in its place while there is nothing to list. */
export function DataGrid<T>(props: Props<T>) {
  return props.rows.length === 0 ? <div className="grid-empty">{props.empty}</div> : <Grid {...props} />
}

/**
 * A virtualized table of selectable rows. The grid itself keeps the keyboard focus and points at the current row
 * (aria-activedescendant), because rows outside the view do not exist.
 */
function Grid<T>(props: Props<T>) {
  const { label, rows, rowKey, selected, cursor, onSelect, onOpen, onContextMenu, ref: scroller } = props
  const id = useId()
  const anchor = useRef<string | undefined>(undefined)
  const typeAhead = useTypeAhead()
  const width = useWidth(scroller)
  // The same array while the same columns have room, so that rows are not redrawn without need.
  const allColumns = props.columns
  const room = Math.max(...allColumns.map(({ hideBelowPx = 0 }) => (hideBelowPx <= width ? hideBelowPx : 0)))
  const columns = useMemo(
    () => allColumns.filter(({ hideBelowPx = 0 }) => hideBelowPx <= room),
    [allColumns, room],
  )
  const keys = rows.map(rowKey)
  const cursorIndex = cursor === undefined ? -1 : keys.indexOf(cursor)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => gridRowPx,
    getItemKey: (index) => (props.elementsStay ? index : (keys[index] ?? index)),
    overscan: 4,
    // The header lies over the top of the scrolled area.
    scrollMargin: headerPx,
    scrollPaddingStart: headerPx,
  })

  // Only a moved cursor scrolls: a row that changes its place by sorting must not drag the view along.
  const scrollTo = useEffectEvent((key: string) => {
    const index = keys.indexOf(key)
    if (index >= 0) virtualizer.scrollToIndex(index)
  })
  useEffect(() => {
    if (cursor !== undefined) scrollTo(cursor)
  }, [cursor])

  const apply = (next: GridSelection): void => {
    anchor.current = next.anchor
    onSelect(next.selected, next.cursor)
  }
  const before = (): GridSelection => ({ selected, cursor, anchor: anchor.current })

  const onMouseDown = (event: MouseEvent): void => {
    const index = rowIndexOf(event.target)
    const key = index === undefined ? undefined : keys[index]
    if (key === undefined) {
      if (event.target === scroller.current)
        apply({ selected: new Set(), cursor: undefined, anchor: undefined })
      return
    }
    if (event.button === 2 && selected.has(key)) onSelect(selected, key)
    else if (event.button === 0 || event.button === 2) {
      apply(pick(keys, before(), key, { isRange: event.shiftKey, isToggle: event.ctrlKey || event.metaKey }))
    }
  }

  const menuAtCursor = (): void => {
    const row = document.getElementById(`${id}-${cursorIndex}`)?.getBoundingClientRect()
    if (row) onContextMenu({ x: row.left + 48, y: row.bottom - 6 })
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const isCommand = event.ctrlKey || event.metaKey
    const target = event.altKey
      ? undefined
      : stepTarget(event.key, cursorIndex, rows.length, pageSize(scroller.current))
    const row = rows[cursorIndex]
    if (target !== undefined) {
      const key = keys[target]
      if (key !== undefined) {
        if (isCommand && !event.shiftKey) onSelect(selected, key)
        else apply(pick(keys, before(), key, { isRange: event.shiftKey, isToggle: false }))
      }
    } else if (event.key === 'a' && isCommand && !event.shiftKey) {
      onSelect(new Set(keys), cursor ?? keys[0])
    } else if (event.key === ' ' && row !== undefined) {
      apply(
        pick(keys, before(), rowKey(row), {
          isRange: event.shiftKey,
          isToggle: isCommand || !event.shiftKey,
        }),
      )
    } else if (event.key === 'Enter' && row !== undefined && !isCommand && !event.altKey) {
      onOpen(row)
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      if (cursorIndex >= 0 && cursor !== undefined && !selected.has(cursor)) {
        apply(pick(keys, before(), cursor, { isRange: false, isToggle: false }))
      }
      menuAtCursor()
    } else if (event.key === 'Escape' && selected.size > 0) {
      apply({ selected: new Set(), cursor, anchor: cursor })
    } else if (event.key.length === 1 && event.key !== ' ' && !isCommand && !event.altKey) {
      const index = typeAheadTarget(rows.map(props.rowText), cursorIndex, typeAhead(event.key))
      const key = index === undefined ? undefined : keys[index]
      if (key !== undefined) apply(pick(keys, before(), key, { isRange: false, isToggle: false }))
    } else {
      props.onKeyDown?.(event)
      return
    }
    event.preventDefault()
  }

  const template = columns
    .map(({ id: column, widthPx, minPx }) =>
      widthPx === undefined
        ? `minmax(${minPx}px, 1fr)`
        : `minmax(${minPx}px, ${Math.max(minPx, props.columnWidthsPx[column] ?? widthPx)}px)`,
    )
    .join(' ')
  // narrower than this it scrolls sideways
  const minWidthPx = rowPaddingPx + columns.reduce((sum, { minPx }) => sum + minPx, 0)

  return (
    <div
      ref={scroller}
      className="grid"
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-multiselectable="true"
      aria-activedescendant={cursorIndex >= 0 ? `${id}-${cursorIndex}` : undefined}
      tabIndex={0}
      style={{ '--grid-columns': template, '--grid-min': `${minWidthPx}px` }}
      onKeyDown={(event) => {
        // Keys pressed on a header button are that button's.
        if (event.target === event.currentTarget) onKeyDown(event)
      }}
      onMouseDown={onMouseDown}
      onDoubleClick={(event) => {
        const row = rows[rowIndexOf(event.target) ?? -1]
        if (row !== undefined) onOpen(row)
      }}
      onContextMenu={(event) => {
        event.preventDefault()
        if (rowIndexOf(event.target) !== undefined) onContextMenu({ x: event.clientX, y: event.clientY })
      }}
    >
      <GridHeader
        columns={columns}
        sort={props.sort}
        onSort={(column) => {
          props.onSort(column)
          virtualizer.scrollToOffset(0)
        }}
        columnWidthsPx={props.columnWidthsPx}
        onColumnResize={props.onColumnResize}
      />
      <div className="grid-body" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index]
          return row === undefined ? null : (
            <GridRow
              key={key}
              id={`${id}-${index}`}
              row={row}
              index={index}
              startPx={start - headerPx}
              columns={columns}
              isSelected={selected.has(keys[index] ?? '')}
              isCursor={index === cursorIndex}
              className={props.rowClassName?.(row)}
            />
          )
        })}
      </div>
    </div>
  )
}

interface RowProps<T> {
  readonly id: string
  readonly row: T
  readonly index: number
  readonly startPx: number
  readonly columns: readonly GridColumn<T>[]
  readonly isSelected: boolean
  readonly isCursor: boolean
  readonly className: string | undefined
}

const GridRow = memo(function GridRow<T>(props: RowProps<T>) {
  const { id, row, index, startPx, columns, isSelected, isCursor, className } = props
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and points here
    <div
      id={id}
      className={classNames('grid-row', isSelected && 'is-selected', isCursor && 'is-cursor', className)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-row={index}
      style={{ transform: `translateY(${startPx}px)` }}
    >
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={classNames('grid-cell', column.align === 'end' && 'grid-end')}
        >
          {column.render(row)}
        </div>
      ))}
    </div>
  )
}) as <T>(props: RowProps<T>) => ReactNode

function rowIndexOf(target: EventTarget): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null
  return row === null ? undefined : Number(row.dataset['row'])
}

function pageSize(scroller: HTMLElement | null): number {
  return Math.max(1, Math.floor(((scroller?.clientHeight ?? 0) - headerPx) / gridRowPx) - 1)
}
