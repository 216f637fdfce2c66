import { useState, type RefObject } from 'react'
import { remember, useRemembered } from '../../stores/remembered'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { DataGrid } from '../../ui/grid/DataGrid'
import type { GridColumn, GridSort } from '../../ui/grid/GridHeader'
import { SearchIcon } from '../../ui/icons/general'
import { nextKvmSort } from './rows'

/** What the page gives to either of its tables. */
export interface KvmTableProps<Row> {
  readonly rows: readonly Row[]
  readonly sort: GridSort
  readonly onSort: (sort: GridSort) => void
  readonly gridRef: RefObject<HTMLDivElement | null>
  readonly onShowAll: () => void
}

interface Props<Row> extends KvmTableProps<Row> {
  readonly label: string
  readonly columns: readonly GridColumn<Row>[]
  readonly rowKey: (row: Row) => string
  readonly rowText: (row: Row) => string
  readonly onOpen?: (row: Row) => void
  readonly emptyTitle: string
  readonly showAllText: string
}

export function KvmGrid<Row>(props: Props<Row>) {
  const columnWidthsPx = useRemembered((state) => state.columnWidthsPx)
  const [selection, setSelection] = useState<{ selected: ReadonlySet<string>; cursor: string | undefined }>({
    selected: new Set(),
    cursor: undefined,
  })
  return (
    <DataGrid
      ref={props.gridRef}
      label={props.label}
      columns={props.columns}
      rows={props.rows}
      rowKey={props.rowKey}
      rowText={props.rowText}
      sort={props.sort}
      onSort={(column) => props.onSort(nextKvmSort(props.sort, column))}
      columnWidthsPx={columnWidthsPx}
      onColumnResize={(column, widthPx) =>
        remember({ columnWidthsPx: { ...columnWidthsPx, [column]: widthPx } })
      }
      selected={selection.selected}
      cursor={selection.cursor}
      onSelect={(selected, cursor) => setSelection({ selected, cursor })}
      onOpen={props.onOpen ?? (() => undefined)}
      onContextMenu={() => undefined}
      empty={
        <EmptyState
          icon={SearchIcon}
          title={props.emptyTitle}
          actions={<Button onPress={props.onShowAll}>{props.showAllText}</Button>}
        />
      }
    />
  )
}
