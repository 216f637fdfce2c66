import type { DeviceKind, VmDevices } from '../../shared/model/monitor/devices'
import type { KvmReading } from '../../shared/model/monitor/kvm'
import type { XenDomain } from '../../shared/model/monitor/xen'

/** What the host itself counts for its guests. Read for whoever looks, and by nobody else. */
export interface MonitorSession {
  /**
   * KVM's counters of all guests that run on it. `unsupported` where there are none to be had, `denied` where the account
   * may not look; both say what would help.
   */
  kvm(): Promise<KvmReading>
  /** What xentop tells, which takes a second; `unsupported` where Xen is not what runs the VMs, or has no xentop. */
  xen(): Promise<XenDomain[]>
  /** Counters of the devices of all running VMs, by one call where the driver has it; empty where it tells none. */
  devices(kind: DeviceKind): Promise<VmDevices[]>
}
