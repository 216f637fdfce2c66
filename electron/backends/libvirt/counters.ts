/** Counters of running VMs for the graphs, as cheaply as the driver allows. */
import { isActive } from '../../../shared/model/vm'
import type { VmCounters } from '../../../shared/model/stats'
import {
  hyperNumber,
  isNoDomain,
  virConnectListAllDomainsFlags as listFlags,
  virDomainStatsTypes as groups,
  type CallOptions,
  type ParamValue,
} from '../../libvirt-rpc/index'
import { vmIdOf } from './domain-handle'
import { numberIn } from './domain-stats'
import { vmStateOf } from './domain-state'
import { given } from './given'
import type { LibvirtHost } from './host'
import { listDomains } from './records'
import { windowed } from './windowed'

const counterGroups =
  groups.VIR_DOMAIN_STATS_STATE |
  groups.VIR_DOMAIN_STATS_CPU_TOTAL |
  groups.VIR_DOMAIN_STATS_BALLOON |
  groups.VIR_DOMAIN_STATS_INTERFACE |
  groups.VIR_DOMAIN_STATS_BLOCK

const options: CallOptions = { priority: 'poll', timeoutMs: 10_000 }
const perDomainWidth = 2

export async function readCounters(host: LibvirtHost): Promise<VmCounters[]> {
  const stats = await host.bulk.read(counterGroups, { ...options, activeOnly: true })
  // the test driver has the call but tells the state only
  if (!stats || (stats.length > 0 && stats.every(({ values }) => !values.has('balloon.current')))) {
    return readOneByOne(host)
  }
  return stats
    .filter(({ values }) => isActive(vmStateOf(numberIn(values, 'state.state') ?? 0)))
    .map(({ domain, values }) => ({ id: vmIdOf(domain), ...countersFrom(values) }))
}

export function countersFrom(values: ReadonlyMap<string, ParamValue>): Omit<VmCounters, 'id'> {
  const memoryKiB = usedMemoryKiB(values)
  return {
    ...given('cpuTimeNs', numberIn(values, 'cpu.time')),
    ...given('memoryBytes', memoryKiB === undefined ? undefined : memoryKiB * 1024),
    ...given('diskReadBytes', sum(values, 'block', 'rd.bytes')),
    ...given('diskWriteBytes', sum(values, 'block', 'wr.bytes')),
    ...given('netReceiveBytes', sum(values, 'net', 'rx.bytes')),
    ...given('netSendBytes', sum(values, 'net', 'tx.bytes')),
  }
}

/**
 * What the guest says it uses, where its balloon driver reports; otherwise what it takes on the host, which includes
 * the emulator and is cut at what the guest was given.
 */
function usedMemoryKiB(values: ReadonlyMap<string, ParamValue>): number | undefined {
  const available = numberIn(values, 'balloon.available')
  const usable = numberIn(values, 'balloon.usable') ?? numberIn(values, 'balloon.unused')
  if (available !== undefined && usable !== undefined && usable <= available) return available - usable
  const current = numberIn(values, 'balloon.current')
  const rss = numberIn(values, 'balloon.rss')
  return rss === undefined || current === undefined ? (current ?? rss) : Math.min(rss, current)
}

/** "block.count" says how many "block.N.rd.bytes" there may be; each may be absent. */
function sum(values: ReadonlyMap<string, ParamValue>, group: string, field: string): number | undefined {
  const count = Math.min(numberIn(values, `${group}.count`) ?? 0, 1024)
  let total: number | undefined
  for (let at = 0; at < count; at += 1) {
    const value = numberIn(values, `${group}.${at}.${field}`)
    if (value !== undefined) total = (total ?? 0) + value
  }
  return total
}

/** Drivers without bulk statistics (LXC, Xen) tell CPU time and memory of each. */
async function readOneByOne(host: LibvirtHost): Promise<VmCounters[]> {
  const domains = await listDomains(host.rpc, listFlags.VIR_CONNECT_LIST_DOMAINS_ACTIVE, options)
  const counters = await windowed(domains, perDomainWidth, async (dom): Promise<VmCounters | undefined> => {
    try {
      const info = await host.rpc.call('DOMAIN_GET_INFO', { dom }, options)
      return {
        id: vmIdOf(dom),
        cpuTimeNs: hyperNumber(info.cpuTime),
        memoryBytes: hyperNumber(info.memory) * 1024,
      }
    } catch (error) {
      if (isNoDomain(error)) return undefined
      throw error
    }
  })
  return counters.filter((one) => one !== undefined)
}
