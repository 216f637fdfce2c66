import { useEffect, useRef } from 'react'
import type { HostId } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { setFilter, useFilter } from '../../stores/filter'
import { onCommand } from '../../stores/commands'
import { useSelection } from '../../stores/selection'
import { keyOf } from '../../stores/vms'
import { SearchField } from '../../ui/SearchField'
import { NewVmButton } from '../hosts/NewVmButton'
import { PowerToolbar } from '../vm-actions/PowerToolbar'
import { ColumnsMenu } from './ColumnsMenu'

interface Props {
  /** The rows of the table below. */
  readonly rows: readonly Vm[]
  /** Whose VMs they are; absent: those of all. */
  readonly host: HostId | undefined
  /** Puts the keyboard into the table. */
  readonly onLeaveFilter: () => void
}

/** Power actions for the selection, and the filter. */
export function ListToolbar({ rows, host, onLeaveFilter }: Props) {
  const selected = useSelection((state) => state.selected)
  const filter = useFilter((state) => state.text)
  const input = useRef<HTMLInputElement>(null)
  const vms = rows.filter((vm) => selected.has(keyOf(vm)))
  useEffect(
    () =>
      onCommand('focusFilter', () => {
        input.current?.focus()
        input.current?.select()
      }),
    [],
  )
  const note = vms.length > 1 ? `${vms.length} selected` : filter === '' ? undefined : `${rows.length} found`
  return (
    <div className="list-toolbar">
      <NewVmButton host={host} />
      <PowerToolbar vms={vms} />
      {note === undefined ? null : (
        <span className="list-count" role="status">
          {note}
        </span>
      )}
      <SearchField
        ref={input}
        label="Filter virtual machines"
        placeholder="Filter by name, state, host, id"
        value={filter}
        onChange={setFilter}
        onLeave={onLeaveFilter}
      />
      <ColumnsMenu />
    </div>
  )
}
