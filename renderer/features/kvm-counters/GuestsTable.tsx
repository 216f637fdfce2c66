import type { GridColumn } from '../../ui/grid/GridHeader'
import { KvmGrid, type KvmTableProps } from './KvmGrid'
import { rateText, totalText, type GuestRow } from './rows'

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

interface Props extends KvmTableProps<GuestRow> {
  readonly onOpen: (row: GuestRow) => void
}

export function GuestsTable(props: Props) {
  return (
    <KvmGrid
      {...props}
      label="Guests that KVM runs"
      columns={columns}
      rowKey={keyOf}
      rowText={nameOf}
      emptyTitle="No guest matches the filter"
      showAllText="Show all guests"
    />
  )
}
