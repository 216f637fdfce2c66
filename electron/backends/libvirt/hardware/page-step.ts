/** Settings of a running domain that have calls of their own. */
import type { PageStep } from '../../../domain-xml/hardware/live-pages'
import {
  typedParam,
  virDomainMetadataType,
  virDomainModificationImpact,
  type DomainHandle,
} from '../../../libvirt-rpc/index'
import { changeTimeoutMs, type LibvirtHost } from '../host'

const { VIR_DOMAIN_AFFECT_LIVE: flags } = virDomainModificationImpact
const timeout = { timeoutMs: changeTimeoutMs }

export async function takePageStep(host: LibvirtHost, dom: DomainHandle, step: PageStep): Promise<void> {
  const { rpc } = host
  switch (step.kind) {
    case 'vcpus':
      await rpc.callJob('DOMAIN_SET_VCPUS_FLAGS', { dom, nvcpus: step.count, flags }, timeout)
      return
    case 'memory':
      await rpc.callJob(
        'DOMAIN_SET_MEMORY_FLAGS',
        { dom, memory: Math.floor(step.sizeBytes / 1024), flags },
        timeout,
      )
      return
    case 'disk-limits':
      await rpc.callJob(
        'DOMAIN_SET_BLOCK_IO_TUNE',
        {
          dom,
          disk: step.target,
          params: step.limits.map(({ name, value }) => typedParam(name, 'ullong', value)),
          flags,
        },
        timeout,
      )
      return
    case 'title':
    case 'description':
      await rpc.callJob(
        'DOMAIN_SET_METADATA',
        {
          dom,
          type:
            step.kind === 'title'
              ? virDomainMetadataType.VIR_DOMAIN_METADATA_TITLE
              : virDomainMetadataType.VIR_DOMAIN_METADATA_DESCRIPTION,
          metadata: step.text,
          key: null,
          uri: null,
          flags,
        },
        timeout,
      )
  }
}
