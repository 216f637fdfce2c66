import { useState, type RefObject } from 'react'
import { remember, useRemembered } from '../../stores/remembered'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { DataGrid } from '../../ui/grid/DataGrid'
import type { GridColumn, GridSort } from '../../ui/grid/GridHeader'
import { SearchIcon } from '../../ui/icons/general'
import { Sparkline } from '../../ui/Sparkline'
import { rateHistoryLength } from './rate-history'
import { nextKvmSort, rateText, totalText, type EventRow } from './rows'

interface Props {
  readonly rows: readonly EventRow[]
  readonly sort: GridSort
  readonly onSort: (sort: GridSort) => void
  readonly gridRef: RefObject<HTMLDivElement | null>
  readonly onShowAll: () => void
}

const columns: readonly GridColumn<EventRow>[] = [
  {
    id: 'kvm-event',
    header: 'Event',
    minPx: 220,
    render: ({ event, meaning }) => (
      <span className="kvm-event truncate" title={meaning === undefined ? event : `${event}: ${meaning}`}>
        <span className="mono">{event}</span>
        {meaning === undefined ? null : <span className="kvm-meaning">{meaning}</span>}
      </span>
    ),
  },
  {
    id: 'kvm-rate',
    header: 'Per second',
    widthPx: 190,
    minPx: 168,
    align: 'end',
    render: ({ history, perSecond }) => (
      <>
        <Sparkline
          values={history}
          capacity={rateHistoryLength}
          max={Math.max(1, ...history.filter((value) => !Number.isNaN(value)))}
          width={64}
          height={18}
        />
        <span className="kvm-figure">{rateText(perSecond)}</span>
      </>
    ),
  },
  {
    id: 'kvm-total',
    header: 'Since the start',
    widthPx: 140,
    minPx: 104,
    align: 'end',
    render: ({ total }) => <span className="kvm-figure">{totalText(total)}</span>,
  },
]

const keyOf = ({ event }: EventRow): string => event

export function EventsTable({ rows, sort, onSort, gridRef, onShowAll }: Props) {
  const columnWidthsPx = useRemembered((state) => state.columnWidthsPx)
  const [selection, setSelection] = useState<{ selected: ReadonlySet<string>; cursor: string | undefined }>({
    selected: new Set(),
    cursor: undefined,
  })
  return (
    <DataGrid
      ref={gridRef}
      label="KVM events"
      columns={columns}
      rows={rows}
      rowKey={keyOf}
      rowText={keyOf}
      sort={sort}
      onSort={(column) => onSort(nextKvmSort(sort, column))}
      columnWidthsPx={columnWidthsPx}
      onColumnResize={(column, widthPx) =>
        remember({ columnWidthsPx: { ...columnWidthsPx, [column]: widthPx } })
      }
      selected={selection.selected}
      cursor={selection.cursor}
      onSelect={(selected, cursor) => setSelection({ selected, cursor })}
      onOpen={() => undefined}
      onContextMenu={() => undefined}
      empty={
        <EmptyState
          icon={SearchIcon}
          title="No such event has happened yet"
          actions={<Button onPress={onShowAll}>Show all events</Button>}
        />
      }
    />
  )
}
