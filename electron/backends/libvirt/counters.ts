/** Counters of running VMs for the graphs, as cheaply as the driver allows. */
import { isActive } from '../../../shared/model/vm'
import { polledFigures, type PolledFigure } from '../../../shared/model/polling'
import type { VmCounters } from '../../../shared/model/stats'
import {
  hyperNumber,
  isNoDomain,
  virConnectListAllDomainsFlags as listFlags,
  virDomainStatsTypes as groups,
  type CallOptions,
} from '../../libvirt-rpc/index'
import type { CounterWish } from '../backend'
import { vmIdOf } from './domain-handle'
import { vmStateOf } from './domain-state'
import type { LibvirtHost } from './host'
import { listDomains } from './records'
import type { FreshMemory } from './stats/fresh-memory'
import { windowed } from '../windowed'

/** VIR_DOMAIN_STATS_VCPU is left to some readings: it costs a look at each thread, and dozens of fields for each with KVM. */
const figureGroups: Readonly<Record<PolledFigure, number>> = {
  cpu: groups.VIR_DOMAIN_STATS_CPU_TOTAL,
  memory: groups.VIR_DOMAIN_STATS_BALLOON,
  disk: groups.VIR_DOMAIN_STATS_BLOCK,
  network: groups.VIR_DOMAIN_STATS_INTERFACE,
}

const counterFields = [
  'state.state',
  'cpu.time',
  'balloon.current',
  'balloon.rss',
  'balloon.available',
  'balloon.usable',
  'balloon.unused',
  'balloon.last-update',
  'block.*.rd.bytes',
  'block.*.wr.bytes',
  'block.*.rd.reqs',
  'block.*.wr.reqs',
  'block.*.rd.times',
  'block.*.wr.times',
  'net.*.rx.bytes',
  'net.*.tx.bytes',
]
const vcpuFields = [...counterFields, 'vcpu.*.wait', 'vcpu.*.delay']

const plainCounters = [
  ['cpu.time', 'cpuTimeNs'],
  ['vcpu.*.wait', 'vcpuWaitNs'],
  ['vcpu.*.delay', 'vcpuStealNs'],
  ['block.*.rd.bytes', 'diskReadBytes'],
  ['block.*.wr.bytes', 'diskWriteBytes'],
  ['block.*.rd.reqs', 'diskReadRequests'],
  ['block.*.wr.reqs', 'diskWriteRequests'],
  ['block.*.rd.times', 'diskReadTimeNs'],
  ['block.*.wr.times', 'diskWriteTimeNs'],
  ['net.*.rx.bytes', 'netReceiveBytes'],
  ['net.*.tx.bytes', 'netSendBytes'],
] as const

const options: CallOptions = { priority: 'poll', timeoutMs: 10_000 }
const perDomainWidth = 2

export async function readCounters(
  host: LibvirtHost,
  fresh: FreshMemory,
  { vcpuTimes = false, figures = polledFigures }: CounterWish = {},
): Promise<VmCounters[]> {
  const wantedGroups = figures.reduce(
    (all, figure) => all | figureGroups[figure],
    groups.VIR_DOMAIN_STATS_STATE | (vcpuTimes ? groups.VIR_DOMAIN_STATS_VCPU : 0),
  )
  const fields = vcpuTimes ? vcpuFields : counterFields
  const stats = await host.bulk.read(wantedGroups, fields, { ...options, activeOnly: true })
  // the test driver has the call but tells the state only
  if (!stats || (stats.length > 0 && stats.every(({ values }) => values.size <= 1))) {
    return readOneByOne(host, figures)
  }
  const active = stats.filter(({ values }) => isActive(vmStateOf(values.get('state.state') ?? 0)))
  fresh.keepOnly(new Set(active.map(({ domain }) => vmIdOf(domain))))
  return active.map(({ domain, values }) => {
    const id = vmIdOf(domain)
    return { id, ...countersFrom(values, fresh.isFresh(id, values.get('balloon.last-update'))) }
  })
}

export function countersFrom(
  values: ReadonlyMap<string, number>,
  isMemoryFresh: boolean,
): Omit<VmCounters, 'id'> {
  const counters: { -readonly [Key in Exclude<keyof VmCounters, 'id'>]?: number } = {}
  // by hand, as this runs for every VM of every host at each tick
  const guest = isMemoryFresh ? guestMemoryKiB(values) : undefined
  if (guest !== undefined) counters.memoryBytes = guest * 1024
  const resident = values.get('balloon.rss')
  if (resident !== undefined) counters.residentBytes = resident * 1024
  const balloon = values.get('balloon.current')
  if (balloon !== undefined) counters.balloonBytes = balloon * 1024
  for (const [pattern, key] of plainCounters) {
    const value = values.get(pattern)
    if (value !== undefined) counters[key] = value
  }
  return counters
}

function guestMemoryKiB(values: ReadonlyMap<string, number>): number | undefined {
  const available = values.get('balloon.available')
  const usable = values.get('balloon.usable') ?? values.get('balloon.unused')
  return available !== undefined && usable !== undefined && usable <= available
    ? available - usable
    : undefined
}

/** Drivers without bulk statistics (LXC, Xen) tell CPU time and memory of each. */
async function readOneByOne(host: LibvirtHost, figures: readonly PolledFigure[]): Promise<VmCounters[]> {
  if (!figures.includes('cpu') && !figures.includes('memory')) return []
  const domains = await listDomains(host.rpc, listFlags.VIR_CONNECT_LIST_DOMAINS_ACTIVE, options)
  const counters = await windowed(domains, perDomainWidth, async (dom): Promise<VmCounters | undefined> => {
    try {
      const info = await host.rpc.call('DOMAIN_GET_INFO', { dom }, options)
      return {
        id: vmIdOf(dom),
        ...(figures.includes('cpu') ? { cpuTimeNs: hyperNumber(info.cpuTime) } : {}),
        ...(figures.includes('memory') ? { balloonBytes: hyperNumber(info.memory) * 1024 } : {}),
      }
    } catch (error) {
      if (isNoDomain(error)) return undefined
      throw error
    }
  })
  return counters.filter((one) => one !== undefined)
}
