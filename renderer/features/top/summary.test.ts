import { expect, it } from 'vitest'
import type { Host, HostInfo } from '../../../shared/model/host'
import { hostId, vmId } from '../../../shared/model/ids'
import type { Vm, VmState } from '../../../shared/model/vm'
import { summaryOf } from './summary'
import type { VmRow } from './vm-table'

const gib = 2 ** 30

function host(name: string, cpuCount: number): Host {
  const status = { kind: 'connected', sinceMs: 0, info: { cpuCount, memoryBytes: 64 * gib } as HostInfo }
  return { id: hostId.parse(name), label: name, status } as Host
}

function row(name: string, cpuPercent: number): VmRow {
  return {
    ref: { host: hostId.parse(name), vm: vmId.parse('00000000-0000-4000-8000-000000000001') },
    sample: { cpuPercent, residentBytes: gib },
  } as VmRow
}

it('shares of hosts of different sizes are added up as CPUs', () => {
  const vms = ['running', 'running', 'crashed', 'shut-off'].map((state) => ({ state: state as VmState }))
  expect(summaryOf([host('a', 4), host('b', 96)], vms as Vm[], [row('a', 50), row('b', 25)])).toEqual([
    '2 hosts with 100 CPUs and 128 GiB',
    '2 running, 1 shut off, 1 crashed',
    'VMs take 26.0 CPUs and 2 GiB',
  ])
})

it('a host that is away counts for nothing', () => {
  const away = { ...host('a', 4), status: { kind: 'disconnected', sinceMs: 0 } } as Host
  expect(summaryOf([away], [], [])).toEqual([
    '0 hosts with 0 CPUs and 0 B',
    '0 running',
    'VMs take 0.0 CPUs and 0 B',
  ])
})
