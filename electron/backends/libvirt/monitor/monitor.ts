import type { MonitorSession } from '../../monitor-session'
import type { HostCommands } from '../images/host-commands'
import { KvmCounters } from './kvm'

export function monitorOf(commands: HostCommands): MonitorSession {
  const kvm = new KvmCounters(commands)
  return { kvm: () => kvm.read() }
}
