import { vmKey, type HostId } from '../../../../shared/model/ids'
import type { XenDomain, XenNet, XenVbd } from '../../../../shared/model/monitor/xen'
import type { Vm } from '../../../../shared/model/vm'
import type { TopRow } from '../top-column'

export interface DomainRow extends TopRow {
  readonly domain: XenDomain
}

export interface NetRow extends TopRow {
  readonly net: XenNet
}

export interface VbdRow extends TopRow {
  readonly vbd: XenVbd
}

interface Context {
  readonly host: HostId
  readonly hostLabel: string
  readonly vms: ReadonlyMap<string, Vm>
}

/** Domains beside the VMs of the same names; the host's own, and those that others than libvirt made, are none. */
export function xenRows(
  domains: readonly XenDomain[],
  { host, hostLabel, vms }: Context,
): { domains: DomainRow[]; nets: NetRow[]; vbds: VbdRow[] } {
  const byName = new Map([...vms.values()].filter((vm) => vm.host === host).map((vm) => [vm.name, vm]))
  const base = ({ name }: XenDomain): TopRow => {
    const vm = byName.get(name)
    const ref = vm && { host, vm: vm.id }
    return { key: ref ? vmKey(ref) : `domain ${name}`, name, hostLabel, ...(ref ? { ref } : {}) }
  }
  const parts = domains.map((domain) => ({ domain, row: base(domain) }))
  return {
    domains: parts.map(({ domain, row }) => ({ ...row, domain })),
    nets: parts.flatMap(({ domain, row }) =>
      domain.nets.map((net) => ({ ...row, key: `${row.key} ${net.number}`, net })),
    ),
    vbds: parts.flatMap(({ domain, row }) =>
      domain.vbds.map((vbd) => ({ ...row, key: `${row.key} ${vbd.device}`, vbd })),
    ),
  }
}
