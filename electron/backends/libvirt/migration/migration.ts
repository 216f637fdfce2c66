/** The part of a libvirt host that moves VMs. */
import { isNoDomain, virDomainXMLFlags as xmlFlags } from '../../../libvirt-rpc/index'
import { AppError } from '../../../../shared/errors'
import { isActive } from '../../../../shared/model/vm'
import type { VmId } from '../../../../shared/model/ids'
import type { TuneOptions } from '../../../../shared/model/migration/options'
import type { MigrationSession, MovableDefinitions } from '../../migration-session'
import { domainOf } from '../domain-handle'
import { toAppError } from '../errors'
import { changeTimeoutMs, currentRecord, domainXml, type LibvirtHost } from '../host'
import { receive } from './arrival'
import { commonCpu, compareCpu } from './cpu'
import { readFacts, reaches } from './facts'
import { move } from './move'
import { toMebibytes } from './parameters'

export function migrationOf(host: LibvirtHost, hostname: string, uri: string): MigrationSession {
  return {
    kind: () => `libvirt ${host.driver}`,
    uri: () => uri,
    definitions: (vm) => definitions(host, vm),
    facts: (of) => readFacts(host, hostname, of),
    compareCpu: (cpuXml, of) => compareCpu(host, cpuXml, of),
    commonCpu: (cpus, of) => commonCpu(host, cpus, of),
    reaches: (address) => reaches(host, hostname, address),
    move: (vm, to, request, context) => move(host, vm, to, request, context),
    receive: (offer) => receive(host, offer),
    tune: (vm, options) => tune(host, vm, options),
    switchToPostCopy: (vm) => switchToPostCopy(host, vm),
  }
}

/** VIR_DOMAIN_XML_MIGRATABLE leaves out what a destination of another version may not know. */
async function definitions(host: LibvirtHost, vm: VmId): Promise<MovableDefinitions> {
  const record = await currentRecord(host, vm)
  const flags = xmlFlags.VIR_DOMAIN_XML_SECURE | xmlFlags.VIR_DOMAIN_XML_MIGRATABLE
  const [running, stored] = await Promise.all([
    isActive(record.state) ? domainXml(host, vm, flags) : undefined,
    record.isPersistent ? domainXml(host, vm, flags | xmlFlags.VIR_DOMAIN_XML_INACTIVE) : undefined,
  ])
  return { ...(running === undefined ? {} : { running }), ...(stored === undefined ? {} : { stored }) }
}

async function tune(host: LibvirtHost, vm: VmId, options: TuneOptions): Promise<void> {
  const dom = domainOf(vm, host.inventory.nameOf(vm))
  const inTime = { timeoutMs: changeTimeoutMs }
  if (options.bandwidthBytesPerSecond !== undefined) {
    const bandwidth = toMebibytes(options.bandwidthBytesPerSecond)
    await host.rpc.call('DOMAIN_MIGRATE_SET_MAX_SPEED', { dom, bandwidth, flags: 0 }, inTime)
  }
  if (options.maxDowntimeMs !== undefined) {
    const downtime = options.maxDowntimeMs
    await host.rpc.call('DOMAIN_MIGRATE_SET_MAX_DOWNTIME', { dom, downtime, flags: 0 }, inTime)
  }
}

async function switchToPostCopy(host: LibvirtHost, vm: VmId): Promise<void> {
  const dom = domainOf(vm, host.inventory.nameOf(vm))
  try {
    await host.rpc.call('DOMAIN_MIGRATE_START_POST_COPY', { dom, flags: 0 }, { timeoutMs: changeTimeoutMs })
  } catch (error) {
    if (isNoDomain(error))
      throw new AppError('not-found', 'The VM is no longer at the source', { cause: error })
    throw toAppError(error)
  }
}
