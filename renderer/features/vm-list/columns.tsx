import type { Vm } from '../../../shared/model/vm'
import type { GridColumn } from '../../ui/grid/GridHeader'
import { CpuCell, HostCell, MemoryCell, NameCell, RunIdCell, StateCell, UuidCell, VcpusCell } from './cells'

const columns: readonly GridColumn<Vm>[] = [
  { id: 'name', header: 'Name', minPx: 150, render: (vm) => <NameCell vm={vm} /> },
  { id: 'runId', header: 'Id', widthPx: 64, minPx: 40, align: 'end', render: (vm) => <RunIdCell vm={vm} /> },
  { id: 'state', header: 'State', widthPx: 172, minPx: 96, render: (vm) => <StateCell vm={vm} /> },
  { id: 'cpu', header: 'CPU', widthPx: 148, minPx: 142, align: 'end', render: (vm) => <CpuCell vm={vm} /> },
  {
    id: 'vcpus',
    header: 'vCPUs',
    widthPx: 72,
    minPx: 64,
    align: 'end',
    render: (vm) => <VcpusCell vm={vm} />,
  },
  {
    id: 'memory',
    header: 'Memory',
    widthPx: 100,
    minPx: 84,
    align: 'end',
    render: (vm) => <MemoryCell vm={vm} />,
  },
  { id: 'uuid', header: 'UUID', widthPx: 150, minPx: 80, render: (vm) => <UuidCell vm={vm} /> },
  {
    id: 'host',
    header: 'Host',
    widthPx: 170,
    minPx: 80,
    hideBelowPx: 660,
    render: (vm) => <HostCell vm={vm} />,
  },
]

/** Those that are only there when wanted, with the name they have in the menu. */
export const optionalColumns = [
  { id: 'runId', label: 'Id of the run' },
  { id: 'vcpus', label: 'Virtual CPUs' },
  { id: 'uuid', label: 'UUID' },
] as const

export function shownColumns(wanted: readonly string[], isOfAllHosts: boolean): readonly GridColumn<Vm>[] {
  const isShown = (id: string): boolean =>
    id === 'host' ? isOfAllHosts : wanted.includes(id) || !optionalColumns.some((one) => one.id === id)
  return columns.filter(({ id }) => isShown(id))
}
