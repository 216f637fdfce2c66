/** Domains as QEMU's driver reports them: names, types and number of fields of libvirt 9.0. */
import { createHash } from 'node:crypto'

export interface FleetDomain {
  readonly name: string
  readonly uuid: string
  readonly id: number
}

/** virDomainStatsTypes. */
export const statsGroups = { state: 1, cpu: 2, balloon: 4, vcpu: 8, interface: 16, block: 32, all: 63 }

export function domainsOf(count: number): FleetDomain[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `vm-${String(index).padStart(4, '0')}`
    return { name, uuid: uuidFrom(createHash('md5').update(name).digest('hex')), id: index + 1 }
  })
}

const uuidFrom = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

type Param = { readonly field: string; readonly value: { readonly type: number; readonly value: unknown } }

const [int, uint, ullong, text] = [1, 2, 4, 7]
const param = (field: string, type: number, value: unknown): Param => ({ field, value: { type, value } })

export function domainStats(seed: number, groups: number): Param[] {
  const params: Param[] = []
  if (groups & statsGroups.state) params.push(param('state.state', int, 1), param('state.reason', int, 1))
  if (groups & statsGroups.cpu) {
    for (const field of ['time', 'user', 'system'])
      params.push(param(`cpu.${field}`, ullong, seed * 1_000_003))
    params.push(param('cpu.cache.monitor.count', uint, 0))
  }
  if (groups & statsGroups.balloon) {
    const fields =
      'current maximum swap_in swap_out major_fault minor_fault unused available usable last-update ' +
      'disk_caches hugetlb_pgalloc hugetlb_pgfail rss'
    for (const field of fields.split(' ')) params.push(param(`balloon.${field}`, ullong, 1_048_576 + seed))
  }
  if (groups & statsGroups.vcpu) {
    params.push(param('vcpu.current', uint, 2), param('vcpu.maximum', uint, 2))
    for (const vcpu of [0, 1]) {
      params.push(param(`vcpu.${vcpu}.state`, int, 1))
      for (const field of ['time', 'wait', 'delay']) params.push(param(`vcpu.${vcpu}.${field}`, ullong, seed))
    }
  }
  if (groups & statsGroups.interface) {
    params.push(param('net.count', uint, 1), param('net.0.name', text, `vnet${seed}`))
    for (const way of ['rx', 'tx']) {
      for (const field of ['bytes', 'pkts', 'errs', 'drop'])
        params.push(param(`net.0.${way}.${field}`, ullong, seed * 77))
    }
  }
  if (groups & statsGroups.block) {
    params.push(param('block.count', uint, 1), param('block.0.name', text, 'vda'))
    params.push(param('block.0.path', text, `/var/lib/libvirt/images/vm-${seed}.qcow2`))
    for (const field of 'rd.reqs rd.bytes rd.times wr.reqs wr.bytes wr.times fl.reqs fl.times allocation capacity physical'.split(
      ' ',
    ))
      params.push(param(`block.0.${field}`, ullong, seed * 4096))
  }
  return params
}
