import type { HostId, VmRef } from '../../shared/model/ids'
import type { Vm } from '../../shared/model/vm'
import { AppError } from '../../shared/errors'
import type { HypervisorSession } from '../backends/backend'
import type { VmFacts } from './threshold-watch'

interface Hosts {
  get(host: HostId): Pick<HypervisorSession, 'info'>
  vm(ref: VmRef): Vm
}

/** Undefined once the VM or its host is gone. */
export function loadFacts(hosts: Hosts, ref: VmRef): VmFacts | undefined {
  try {
    const { name, vcpuCount } = hosts.vm(ref)
    return { name, vcpuCount, hostCpuCount: hosts.get(ref.host).info.cpuCount }
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}
