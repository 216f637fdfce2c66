import type { HostInfo } from '../../../shared/model/host'
import type { XenDomain, XenTraffic } from '../../../shared/model/monitor/xen'
import type { XlLetter } from '../../../shared/model/xl-state'
import type { VmState } from '../../../shared/model/vm'
import type { FakeHost } from './fake-host'
import type { FakeVm } from './model'
import { countersOf } from './stats'

const gib = 2 ** 30
const firstDisk = 51_712

/** What xentop would tell of a demo host: its own domain first, then its VMs by their mean loads. */
export function xenDomainsOf(host: FakeHost, info: HostInfo): XenDomain[] {
  const own: XenDomain = {
    name: 'Domain-0',
    states: ['r'],
    cpuSeconds: Math.floor(performance.now() / 400),
    cpuPercent: 38.4,
    memoryBytes: 4 * gib,
    memoryPercent: (4 * gib * 100) / info.memoryBytes,
    vcpuCount: 4,
    nets: [],
    vbds: [],
  }
  return [own, ...[...host.vms.values()].flatMap((vm) => domainOf(vm, info))]
}

function domainOf(vm: FakeVm, info: HostInfo): XenDomain[] {
  const counters = countersOf(vm)
  if (!counters) return []
  const { definition, state } = vm
  const { load } = definition.guest
  const speed = state === 'running' ? 1 : 0
  const traffic = (bytes: number, bytesPerSecond: number): XenTraffic => ({
    bytes,
    packets: Math.floor(bytes / 900),
    errors: 0,
    drops: 0,
    bytesPerSecond: bytesPerSecond * speed,
  })
  return [
    {
      name: definition.name,
      states: [letterOf(state, load.cpu)],
      cpuSeconds: Math.floor((counters.cpuTimeNs ?? 0) / 1e9),
      cpuPercent: Math.round(load.cpu * definition.vcpuCount * 1000 * speed) / 10,
      memoryBytes: definition.memoryBytes,
      memoryPercent: (definition.memoryBytes * 100) / info.memoryBytes,
      maxMemoryBytes: definition.maxMemoryBytes,
      vcpuCount: definition.vcpuCount,
      nets: definition.nics.map((_, number) => ({
        number,
        receive: traffic(counters.netReceiveBytes ?? 0, load.netReceiveBytesPerSecond),
        send: traffic(counters.netSendBytes ?? 0, load.netSendBytesPerSecond),
      })),
      vbds: definition.disks.map((_, index) => ({
        backend: 'BlkBack',
        device: firstDisk + index * 16,
        outOfOrder: 0,
        reads: counters.diskReadRequests ?? 0,
        writes: counters.diskWriteRequests ?? 0,
        readsPerSecond: Math.round(load.diskReadBytesPerSecond / 24_576) * speed,
        writesPerSecond: Math.round(load.diskWriteBytesPerSecond / 16_384) * speed,
      })),
    },
  ]
}

function letterOf(state: VmState, load: number): XlLetter {
  if (state === 'paused') return 'p'
  if (state === 'crashed') return 'c'
  return load > 0.5 ? 'r' : 'b'
}
