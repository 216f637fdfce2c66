import { expect, it } from 'vitest'
import { hostId, vmId, vmKey } from '../../../shared/model/ids'
import type { VmDevices } from '../../../shared/model/monitor/devices'
import type { Vm } from '../../../shared/model/vm'
import { nextDevices, noDevices } from './device-loads'
import { deviceRows } from './device-rows'
import type { VmRow } from './vm-table'

const host = hostId.parse('h')
const id = vmId.parse('00000000-0000-4000-8000-000000000001')
const key = vmKey({ host, vm: id })
const disks = (readBytes: number): VmDevices => ({
  id,
  vcpus: [],
  nics: [],
  disks: [{ target: 'vda', readBytes, readRequests: readBytes / 10, readTimeNs: readBytes * 1e6 }],
})
const owner: VmRow = {
  key,
  name: 'db',
  hostLabel: 'rack',
  ref: { host, vm: id },
  vm: {} as Vm,
  hostMemoryBytes: 1,
  sample: {},
  history: undefined,
}

it('a disk tells rates and the time of a request between two readings, and none after the first', () => {
  const first = nextDevices(noDevices, { atMs: 1000, vms: [disks(100)] })
  expect(first.loads[0]?.load.disks).toEqual([expect.not.objectContaining({ readBytesPerSecond: 0 })])
  const second = nextDevices(first, { atMs: 3000, vms: [disks(500)] })
  expect(second.loads[0]?.load.disks[0]).toMatchObject({
    readBytesPerSecond: 200,
    readRequestsPerSecond: 20,
    readLatencyMs: 10,
  })
})

it('devices stand beside their VM and its host, and those of a VM that is gone are left out', () => {
  const readings = new Map([[host, nextDevices(noDevices, { atMs: 0, vms: [disks(1)] })]])
  expect(deviceRows([host], readings, [owner]).disks).toMatchObject([
    { key: `${key} vda`, name: 'db', hostLabel: 'rack', device: { target: 'vda' } },
  ])
  expect(deviceRows([host], readings, []).disks).toEqual([])
})
