import type { MonitorSession } from '../../monitor-session'
import type { LibvirtHost } from '../host'
import type { HostCommands } from '../images/host-commands'
import { readDevices } from './devices'
import { KvmCounters } from './kvm'

export function monitorOf(host: LibvirtHost, commands: HostCommands): MonitorSession {
  const kvm = new KvmCounters(commands)
  return { devices: (kind) => readDevices(host, kind), kvm: () => kvm.read() }
}
