import type { GridColumn } from '../../ui/grid/GridHeader'
import { Sparkline } from '../../ui/Sparkline'
import { KvmGrid, type KvmTableProps } from './KvmGrid'
import { rateHistoryLength } from './rate-history'
import { rateText, totalText, type EventRow } from './rows'

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

export function EventsTable(props: KvmTableProps<EventRow>) {
  return (
    <KvmGrid
      {...props}
      label="KVM events"
      columns={columns}
      rowKey={keyOf}
      rowText={keyOf}
      emptyTitle="No such event has happened yet"
      showAllText="Show all events"
    />
  )
}
