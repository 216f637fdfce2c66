import { useEffect, useMemo, useRef, useState, type ReactNode, type Ref } from 'react'
import type { HostId } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { setFilter, useFilter } from '../../stores/filter'
import { useHosts } from '../../stores/hosts'
import { remember, useRemembered } from '../../stores/remembered'
import { openVm } from '../../stores/route'
import { select, useSelection } from '../../stores/selection'
import { onTick } from '../../stores/stats'
import { keyOf, refOf, useVms, vmsAt } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { DataGrid } from '../../ui/grid/DataGrid'
import type { GridColumn } from '../../ui/grid/GridHeader'
import { SearchIcon } from '../../ui/icons/general'
import { ContextMenu, type MenuPlace } from '../../ui/Menu'
import { vmMenuEntries } from '../vm-actions/menu-entries'
import { runShortcut } from '../vm-actions/shortcuts'
import { useActionContext } from '../vm-actions/use-action-context'
import { CpuCell, HostCell, MemoryCell, NameCell, StateCell } from './cells'
import { filterWords, matches, nextSort, sortRows } from './rows'
import './vm-list.css'

const columns: readonly GridColumn<Vm>[] = [
  { id: 'name', header: 'Name', minPx: 120, render: (vm) => <NameCell vm={vm} /> },
  { id: 'state', header: 'State', widthPx: 150, minPx: 80, render: (vm) => <StateCell vm={vm} /> },
  { id: 'cpu', header: 'CPU', widthPx: 148, minPx: 90, align: 'end', render: (vm) => <CpuCell vm={vm} /> },
  {
    id: 'memory',
    header: 'Memory',
    widthPx: 100,
    minPx: 70,
    align: 'end',
    render: (vm) => <MemoryCell vm={vm} />,
  },
  {
    id: 'host',
    header: 'Host',
    widthPx: 170,
    minPx: 80,
    hideBelowPx: 660,
    render: (vm) => <HostCell vm={vm} />,
  },
]
const columnsOfOneHost = columns.filter(({ id }) => id !== 'host')

interface Props {
  /** Only this host's VMs; without it, all. */
  readonly host?: HostId
  readonly empty: ReactNode
  readonly gridRef?: Ref<HTMLDivElement>
}

export function VmTable({ host, empty, gridRef }: Props) {
  const rows = useRows(host)
  const hosts = useHosts((state) => state.byId)
  const byKey = useVms((state) => state.byKey)
  const { selected, cursor } = useSelection()
  const sort = useRemembered((state) => state.sort)
  const columnWidthsPx = useRemembered((state) => state.columnWidthsPx)
  const filter = useFilter((state) => state.text)
  const [menuPlace, setMenuPlace] = useState<MenuPlace>()
  const chosen = vmsAt(byKey, selected)
  const ownGrid = useRef<HTMLDivElement>(null)

  return (
    <>
      <DataGrid
        ref={gridRef ?? ownGrid}
        label="Virtual machines"
        columns={host === undefined ? columns : columnsOfOneHost}
        rows={rows}
        rowKey={keyOf}
        rowText={vmName}
        rowClassName={(vm) => (hosts[vm.host]?.status.kind === 'connected' ? undefined : 'vm-stale')}
        sort={sort}
        onSort={(column) => remember({ sort: nextSort(sort, column) })}
        columnWidthsPx={columnWidthsPx}
        onColumnResize={(column, widthPx) =>
          remember({ columnWidthsPx: { ...columnWidthsPx, [column]: widthPx } })
        }
        selected={selected}
        cursor={cursor}
        onSelect={select}
        onOpen={(vm) => openVm(refOf(vm))}
        onContextMenu={setMenuPlace}
        onKeyDown={(event) => {
          if (runShortcut(event, chosen)) event.preventDefault()
        }}
        empty={filter === '' ? empty : <NothingFound filter={filter} />}
      />
      {menuPlace === undefined || chosen.length === 0 ? null : (
        <SelectionMenu vms={chosen} place={menuPlace} onClose={() => setMenuPlace(undefined)} />
      )}
    </>
  )
}

function vmName(vm: Vm): string {
  return vm.name
}

function SelectionMenu(props: { vms: readonly Vm[]; place: MenuPlace; onClose: () => void }) {
  const { vms, place, onClose } = props
  const context = useActionContext()
  const label =
    vms.length === 1 ? `Actions for ${vms[0]?.name}` : `Actions for ${vms.length} virtual machines`
  return <ContextMenu label={label} entries={vmMenuEntries(vms, context)} place={place} onClose={onClose} />
}

function NothingFound({ filter }: { filter: string }) {
  return (
    <EmptyState
      icon={SearchIcon}
      title="Nothing matches the filter"
      actions={<Button onPress={() => setFilter('')}>Clear filter</Button>}
    >
      {`No virtual machine's name, state or host contains “${filter}”.`}
    </EmptyState>
  )
}

/** The rows to show; put in order again at each tick only while load decides the order. */
export function useRows(host: HostId | undefined): readonly Vm[] {
  const byKey = useVms((state) => state.byKey)
  const hosts = useHosts((state) => state.byId)
  const filter = useFilter((state) => state.text)
  const sort = useRemembered((state) => state.sort)
  const [tick, setTick] = useState(0)
  const followsLoad = sort.column === 'cpu'
  useEffect(() => (followsLoad ? onTick(() => setTick((count) => count + 1)) : undefined), [followsLoad])
  return useMemo(() => {
    const words = filterWords(filter)
    const found = Object.values(byKey).filter(
      (vm) => (host === undefined || vm.host === host) && matches(vm, words, hosts),
    )
    return sortRows(found, sort, hosts)
  }, [byKey, hosts, host, filter, sort, tick])
}
