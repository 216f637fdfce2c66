/** Where vCPUs run at the moment, and where they may: virDomainGetVcpus, as virsh vcpuinfo shows it. */
import type { VmId } from '../../../../shared/model/ids'
import { hyperNumber, isInvalidState, isUnsupported } from '../../../libvirt-rpc/index'
import { domainOf } from '../domain-handle'
import type { LibvirtHost } from '../host'
import { detailOptions } from './options'

export type Placement = ReadonlyMap<
  number,
  { readonly timeNs?: number; readonly hostCpu?: number; readonly affinity?: string }
>

/** REMOTE_VCPUINFO_MAX and REMOTE_CPUMAPS_MAX: daemons refuse to answer about more. */
const maxVcpus = 16_384
const maxMapBytes = 8_388_608

/** Empty where the driver has no such thing. */
export async function readPlacement(host: LibvirtHost, id: VmId): Promise<Placement> {
  const dom = domainOf(id, host.inventory.nameOf(id))
  try {
    const [{ num }, { cpus }] = await Promise.all([
      host.rpc.call('DOMAIN_GET_MAX_VCPUS', { dom }, detailOptions),
      nodeCpus(host),
    ])
    const maplen = Math.ceil(cpus / 8)
    const maxinfo = Math.min(num, maxVcpus, Math.floor(maxMapBytes / Math.max(1, maplen)))
    const { info, cpumaps } = await host.rpc.call('DOMAIN_GET_VCPUS', { dom, maxinfo, maplen }, detailOptions)
    return new Map(
      info.map((vcpu, index) => [
        vcpu.number,
        {
          timeNs: hyperNumber(vcpu.cpu_time),
          // -1: not told
          ...(vcpu.cpu < 0 ? {} : { hostCpu: vcpu.cpu }),
          affinity: cpuList(cpumaps.subarray(index * maplen, (index + 1) * maplen), cpus),
        },
      ]),
    )
  } catch (error) {
    if (isUnsupported(error) || isInvalidState(error)) return new Map()
    throw error
  }
}

async function nodeCpus(host: LibvirtHost): Promise<{ readonly cpus: number }> {
  const { nodes, sockets, cores, threads } = await host.rpc.call('NODE_GET_INFO', undefined, detailOptions)
  // VIR_NODEINFO_MAXCPUS (libvirt-host.h)
  return { cpus: Math.max(1, nodes * sockets * cores * threads) }
}

/** A bitmap, lowest bit first, as libvirt writes sets of CPUs: "0-3,8". */
export function cpuList(map: Uint8Array, cpus: number): string {
  const ranges: string[] = []
  let from: number | undefined
  for (let cpu = 0; cpu <= cpus; cpu += 1) {
    const isSet = cpu < cpus && ((map[cpu >> 3] ?? 0) & (1 << (cpu & 7))) !== 0
    if (isSet) from ??= cpu
    else if (from !== undefined) {
      ranges.push(from === cpu - 1 ? String(from) : `${from}-${cpu - 1}`)
      from = undefined
    }
  }
  return ranges.join(',')
}
