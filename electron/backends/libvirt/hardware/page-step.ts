/** Settings of a running domain that have calls of their own (https://libvirt.org/html/libvirt-libvirt-domain.html). */
import { AppError } from '../../../../shared/errors'
import { osinfoElement, osinfoNamespace, type PageStep } from '../../../domain-xml/hardware/live-pages'
import {
  isRpcError,
  virDomainMetadataType,
  virDomainModificationImpact,
  type DomainHandle,
} from '../../../libvirt-rpc/index'
import { changeTimeoutMs, type LibvirtHost } from '../host'
import { takeParameterStep } from './parameter-step'
import { takeThreadStep } from './thread-step'

const { VIR_DOMAIN_AFFECT_LIVE: flags } = virDomainModificationImpact
const { VIR_DOMAIN_METADATA_TITLE, VIR_DOMAIN_METADATA_DESCRIPTION, VIR_DOMAIN_METADATA_ELEMENT } =
  virDomainMetadataType
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

/** Taking a CPU away is a request to the guest, and libvirt gives up on it after some seconds. */
async function setCpus(host: LibvirtHost, dom: DomainHandle, nvcpus: number): Promise<void> {
  try {
    await host.rpc.callJob('DOMAIN_SET_VCPUS_FLAGS', { dom, nvcpus, flags }, timeout)
  } catch (error) {
    if (!isRpcError(error, 'VIR_ERR_OPERATION_TIMEOUT') && !isRpcError(error, 'VIR_ERR_OPERATION_FAILED'))
      throw error
    throw new AppError('timed-out', 'The guest has not switched the CPUs over', {
      cure: 'It may not support this, or need the CPU. The new number counts at the next start.',
      detail: error.message,
      cause: error,
    })
  }
}
