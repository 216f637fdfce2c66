import type { Host } from '../../../shared/model/host'
import type { HostId } from '../../../shared/model/ids'
import { keyOf } from '../../stores/vms'
import type { SeenVm } from './use-top-vms'
import type { VmRow } from './vm-table'

/** Of these hosts, as far as they are connected: old figures must not look like present ones. */
export function vmRows(seen: readonly SeenVm[], hosts: readonly Host[]): VmRow[] {
  const byId = new Map<HostId, Host>(hosts.map((host) => [host.id, host]))
  return seen.flatMap(({ vm, history }): VmRow[] => {
    const host = byId.get(vm.host)
    if (host?.status.kind !== 'connected') return []
    return [
      {
        key: keyOf(vm),
        name: vm.name,
        hostLabel: host.label,
        ref: { host: vm.host, vm: vm.id },
        vm,
        hostMemoryBytes: host.status.info.memoryBytes,
        sample: history?.latest ?? {},
        history,
      },
    ]
  })
}
