import type { ErrorData } from '../../../shared/errors'
import type { VmId } from '../../../shared/model/ids'
import type { DeviceReading, VmDevices } from '../../../shared/model/monitor/devices'
import { loadBetween, type VmLoad, type VmLoadCounters } from '../../../shared/model/vm-load'

export interface HostDevices {
  readonly atMs?: number
  readonly counters: ReadonlyMap<VmId, VmDevices>
  readonly loads: readonly { readonly vm: VmId; readonly load: Omit<VmLoad, 'ref' | 'atMs'> }[]
  /** Why the last reading failed; what was read before stays. */
  readonly error?: ErrorData
}

export const noDevices: HostDevices = { counters: new Map(), loads: [] }

/** What the devices of a host did since the reading before. */
export function nextDevices(before: HostDevices, { atMs, vms }: DeviceReading): HostDevices {
  const elapsedMs = before.atMs === undefined ? 0 : atMs - before.atMs
  return {
    atMs,
    counters: new Map(vms.map((one) => [one.id, one])),
    loads: vms.map((now) => {
      const earlier = before.counters.get(now.id)
      return { vm: now.id, load: loadBetween(earlier && countersOf(earlier), countersOf(now), elapsedMs) }
    }),
  }
}

function countersOf({ vcpus, disks, nics }: VmDevices): VmLoadCounters {
  return { vcpus, disks, nics, memory: {} }
}
