import type { Host } from '../../../shared/model/host'
import type { VcpuLoad } from '../../../shared/model/vm-load'
import type { DeviceRow } from './device-tables'
import { Figure, percentText } from './figures'
import type { TopColumn, TopRow } from './top-column'

/** A CPU of a host, with what its VMs' virtual CPUs did that were last seen on it. */
export interface HostCpuRow extends TopRow {
  readonly number: number
  readonly cpuPercent: number
  readonly vms: readonly string[]
}

/** All CPUs of the hosts that tell where virtual CPUs run, idle ones as well. */
export function hostCpuRows(vcpus: readonly DeviceRow<VcpuLoad>[], hosts: readonly Host[]): HostCpuRow[] {
  return hosts.flatMap((host): HostCpuRow[] => {
    const own = vcpus.filter(({ ref, device }) => ref?.host === host.id && device.hostCpu !== undefined)
    if (host.status.kind !== 'connected' || own.length === 0) return []
    return Array.from({ length: host.status.info.cpuCount }, (_, number): HostCpuRow => {
      const here = own.filter(({ device }) => device.hostCpu === number)
      return {
        key: `${host.id} ${number}`,
        name: `CPU ${number}`,
        hostLabel: host.label,
        number,
        cpuPercent: here.reduce((sum, { device }) => sum + (device.cpuPercent ?? 0), 0),
        vms: [...new Set(here.map(({ name }) => name))].toSorted(),
      }
    })
  })
}

export const hostCpuColumns: readonly TopColumn<HostCpuRow>[] = [
  {
    id: 'top-pcpu-name',
    header: 'Host CPU',
    label: 'Host CPU',
    widthPx: 110,
    minPx: 84,
    value: ({ name }) => name,
    render: ({ name }) => <span className="truncate">{name}</span>,
  },
  {
    id: 'top-pcpu-host',
    header: 'Host',
    label: 'Host',
    widthPx: 160,
    minPx: 84,
    value: ({ hostLabel }) => hostLabel,
    render: ({ hostLabel }) => (
      <span className="secondary truncate" title={hostLabel}>
        {hostLabel}
      </span>
    ),
  },
  {
    id: 'top-pcpu-cpu',
    header: 'CPU',
    label: 'CPU % by VMs',
    widthPx: 90,
    minPx: 76,
    align: 'end',
    value: ({ cpuPercent }) => cpuPercent,
    render: ({ cpuPercent }) => <Figure text={percentText(cpuPercent)} />,
  },
  {
    id: 'top-pcpu-vms',
    header: 'VMs that last ran on it',
    label: 'VMs that last ran on it',
    minPx: 180,
    value: ({ vms }) => vms.join(', '),
    render: ({ vms }) => (
      <span className="truncate" title={vms.join(', ')}>
        {vms.join(', ')}
      </span>
    ),
  },
]
