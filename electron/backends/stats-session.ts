import type { HostCounters } from '../../shared/model/host-load'
import type { VmId } from '../../shared/model/ids'
import type { VmLoadCounters } from '../../shared/model/vm-load'

/** Counters in detail, which are read only while somebody looks at them. Reading changes nothing. */
export interface StatsSession {
  /** `invalid` for a VM that is off. */
  vmCounters(vm: VmId): Promise<VmLoadCounters>
  /** What a driver does not tell is absent. */
  hostCounters(): Promise<HostCounters>
  /** How often the guest is asked what it uses; 0: never. Counts at once, and for the next starts. */
  setMemoryReports(vm: VmId, periodSeconds: number): Promise<void>
}
