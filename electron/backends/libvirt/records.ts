/**
 * Domains as VmRecords: all of them with a number of calls that does not grow with their number (where the driver has
 * bulk statistics), or one of them with a handful of small calls every driver has.
 */
import type { VmId } from '../../../shared/model/ids'
import type { VmRecord } from '../../../shared/model/vm'
import {
  RpcError,
  hyperNumber,
  isNoDomain,
  virConnectListAllDomainsFlags as listFlags,
  virDomainStatsTypes as groups,
  type CallOptions,
  type DomainHandle,
  type LibvirtSession,
  type SievedStats,
} from '../../libvirt-rpc/index'
import { domainOf, vmIdOf } from './domain-handle'
import { numberIn, type BulkStats } from './domain-stats'
import { stateReasonOf, vmStateOf } from './domain-state'
import { given } from '../../../shared/given'
import { windowed } from '../windowed'

const recordGroups =
  groups.VIR_DOMAIN_STATS_STATE | groups.VIR_DOMAIN_STATS_BALLOON | groups.VIR_DOMAIN_STATS_VCPU
const recordFields = ['state.state', 'state.reason', 'vcpu.current', 'balloon.maximum', 'balloon.current']
/** Below the calls the daemon serves at once on a connection, so that a user's call finds room. */
const perDomainWidth = 3

export async function readAllRecords(
  rpc: LibvirtSession,
  bulk: BulkStats,
  options: CallOptions,
): Promise<VmRecord[]> {
  const [stats, persistent, autostart, saved] = await Promise.all([
    bulk.read(recordGroups, recordFields, options),
    idsWith(rpc, listFlags.VIR_CONNECT_LIST_DOMAINS_PERSISTENT, options),
    idsWith(rpc, listFlags.VIR_CONNECT_LIST_DOMAINS_AUTOSTART, options),
    idsWith(rpc, listFlags.VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE, options),
  ])
  const domains: SievedStats[] =
    stats ?? (await listDomains(rpc, 0, options)).map((domain) => ({ domain, values: new Map() }))
  const records = await windowed(domains, perDomainWidth, async ({ domain, values }) => {
    const basics = basicsFrom(values) ?? (await askBasics(rpc, domain, options))
    if (!basics) return undefined
    const id = vmIdOf(domain)
    return {
      id,
      name: domain.name,
      ...runIdOf(domain),
      ...basics,
      isPersistent: persistent?.has(id) ?? true,
      autostart: autostart?.has(id) ?? false,
      hasSavedState: saved?.has(id) ?? false,
    }
  })
  return records.filter((record) => record !== undefined)
}

/** Undefined when the domain no longer exists. */
export async function readRecord(
  rpc: LibvirtSession,
  id: VmId,
  options: CallOptions,
): Promise<VmRecord | undefined> {
  try {
    const dom = domainOf(id)
    const [found, basics, persistent, autostart, saved] = await Promise.all([
      rpc.call('DOMAIN_LOOKUP_BY_UUID', { uuid: id }, options),
      askBasics(rpc, dom, options),
      orElse(rpc.call('DOMAIN_IS_PERSISTENT', { dom }, options), { persistent: 1 }),
      orElse(rpc.call('DOMAIN_GET_AUTOSTART', { dom }, options), { autostart: 0 }),
      orElse(rpc.call('DOMAIN_HAS_MANAGED_SAVE_IMAGE', { dom, flags: 0 }, options), { result: 0 }),
    ])
    if (!basics) return undefined
    return {
      id,
      name: found.dom.name,
      ...runIdOf(found.dom),
      ...basics,
      isPersistent: persistent.persistent !== 0,
      autostart: autostart.autostart !== 0,
      hasSavedState: saved.result !== 0,
    }
  } catch (error) {
    if (isNoDomain(error)) return undefined
    throw error
  }
}

/** -1 stands for a domain that is off. */
function runIdOf({ id }: DomainHandle): Pick<VmRecord, 'runId'> {
  return id < 0 ? {} : { runId: id }
}

export async function listDomains(
  rpc: LibvirtSession,
  flags: number,
  options: CallOptions = {},
): Promise<DomainHandle[]> {
  const { domains } = await rpc.call('CONNECT_LIST_ALL_DOMAINS', { need_results: 1, flags }, options)
  return domains
}

/** Undefined when the driver does not know the filter. */
async function idsWith(
  rpc: LibvirtSession,
  flag: number,
  options: CallOptions,
): Promise<ReadonlySet<VmId> | undefined> {
  const domains = await orElse(listDomains(rpc, flag, options), undefined)
  return domains && new Set(domains.map(vmIdOf))
}

type Basics = Pick<VmRecord, 'state' | 'stateReason' | 'vcpuCount' | 'memoryBytes' | 'maxMemoryBytes'>

/** Undefined where the driver's statistics leave something out, as the test driver's do. */
function basicsFrom(values: SievedStats['values']): Basics | undefined {
  const state = numberIn(values, 'state.state')
  const vcpus = numberIn(values, 'vcpu.current')
  const maxKiB = numberIn(values, 'balloon.maximum')
  const currentKiB = numberIn(values, 'balloon.current')
  if (state === undefined || vcpus === undefined || maxKiB === undefined || currentKiB === undefined)
    return undefined
  return toBasics({ state, reason: numberIn(values, 'state.reason') ?? 0, vcpus, maxKiB, currentKiB })
}

async function askBasics(
  rpc: LibvirtSession,
  dom: DomainHandle,
  options: CallOptions,
): Promise<Basics | undefined> {
  try {
    const [info, state] = await Promise.all([
      rpc.call('DOMAIN_GET_INFO', { dom }, options),
      orElse(rpc.call('DOMAIN_GET_STATE', { dom, flags: 0 }, options), undefined),
    ])
    return toBasics({
      state: state?.state ?? info.state,
      reason: state?.reason ?? 0,
      vcpus: info.nrVirtCpu,
      maxKiB: hyperNumber(info.maxMem),
      currentKiB: hyperNumber(info.memory),
    })
  } catch (error) {
    if (isNoDomain(error)) return undefined
    throw error
  }
}

function toBasics(of: {
  state: number
  reason: number
  vcpus: number
  maxKiB: number
  currentKiB: number
}): Basics {
  return {
    state: vmStateOf(of.state),
    ...given('stateReason', stateReasonOf(of.state, of.reason)),
    vcpuCount: of.vcpus,
    maxMemoryBytes: of.maxKiB * 1024,
    // Xen reports a little more than the maximum while it balloons
    memoryBytes: Math.min(of.currentKiB, of.maxKiB) * 1024,
  }
}

/** What a driver does not offer is taken as the fallback; a vanished domain and a lost connection are not. */
async function orElse<T, F>(call: Promise<T>, fallback: F): Promise<T | F> {
  try {
    return await call
  } catch (error) {
    if (error instanceof RpcError && !isNoDomain(error)) return fallback
    throw error
  }
}
