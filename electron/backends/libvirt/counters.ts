/** Counters of running VMs for the graphs, as cheaply as the driver allows. */
import { isActive } from '../../../shared/model/vm'
import type { VmCounters } from '../../../shared/model/stats'
import {
  hyperNumber,
  isNoDomain,
  virConnectListAllDomainsFlags as listFlags,
  virDomainStatsTypes as groups,
  type CallOptions,
} from '../../libvirt-rpc/index'
import { vmIdOf } from './domain-handle'
import { vmStateOf } from './domain-state'
import type { LibvirtHost } from './host'
import { listDomains } from './records'
import { windowed } from './windowed'

const counterGroups =
  groups.VIR_DOMAIN_STATS_STATE |
  groups.VIR_DOMAIN_STATS_CPU_TOTAL |
  groups.VIR_DOMAIN_STATS_BALLOON |
  groups.VIR_DOMAIN_STATS_INTERFACE |
  groups.VIR_DOMAIN_STATS_BLOCK

const counterFields = [
  'state.state',
  'cpu.time',
  'balloon.current',
  'balloon.rss',
  'balloon.available',
  'balloon.usable',
  'balloon.unused',
  'block.*.rd.bytes',
  'block.*.wr.bytes',
  'net.*.rx.bytes',
  'net.*.tx.bytes',
]

const plainCounters = [
  ['cpu.time', 'cpuTimeNs'],
  ['block.*.rd.bytes', 'diskReadBytes'],
  ['block.*.wr.bytes', 'diskWriteBytes'],
  ['net.*.rx.bytes', 'netReceiveBytes'],
  ['net.*.tx.bytes', 'netSendBytes'],
] as const

const options: CallOptions = { priority: 'poll', timeoutMs: 10_000 }
const perDomainWidth = 2

export async function readCounters(host: LibvirtHost): Promise<VmCounters[]> {
  const stats = await host.bulk.read(counterGroups, counterFields, { ...options, activeOnly: true })
  // the test driver has the call but tells the state only
  if (!stats || (stats.length > 0 && stats.every(({ values }) => !values.has('balloon.current')))) {
    return readOneByOne(host)
  }
  return stats
    .filter(({ values }) => isActive(vmStateOf(values.get('state.state') ?? 0)))
    .map(({ domain, values }) => Object.assign(countersFrom(values), { id: vmIdOf(domain) }))
}

export function countersFrom(values: ReadonlyMap<string, number>): Omit<VmCounters, 'id'> {
  const memoryKiB = usedMemoryKiB(values)
  const counters: { -readonly [Key in Exclude<keyof VmCounters, 'id'>]?: number } = {}
  // by hand, as this runs for every VM of every host at each tick
  if (memoryKiB !== undefined) counters.memoryBytes = memoryKiB * 1024
  for (const [pattern, key] of plainCounters) {
    const value = values.get(pattern)
    if (value !== undefined) counters[key] = value
  }
  return counters
}

/**
 * What the guest says it uses, where its balloon driver reports; otherwise what it takes on the host, which includes
 * the emulator and is cut at what the guest was given.
 */
function usedMemoryKiB(values: ReadonlyMap<string, number>): number | undefined {
  const available = values.get('balloon.available')
  const usable = values.get('balloon.usable') ?? values.get('balloon.unused')
  if (available !== undefined && usable !== undefined && usable <= available) return available - usable
  const current = values.get('balloon.current')
  const rss = values.get('balloon.rss')
  return rss === undefined || current === undefined ? (current ?? rss) : Math.min(rss, current)
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
