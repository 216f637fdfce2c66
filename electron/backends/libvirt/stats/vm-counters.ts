/** Counters of one VM in detail: a few calls, made while somebody looks at it. */
import type { VmId } from '../../../../shared/model/ids'
import type {
  DiskCounters,
  MemoryFigures,
  NicCounters,
  VcpuCounters,
  VcpuState,
  VmLoadCounters,
} from '../../../../shared/model/vm-load'
import { AppError } from '../../../../shared/errors'
import { isActive } from '../../../../shared/model/vm'
import {
  hyperNumber,
  virDomainStatsTypes as groups,
  type DomainHandle,
  type ParamValue,
} from '../../../libvirt-rpc/index'
import type { XmlElement } from '../../../domain-xml/document'
import { domainOf } from '../domain-handle'
import { numberIn } from '../domain-stats'
import { vmStateOf } from '../domain-state'
import { given } from '../../../../shared/given'
import { currentRecord, domainDocument, type LibvirtHost } from '../host'
import type { FreshMemory } from './fresh-memory'
import { detailOptions } from './options'
import { readPlacement, type Placement } from './placement'

const detailGroups =
  groups.VIR_DOMAIN_STATS_STATE |
  groups.VIR_DOMAIN_STATS_CPU_TOTAL |
  groups.VIR_DOMAIN_STATS_BALLOON |
  groups.VIR_DOMAIN_STATS_VCPU |
  groups.VIR_DOMAIN_STATS_INTERFACE |
  groups.VIR_DOMAIN_STATS_BLOCK

type Values = ReadonlyMap<string, ParamValue>

export async function readVmCounters(
  host: LibvirtHost,
  fresh: FreshMemory,
  id: VmId,
): Promise<VmLoadCounters> {
  const dom = domainOf(id, host.inventory.nameOf(id))
  const [values, placement, definition] = await Promise.all([
    host.bulk.readOne(dom, detailGroups, detailOptions),
    readPlacement(host, id),
    domainDocument(host, id),
  ])
  if (values && !isActive(vmStateOf(numberIn(values, 'state.state') ?? 0))) throw isOff()
  if (values?.has('balloon.current')) return countersFrom(values, placement, definition, fresh, id)
  const record = await currentRecord(host, id)
  if (!isActive(record.state)) throw isOff()
  return {
    ...(await plainCounters(host, dom)),
    vcpus: [...placement].map(([number, place]) => ({ number, state: 'unknown' as const, ...place })),
    disks: [],
    nics: [],
  }
}

/** What every driver tells of a domain. */
async function plainCounters(
  host: LibvirtHost,
  dom: DomainHandle,
): Promise<Pick<VmLoadCounters, 'cpuTimeNs' | 'memory'>> {
  const info = await host.rpc.call('DOMAIN_GET_INFO', { dom }, detailOptions)
  return {
    cpuTimeNs: hyperNumber(info.cpuTime),
    memory: {
      balloonBytes: hyperNumber(info.memory) * 1024,
      maximumBytes: hyperNumber(info.maxMem) * 1024,
    },
  }
}

function isOff(): AppError {
  return new AppError('invalid', 'The VM is shut off', { cure: 'It has a load while it runs' })
}

export function countersFrom(
  values: Values,
  placement: Placement,
  definition: XmlElement,
  fresh: FreshMemory,
  id: string,
): VmLoadCounters {
  return {
    ...given('cpuTimeNs', numberIn(values, 'cpu.time')),
    vcpus: vcpusFrom(values, placement),
    disks: disksFrom(values),
    nics: nicsFrom(values),
    memory: memoryFrom(values, definition, fresh.isFresh(id, numberIn(values, 'balloon.last-update'))),
  }
}

/** As virVcpuState numbers them. */
const vcpuStates: readonly VcpuState[] = ['offline', 'running', 'blocked']

