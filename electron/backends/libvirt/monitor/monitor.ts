import { AppError } from '../../../../shared/errors'
import type { MonitorSession } from '../../monitor-session'
import type { LibvirtHost } from '../host'
import type { HostCommands } from '../../images/host-commands'
import { readDevices } from './devices'
import { KvmCounters } from './kvm'
import { readXentop } from './xentop'

export function monitorOf(host: LibvirtHost, commands: HostCommands, runsXen: boolean): MonitorSession {
  const kvm = new KvmCounters(commands)
  return {
    devices: (kind) => readDevices(host, kind),
    kvm: () => kvm.read(),
    xen: async () => {
      if (!runsXen) throw new AppError('unsupported', 'This host does not run Xen')
      return readXentop(commands)
    },
  }
}
