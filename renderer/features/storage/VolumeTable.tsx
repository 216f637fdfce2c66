import { useMemo, useState, type ReactNode, type RefObject } from 'react'
import type { GridColumn, GridSort } from '../../ui/grid/GridHeader'
import { openVm } from '../../stores/route'
import { remember, useRemembered } from '../../stores/remembered'
import { useVms } from '../../stores/vms'
import { DataGrid } from '../../ui/grid/DataGrid'
import { VmIcon } from '../../ui/icons/objects'
import { ContextMenu, type MenuEntry, type MenuPlace } from '../../ui/Menu'
import { usersOf, vmsOf, type Usage } from './usage'
import { volumeActions, volumeMenu, whyNotVolumes, type VolumeContext } from './volume-actions'
import { AllocationCell, CapacityCell, FormatCell, ModifiedCell, NameCell, UsersCell } from './volume-cells'
import type { VolumeLoader, VolumeRow } from './volume-loader'

export interface Selection {
  readonly selected: ReadonlySet<string>
  readonly cursor: string | undefined
}

interface Props {
  readonly context: VolumeContext
  readonly rows: readonly VolumeRow[]
  readonly loader: VolumeLoader | undefined
  readonly usage: Usage
  readonly sort: GridSort
  readonly onSort: (column: string) => void
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
  readonly chosen: readonly VolumeRow[]
  readonly gridRef: RefObject<HTMLDivElement | null>
  readonly empty: ReactNode
}

const nameOf = (row: VolumeRow): string => row.name

export function VolumeTable(props: Props) {
  const { context, rows, loader, usage, selection, onSelect, chosen } = props
  const { host, pool } = context
  const columnWidthsPx = useRemembered((state) => state.columnWidthsPx)
  const [menuPlace, setMenuPlace] = useState<MenuPlace>()
  // the same columns as long as what they draw from is the same, so that rows are not drawn again without need
  const columns = useMemo<readonly GridColumn<VolumeRow>[]>(
    () => [
      {
        id: 'volume-name',
        header: 'Name',
        minPx: 160,
        render: (row) => <NameCell row={row} loader={loader} />,
      },
      {
        id: 'volume-format',
        header: 'Format',
        widthPx: 68,
        minPx: 60,
        hideBelowPx: 520,
        render: (row) => <FormatCell row={row} />,
      },
      {
        id: 'volume-capacity',
        header: 'Capacity',
        widthPx: 84,
        minPx: 76,
        align: 'end',
        render: (row) => <CapacityCell row={row} />,
      },
      {
        id: 'volume-allocation',
        header: 'Allocated',
        widthPx: 116,
        minPx: 84,
        align: 'end',
        hideBelowPx: 600,
        render: (row) => <AllocationCell row={row} />,
      },
      {
        id: 'volume-users',
        header: 'Used by',
        widthPx: 152,
        minPx: 96,
        render: (row) => <UsersCell host={host} pool={pool.name} row={row} usage={usage} />,
      },
      {
        id: 'volume-modified',
        header: 'Modified',
        widthPx: 108,
        minPx: 90,
        hideBelowPx: 740,
        render: (row) => <ModifiedCell row={row} />,
      },
    ],
    [host, pool.name, loader, usage],
  )
  return (
    <>
      <DataGrid
        ref={props.gridRef}
        label={`Volumes of ${pool.name}`}
        columns={columns}
        rows={rows}
        rowKey={nameOf}
        rowText={nameOf}
        sort={props.sort}
        onSort={props.onSort}
        columnWidthsPx={columnWidthsPx}
        onColumnResize={(column, widthPx) =>
          remember({ columnWidthsPx: { ...columnWidthsPx, [column]: widthPx } })
        }
        selected={selection.selected}
        cursor={selection.cursor}
        onSelect={(selected, cursor) => onSelect({ selected, cursor })}
        onOpen={(row) => {
          const action = volumeActions.find(({ id }) => id === 'image')
          if (action && whyNotVolumes(action, [row], context) === undefined) action.run([row], context)
        }}
        onContextMenu={setMenuPlace}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
          const action = volumeActions.find(({ shortcut }) => shortcut === event.key)
          if (!action || whyNotVolumes(action, chosen, context) !== undefined) return
          event.preventDefault()
          action.run(chosen, context)
        }}
        empty={props.empty}
      />
      {menuPlace === undefined || chosen.length === 0 ? null : (
        <RowMenu
          context={context}
          rows={chosen}
          usage={usage}
          place={menuPlace}
          onClose={() => setMenuPlace(undefined)}
        />
      )}
    </>
  )
}

interface MenuProps {
  readonly context: VolumeContext
  readonly rows: readonly VolumeRow[]
  readonly usage: Usage
  readonly place: MenuPlace
  readonly onClose: () => void
}

/** So many VMs of one image are offered to go to; more are not read in a menu. */
const mostVms = 5

function RowMenu({ context, rows, usage, place, onClose }: MenuProps) {
  const byKey = useVms((state) => state.byKey)
  const [first] = rows
  const { host, pool } = context
  const names =
    first && rows.length === 1 && usage.value
      ? vmsOf(usersOf(usage.value, pool.name, first)).map(({ name }) => name)
      : []
  const links = [...byKey.values()]
    .filter((vm) => vm.host === host && names.includes(vm.name))
    .slice(0, mostVms)
    .map(
      (vm): MenuEntry => ({
        id: `vm ${vm.id}`,
        label: `Open ${vm.name}`,
        icon: VmIcon,
        run: () => openVm({ host, vm: vm.id }),
      }),
    )
  return (
    <ContextMenu
      label={rows.length === 1 ? `Actions for ${first?.name}` : `Actions for ${rows.length} volumes`}
      entries={[
        ...volumeMenu(rows, context),
        ...(links.length === 0 ? [] : ['separator' as const, ...links]),
      ]}
      place={place}
      onClose={onClose}
    />
  )
}
