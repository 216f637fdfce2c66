import { useEffect, useMemo, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { useHosts } from '../../stores/hosts'
import { remember, useRemembered } from '../../stores/remembered'
import { openVm } from '../../stores/route'
import { DataGrid } from '../../ui/grid/DataGrid'
import { sortKeys } from './keys'
import { nextTopSort, sortTop, topCsv, type TopColumn, type TopRow } from './top-column'
import { isShown, useTopSort } from './habits'

interface Props<Row> {
  readonly label: string
  readonly columns: readonly TopColumn<Row>[]
  readonly rows: readonly Row[]
  /** Ordered by this, highest first, until the user wants otherwise. */
  readonly firstSort: string
  readonly gridRef: RefObject<HTMLDivElement | null>
  /** Gets what writes the table as it is into a file. */
  readonly csvRef: RefObject<(() => string) | undefined>
  readonly empty: ReactNode
}

/** One of Top's tables: in the user's order, with the user's columns; a double click opens the VM. */
export function TopTable<Row extends TopRow>(props: Props<Row>) {
  const { label, columns, rows, firstSort, gridRef, csvRef, empty } = props
  const columnWidthsPx = useRemembered((state) => state.columnWidthsPx)
  const turned = useRemembered((state) => state.topTurned)
  const [sort, setSort] = useTopSort(label, firstSort)
  const [selection, setSelection] = useState<{ selected: ReadonlySet<string>; cursor: string | undefined }>({
    selected: new Set(),
    cursor: undefined,
  })
  const hasHosts = useHosts((state) => state.order.length > 1)
  const shown = useMemo(
    () => columns.filter((column) => isShown(column, turned) && (hasHosts || !column.id.endsWith('-host'))),
    [columns, turned, hasHosts],
  )
  const sorted = useMemo(() => sortTop(rows, columns, sort), [rows, columns, sort])
  useEffect(() => {
    csvRef.current = () => topCsv(sorted, columns)
    return () => {
      csvRef.current = undefined
    }
  }, [csvRef, sorted, columns])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (event.code === 'KeyR') setSort({ ...sort, isDescending: !sort.isDescending })
    else {
      const column = sortKeys[event.code]
      if (column === undefined || !columns.some(({ id }) => id === column)) return
      setSort({ column, isDescending: true })
    }
    event.preventDefault()
  }
  return (
    <DataGrid
      ref={gridRef}
      label={label}
      columns={shown}
      rows={sorted}
      rowKey={keyOfRow}
      rowText={nameOfRow}
      sort={sort}
      onSort={(column) => setSort(nextTopSort(sort, column, columns))}
      columnWidthsPx={columnWidthsPx}
      onColumnResize={(column, widthPx) =>
        remember({ columnWidthsPx: { ...columnWidthsPx, [column]: widthPx } })
      }
      selected={selection.selected}
      cursor={selection.cursor}
      onSelect={(selected, cursor) => setSelection({ selected, cursor })}
      onOpen={({ ref }) => {
        if (ref) openVm(ref)
      }}
      onContextMenu={() => undefined}
      onKeyDown={onKeyDown}
      elementsStay
      empty={empty}
    />
  )
}

const keyOfRow = (row: TopRow): string => row.key
const nameOfRow = (row: TopRow): string => row.name