/** Numbers have holes where a vCPU is not plugged in. */
export function vcpusFrom(values: Values, placement: Placement): VcpuCounters[] {
  const vcpus: VcpuCounters[] = []
  for (let number = 0; number < (numberIn(values, 'vcpu.maximum') ?? 0); number += 1) {
    const at = `vcpu.${number}`
    const state = numberIn(values, `${at}.state`)
    if (state === undefined) continue
    const halted = values.get(`${at}.halted`)
    vcpus.push({
      number,
      state: vcpuStates[state] ?? 'unknown',
      ...given('isHalted', typeof halted === 'boolean' ? halted : undefined),
      ...given('timeNs', numberIn(values, `${at}.time`)),
      ...given('waitNs', numberIn(values, `${at}.wait`)),
      ...given('stealNs', numberIn(values, `${at}.delay`)),
      ...placement.get(number),
    })
  }
  return vcpus
}

export function disksFrom(values: Values): DiskCounters[] {
  const disks: DiskCounters[] = []
  for (let index = 0; index < (numberIn(values, 'block.count') ?? 0); index += 1) {
    const at = `block.${index}`
    const target = values.get(`${at}.name`)
    if (typeof target !== 'string') continue
    const source = values.get(`${at}.path`)
    const number = (field: string): number | undefined => numberIn(values, `${at}.${field}`)
    disks.push({
      target,
      ...given('source', typeof source === 'string' ? source : undefined),
      ...given('readBytes', number('rd.bytes')),
      ...given('readRequests', number('rd.reqs')),
      ...given('readTimeNs', number('rd.times')),
      ...given('writeBytes', number('wr.bytes')),
      ...given('writeRequests', number('wr.reqs')),
      ...given('writeTimeNs', number('wr.times')),
      ...given('flushRequests', number('fl.reqs')),
      ...given('flushTimeNs', number('fl.times')),
      ...given('capacityBytes', number('capacity')),
      ...given('allocationBytes', number('allocation')),
      ...given('physicalBytes', number('physical')),
    })
  }
  return disks
}

export function nicsFrom(values: Values): NicCounters[] {
  const nics: NicCounters[] = []
  for (let index = 0; index < (numberIn(values, 'net.count') ?? 0); index += 1) {
    const at = `net.${index}`
    const name = values.get(`${at}.name`)
    // a user-mode card has no end on the host, and no counters
    if (typeof name !== 'string') continue
    const number = (field: string): number | undefined => numberIn(values, `${at}.${field}`)
    nics.push({
      name,
      ...given('receiveBytes', number('rx.bytes')),
      ...given('receivePackets', number('rx.pkts')),
      ...given('receiveErrors', number('rx.errs')),
      ...given('receiveDrops', number('rx.drop')),
      ...given('sendBytes', number('tx.bytes')),
      ...given('sendPackets', number('tx.pkts')),
      ...given('sendErrors', number('tx.errs')),
      ...given('sendDrops', number('tx.drop')),
    })
  }
  return nics
}

function memoryFrom(values: Values, definition: XmlElement, isFresh: boolean): MemoryFigures {
  const bytes = (field: string): number | undefined => {
    const kiB = numberIn(values, `balloon.${field}`)
    return kiB === undefined ? undefined : kiB * 1024
  }
  const totalBytes = bytes('available')
  const free = bytes('usable') ?? bytes('unused')
  return {
    ...given('balloonBytes', bytes('current')),
    ...given('maximumBytes', bytes('maximum')),
    ...given('residentBytes', bytes('rss')),
    ...given('reportPeriodSeconds', reportPeriod(definition)),
    ...(isFresh && totalBytes !== undefined
      ? {
          guest: {
            totalBytes,
            ...given('usedBytes', free === undefined || free > totalBytes ? undefined : totalBytes - free),
            ...given('unusedBytes', bytes('unused')),
            ...given('cacheBytes', bytes('disk_caches')),
            ...given('swapInBytes', bytes('swap_in')),
            ...given('swapOutBytes', bytes('swap_out')),
            ...given('majorFaults', numberIn(values, 'balloon.major_fault')),
            ...given('minorFaults', numberIn(values, 'balloon.minor_fault')),
          },
        }
      : {}),
  }
}

/** 0 where the guest is never asked; undefined for a VM whose balloon cannot report. */
function reportPeriod(definition: XmlElement): number | undefined {
  const balloon = definition.find('devices', 'memballoon')
  if (balloon?.attribute('model')?.startsWith('virtio') !== true) return undefined
  const seconds = Number(balloon.find('stats')?.attribute('period') ?? 0)
  return Number.isSafeInteger(seconds) && seconds >= 0 ? seconds : undefined
}
