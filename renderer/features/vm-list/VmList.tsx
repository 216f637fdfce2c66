import { useRef, type ReactNode } from 'react'
import type { HostId } from '../../../shared/model/ids'
import { useVms } from '../../stores/vms'
import { ListToolbar } from './ListToolbar'
import { useRows } from './use-rows'
import { VmTable } from './VmTable'

interface Props {
  /** Only this host's VMs; without it, all. */
  readonly host?: HostId
  /** Shown while there is no VM at all. */
  readonly empty: ReactNode
}

/** The VM table with its toolbar. */
export function VmList({ host, empty }: Props) {
  const rows = useRows(host)
  const hasVms = useVms(({ byKey }) =>
    [...byKey.values()].some((vm) => host === undefined || vm.host === host),
  )
  const grid = useRef<HTMLDivElement>(null)
  return hasVms ? (
    <>
      <ListToolbar rows={rows} host={host} onLeaveFilter={() => grid.current?.focus()} />
      <VmTable {...(host === undefined ? {} : { host })} rows={rows} gridRef={grid} />
    </>
  ) : (
    empty
  )
}
