/** Settings of a running domain that have calls of their own (https://libvirt.org/html/libvirt-libvirt-domain.html). */
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '../../../../shared/errors'
import { osinfoElement, osinfoNamespace, type PageStep } from '../../../domain-xml/hardware/live-pages'
import {
  isRpcError,
  virDomainMetadataType,
  virDomainModificationImpact,
  type DomainHandle,
} from '../../../libvirt-rpc/index'
import { cpusNotChanged } from '../../hardware/refusals'
import { changeTimeoutMs, readTimeoutMs, type LibvirtHost } from '../host'
import { takeParameterStep } from './parameter-step'
import { takeThreadStep } from './thread-step'

const { VIR_DOMAIN_AFFECT_LIVE: flags } = virDomainModificationImpact
const { VIR_DOMAIN_METADATA_TITLE, VIR_DOMAIN_METADATA_DESCRIPTION, VIR_DOMAIN_METADATA_ELEMENT } =
  virDomainMetadataType
/** Longer than a guest takes that lets go of its CPUs at all. */
const releaseTimeoutMs = 10_000
const releasePollMs = 300

const timeout = { timeoutMs: changeTimeoutMs }

export async function takePageStep(host: LibvirtHost, dom: DomainHandle, step: PageStep): Promise<void> {
  const { rpc } = host
  switch (step.kind) {
    case 'vcpus':
      return setCpus(host, dom, step.count)
    case 'memory':
      await rpc.callJob(
        'DOMAIN_SET_MEMORY_FLAGS',
        { dom, memory: Math.floor(step.sizeBytes / 1024), flags },
        timeout,
      )
      return
    case 'title':
    case 'description': {
      const type = step.kind === 'title' ? VIR_DOMAIN_METADATA_TITLE : VIR_DOMAIN_METADATA_DESCRIPTION
      const metadata = { dom, type, metadata: step.text, key: null, uri: null, flags }
      await rpc.callJob('DOMAIN_SET_METADATA', metadata, timeout)
      return
    }
    case 'operating-system': {
      const metadata = step.id === undefined ? null : osinfoElement(step.id)
      const place = { type: VIR_DOMAIN_METADATA_ELEMENT, key: 'libosinfo', uri: osinfoNamespace }
      await rpc.callJob('DOMAIN_SET_METADATA', { dom, ...place, metadata, flags }, timeout)
      return
    }
    case 'stats-period':
      await rpc.callJob('DOMAIN_SET_MEMORY_STATS_PERIOD', { dom, period: step.seconds, flags }, timeout)
      return
    case 'parameters':
      return takeParameterStep(host, dom, step)
    case 'pin':
    case 'add-io-thread':
    case 'remove-io-thread':
      return takeThreadStep(host, dom, step)
    case 'impossible':
      throw new AppError('unsupported', step.why)
  }
}

/** Taking a CPU away is a request to the guest; libvirt itself waits five seconds for it. */
async function setCpus(host: LibvirtHost, dom: DomainHandle, nvcpus: number): Promise<void> {
  try {
    await host.rpc.callJob('DOMAIN_SET_VCPUS_FLAGS', { dom, nvcpus, flags }, timeout)
  } catch (error) {
    const isLate = isRpcError(error, 'VIR_ERR_OPERATION_TIMEOUT')
    if (!isLate && !isRpcError(error, 'VIR_ERR_OPERATION_FAILED')) throw error
    if (isLate && (await haveCpus(host, dom, nvcpus))) return
    throw cpusNotChanged(error)
  }
}

async function haveCpus(host: LibvirtHost, dom: DomainHandle, count: number): Promise<boolean> {
  for (const deadline = Date.now() + releaseTimeoutMs; Date.now() < deadline; await delay(releasePollMs)) {
    const { num } = await host.rpc.call(
      'DOMAIN_GET_VCPUS_FLAGS',
      { dom, flags },
      { timeoutMs: readTimeoutMs },
    )
    if (num === count) return true
  }
  return false
}
