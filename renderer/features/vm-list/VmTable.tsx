import { useEffect, useEffectEvent, useMemo, useState, type RefObject } from 'react'
import type { HostId } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { setFilter, useFilter } from '../../stores/filter'
import { useHosts } from '../../stores/hosts'
import { remember, useRemembered } from '../../stores/remembered'
import { openVm } from '../../stores/route'
import { select, useSelection } from '../../stores/selection'
import { keyOf, refOf } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { DataGrid } from '../../ui/grid/DataGrid'
import { SearchIcon } from '../../ui/icons/general'
import { ContextMenu, type MenuPlace } from '../../ui/Menu'
import { vmMenuEntries } from '../vm-actions/menu-entries'
import { runShortcut } from '../vm-actions/shortcuts'
import { useActionContext } from '../vm-actions/use-action-context'
import { shownColumns } from './columns'
import { nextSort } from './rows'
import './vm-list.css'

interface Props {
  /** Only this host's VMs; without it, all. */
  readonly host?: HostId
  readonly rows: readonly Vm[]
  readonly gridRef: RefObject<HTMLDivElement | null>
}

export function VmTable({ host, rows, gridRef }: Props) {
  const hosts = useHosts((state) => state.byId)
  const { selected, cursor } = useSelection()
  const sort = useRemembered((state) => state.sort)
  const columnWidthsPx = useRemembered((state) => state.columnWidthsPx)
  const moreColumns = useRemembered((state) => state.moreColumns)
  const hiddenColumns = useRemembered((state) => state.hiddenColumns)
  const columns = useMemo(
    () => shownColumns({ moreColumns, hiddenColumns }, host === undefined),
    [moreColumns, hiddenColumns, host],
  )
  const filter = useFilter((state) => state.text)
  const [menuPlace, setMenuPlace] = useState<MenuPlace>()
  const chosen = rows.filter((vm) => selected.has(keyOf(vm)))

  // What is filtered away or gone must not be acted on.
  const hasHidden = chosen.length !== selected.size
  const forgetHidden = useEffectEvent(() => select(new Set(chosen.map(keyOf)), cursor))
  useEffect(() => {
    if (hasHidden) forgetHidden()
  }, [hasHidden])

  return (
    <>
      <DataGrid
        ref={gridRef}
        label="Virtual machines"
        columns={columns}
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
        empty={<NothingFound filter={filter} />}
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
      {`No virtual machine's name, state or host contains “${filter}”, and none has it as its id or UUID.`}
    </EmptyState>
  )
}
