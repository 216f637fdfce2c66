import { expect, it } from 'vitest'
import type { Host, HostInfo } from '../../../shared/model/host'
import { hostId, vmId } from '../../../shared/model/ids'
import type { DeviceRow } from './device-tables'
import { hostCpuRows } from './host-cpus'
import type { VcpuLoad } from '../../../shared/model/vm-load'

const host = hostId.parse('h')
const hosts = [
  { id: host, label: 'rack', status: { kind: 'connected', sinceMs: 0, info: { cpuCount: 3 } as HostInfo } },
] as Host[]

function vcpu(name: string, number: number, load: Partial<VcpuLoad>): DeviceRow<VcpuLoad> {
  return {
    key: `${name} ${number}`,
    name,
    hostLabel: 'rack',
    ref: { host, vm: vmId.parse('00000000-0000-4000-8000-000000000001') },
    device: { number, state: 'running', ...load },
  }
}

it('a CPU has what all virtual CPUs did that were seen on it, and idle ones are there as well', () => {
  const vcpus = [
    vcpu('web', 0, { hostCpu: 2, cpuPercent: 40 }),
    vcpu('web', 1, { hostCpu: 2, cpuPercent: 10 }),
    vcpu('db', 0, { hostCpu: 2, cpuPercent: 25 }),
    vcpu('db', 1, { hostCpu: 0 }),
  ]
  expect(hostCpuRows(vcpus, hosts)).toMatchObject([
    { name: 'CPU 0', cpuPercent: 0, vms: ['db'] },
    { name: 'CPU 1', cpuPercent: 0, vms: [] },
    { name: 'CPU 2', cpuPercent: 75, vms: ['db', 'web'] },
  ])
})

it('a host that does not tell where virtual CPUs run has no such list', () => {
  expect(hostCpuRows([vcpu('web', 0, { cpuPercent: 40 })], hosts)).toEqual([])
})
