/** The part of a session that tells loads in detail. */
import { virDomainModificationImpact as impact } from '../../../libvirt-rpc/index'
import type { StatsSession } from '../../stats-session'
import { domainOf } from '../domain-handle'
import { changeTimeoutMs, currentRecord, type LibvirtHost } from '../host'
import type { FreshMemory } from './fresh-memory'
import { HostCounterReader } from './host-counters'
import { readVmCounters } from './vm-counters'

export function statsOf(host: LibvirtHost, fresh: FreshMemory): StatsSession {
  const hostCounters = new HostCounterReader(host)
  return {
    vmCounters: (vm) => readVmCounters(host, fresh, vm),
    hostCounters: () => hostCounters.read(),
    async setMemoryReports(vm, periodSeconds) {
      const { isPersistent } = await currentRecord(host, vm)
      await host.rpc.callJob(
        'DOMAIN_SET_MEMORY_STATS_PERIOD',
        {
          dom: domainOf(vm, host.inventory.nameOf(vm)),
          period: periodSeconds,
          flags: impact.VIR_DOMAIN_AFFECT_LIVE | (isPersistent ? impact.VIR_DOMAIN_AFFECT_CONFIG : 0),
        },
        { timeoutMs: changeTimeoutMs },
      )
    },
  }
}
