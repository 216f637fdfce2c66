import { useEffect, useRef } from 'react'
import { setFilter, useFilter } from '../../stores/filter'
import { onCommand } from '../../stores/commands'
import { useSelection } from '../../stores/selection'
import { useVms, vmsAt } from '../../stores/vms'
import { SearchField } from '../../ui/SearchField'
import { PowerToolbar } from '../vm-actions/PowerToolbar'
import { useRows } from './VmTable'
import type { HostId } from '../../../shared/model/ids'

interface Props {
  readonly host?: HostId
  /** Puts the keyboard into the table. */
  readonly onLeaveFilter: () => void
}

/** Power actions for the selection, and the filter. */
export function ListToolbar({ host, onLeaveFilter }: Props) {
  const selected = useSelection((state) => state.selected)
  const byKey = useVms((state) => state.byKey)
  const filter = useFilter((state) => state.text)
  const shown = useRows(host).length
  const input = useRef<HTMLInputElement>(null)
  const vms = vmsAt(byKey, selected)
  useEffect(
    () =>
      onCommand('focusFilter', () => {
        input.current?.focus()
        input.current?.select()
      }),
    [],
  )
  const note = vms.length > 1 ? `${vms.length} selected` : filter === '' ? undefined : `${shown} found`
  return (
    <div className="list-toolbar">
      <PowerToolbar vms={vms} />
      {note === undefined ? null : (
        <span className="list-count" role="status">
          {note}
        </span>
      )}
      <SearchField
        ref={input}
        label="Filter virtual machines"
        placeholder="Filter by name, state or host"
        value={filter}
        onChange={setFilter}
        onLeave={onLeaveFilter}
      />
    </div>
  )
}
