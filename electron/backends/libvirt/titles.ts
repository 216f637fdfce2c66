/**
 * Titles of VMs, and which are templates. libvirt has no bulk call for them, so they are read one by one behind everything
 * else, and again only when a VM's metadata or definition changed.
 */
import type { VmId } from '../../../shared/model/ids'
import { RpcError, virDomainMetadataType, type LibvirtSession } from '../../libvirt-rpc/index'
import { domainOf } from './domain-handle'
import type { VmWords } from './inventory'
import { readTemplateMark } from './template'

const timeoutMs = 10_000

export async function readWords(rpc: LibvirtSession, id: VmId): Promise<VmWords> {
  const title = await readTitle(rpc, id)
  const isTemplate = await readTemplateMark(rpc, id, 'poll')
  return { ...(title === undefined ? {} : { title }), ...(isTemplate ? { isTemplate } : {}) }
}

/** Undefined: it has none, or the driver has no metadata. */
async function readTitle(rpc: LibvirtSession, id: VmId): Promise<string | undefined> {
  try {
    const { metadata } = await rpc.call(
      'DOMAIN_GET_METADATA',
      { dom: domainOf(id), type: virDomainMetadataType.VIR_DOMAIN_METADATA_TITLE, uri: null, flags: 0 },
      { priority: 'poll', timeoutMs },
    )
    return metadata === '' ? undefined : metadata
  } catch (error) {
    // no title, no metadata in this driver, or no such VM any more
    if (error instanceof RpcError) return undefined
    throw error
  }
}
