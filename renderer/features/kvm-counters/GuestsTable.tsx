import { useState, type RefObject } from 'react'
import { remember, useRemembered } from '../../stores/remembered'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { DataGrid } from '../../ui/grid/DataGrid'
import type { GridColumn, GridSort } from '../../ui/grid/GridHeader'
import { SearchIcon } from '../../ui/icons/general'
import { nextKvmSort, rateText, totalText, type GuestRow } from './rows'

interface Props {
  readonly rows: readonly GuestRow[]
  readonly sort: GridSort
  readonly onSort: (sort: GridSort) => void
  readonly gridRef: RefObject<HTMLDivElement | null>
  readonly onOpen: (row: GuestRow) => void
  readonly onShowAll: () => void
}

const columns: readonly GridColumn<GuestRow>[] = [
  {
    id: 'kvm-guest',
    header: 'Guest',
    minPx: 180,
    render: ({ name, guest }) => (
      <span
        className={guest.vm === undefined ? 'truncate secondary' : 'truncate'}
        title={guest.vm === undefined ? `${name} is no VM of this connection` : name}
      >
        {name}
      </span>
    ),
  },
  {
    id: 'kvm-pid',
    header: 'Process',
    widthPx: 100,
    minPx: 80,
    align: 'end',
    render: ({ guest }) => <span className="kvm-figure secondary">{guest.pid}</span>,
  },
  {
    id: 'kvm-rate',
    header: 'Exits per second',
    widthPx: 150,
    minPx: 120,
    align: 'end',
    render: ({ exits }) => <span className="kvm-figure">{rateText(exits.perSecond)}</span>,
  },
  {
    id: 'kvm-total',
    header: 'Since the start',
    widthPx: 140,
    minPx: 104,
    align: 'end',
    render: ({ exits }) => <span className="kvm-figure">{totalText(exits.total)}</span>,
  },
]

const keyOf = ({ guest }: GuestRow): string => guest.id
const nameOf = ({ name }: GuestRow): string => name

export function GuestsTable({ rows, sort, onSort, gridRef, onOpen, onShowAll }: Props) {
  const columnWidthsPx = useRemembered((state) => state.columnWidthsPx)
  const [selection, setSelection] = useState<{ selected: ReadonlySet<string>; cursor: string | undefined }>({
    selected: new Set(),
    cursor: undefined,
  })
  return (
    <DataGrid
      ref={gridRef}
      label="Guests that KVM runs"
      columns={columns}
      rows={rows}
      rowKey={keyOf}
      rowText={nameOf}
      sort={sort}
      onSort={(column) => onSort(nextKvmSort(sort, column))}
      columnWidthsPx={columnWidthsPx}
      onColumnResize={(column, widthPx) =>
        remember({ columnWidthsPx: { ...columnWidthsPx, [column]: widthPx } })
      }
      selected={selection.selected}
      cursor={selection.cursor}
      onSelect={(selected, cursor) => setSelection({ selected, cursor })}
      onOpen={onOpen}
      onContextMenu={() => undefined}
      empty={
        <EmptyState
          icon={SearchIcon}
          title="No guest matches the filter"
          actions={<Button onPress={onShowAll}>Show all guests</Button>}
        />
      }
    />
  )
}
