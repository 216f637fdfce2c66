import type { Vm } from '../../../shared/model/vm'
import type { GridColumn } from '../../ui/grid/GridHeader'
import {
  CpuCell,
  CpuTimeCell,
  DiskCell,
  HostCell,
  MemoryCell,
  MemoryUseCell,
  NameCell,
  NetworkCell,
  RunIdCell,
  StateCell,
  UuidCell,
  VcpusCell,
} from './cells'

const columns: readonly GridColumn<Vm>[] = [
  { id: 'name', header: 'Name', minPx: 150, render: (vm) => <NameCell vm={vm} /> },
  { id: 'runId', header: 'Id', widthPx: 64, minPx: 40, align: 'end', render: (vm) => <RunIdCell vm={vm} /> },
  { id: 'state', header: 'State', widthPx: 172, minPx: 96, render: (vm) => <StateCell vm={vm} /> },
  { id: 'cpu', header: 'CPU', widthPx: 148, minPx: 142, align: 'end', render: (vm) => <CpuCell vm={vm} /> },
  {
    id: 'cpuTime',
    header: 'CPU time',
    widthPx: 112,
    minPx: 112,
    align: 'end',
    render: (vm) => <CpuTimeCell vm={vm} />,
  },
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
  {
    id: 'memoryUse',
    header: 'Memory in use',
    widthPx: 178,
    minPx: 176,
    align: 'end',
    render: (vm) => <MemoryUseCell vm={vm} />,
  },
  {
    id: 'disk',
    header: 'Disk I/O',
    widthPx: 178,
    minPx: 176,
    align: 'end',
    render: (vm) => <DiskCell vm={vm} />,
  },
  {
    id: 'network',
    header: 'Network I/O',
    widthPx: 178,
    minPx: 176,
    align: 'end',
    render: (vm) => <NetworkCell vm={vm} />,
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

/** Those besides the name, with the names they have in the menu; the first are there unless turned off. */
export const choosableColumns = [
  { id: 'state', label: 'State', isUsual: true },
  { id: 'cpu', label: 'CPU usage', isUsual: true },
  { id: 'memory', label: 'Memory', isUsual: true },
  { id: 'memoryUse', label: 'Memory in use', isUsual: false },
  { id: 'disk', label: 'Disk I/O', isUsual: false },
  { id: 'network', label: 'Network I/O', isUsual: false },
  { id: 'cpuTime', label: 'CPU time in seconds', isUsual: false },
  { id: 'vcpus', label: 'Virtual CPUs', isUsual: false },
  { id: 'runId', label: 'Id of the run', isUsual: false },
  { id: 'uuid', label: 'UUID', isUsual: false },
] as const

/** What the user wants other than usual. */
export interface ColumnWishes {
  readonly moreColumns: readonly string[]
  readonly hiddenColumns: readonly string[]
}

export function isColumnShown(id: string, { moreColumns, hiddenColumns }: ColumnWishes): boolean {
  const column = choosableColumns.find((one) => one.id === id)
  if (!column) return true
  return column.isUsual ? !hiddenColumns.includes(id) : moreColumns.includes(id)
}

/** The wishes once the column has changed from shown to hidden, or back. */
export function withColumnTurned(id: string, wishes: ColumnWishes): ColumnWishes {
  const turned = (ids: readonly string[]): readonly string[] =>
    ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]
  const isUsual = choosableColumns.some((one) => one.id === id && one.isUsual)
  return isUsual
    ? { ...wishes, hiddenColumns: turned(wishes.hiddenColumns) }
    : { ...wishes, moreColumns: turned(wishes.moreColumns) }
}

export function shownColumns(wishes: ColumnWishes, isOfAllHosts: boolean): readonly GridColumn<Vm>[] {
  return columns.filter(({ id }) => (id === 'host' ? isOfAllHosts : isColumnShown(id, wishes)))
}
