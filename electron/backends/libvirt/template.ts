/** The mark of a template in the stored definition; libvirt keeps the rest of it as it is. */
import { AppError } from '../../../shared/errors'
import type { VmId } from '../../../shared/model/ids'
import { templateElement, templateNamespace, templatePrefix } from '../../domain-xml/template-mark'
import {
  RpcError,
  virDomainMetadataType,
  virDomainModificationImpact,
  type LibvirtSession,
} from '../../libvirt-rpc/index'
import { domainOf } from './domain-handle'
import { changeTimeoutMs, currentRecord, type LibvirtHost } from './host'

const timeoutMs = 10_000
const { VIR_DOMAIN_METADATA_ELEMENT: type } = virDomainMetadataType
const { VIR_DOMAIN_AFFECT_CONFIG: flags } = virDomainModificationImpact

export async function readTemplateMark(rpc: LibvirtSession, id: VmId, priority?: 'poll'): Promise<boolean> {
  try {
    await rpc.call(
      'DOMAIN_GET_METADATA',
      { dom: domainOf(id), type, uri: templateNamespace, flags },
      { timeoutMs, ...(priority === undefined ? {} : { priority }) },
    )
    return true
  } catch (error) {
    // no mark, nothing stored, no metadata in this driver, or no such VM any more
    if (error instanceof RpcError) return false
    throw error
  }
}

export async function setTemplate(host: LibvirtHost, id: VmId, isTemplate: boolean): Promise<void> {
  const record = await currentRecord(host, id)
  if (!record.isPersistent) throw new AppError('invalid', 'A transient VM cannot be a template')
  try {
    await host.rpc.callJob(
      'DOMAIN_SET_METADATA',
      {
        dom: domainOf(id, record.name),
        type,
        metadata: isTemplate ? templateElement : null,
        key: isTemplate ? templatePrefix : null,
        uri: templateNamespace,
        flags,
      },
      { timeoutMs: changeTimeoutMs },
    )
  } finally {
    // older daemons have no event for it
    host.inventory.hint(id, 'definition')
    await host.inventory.settle(id).catch(() => undefined)
  }
}
