/** What the parts of a session share about its host. */
import type { HostFeatures } from '../../../shared/model/host'
import { AppError } from '../../../shared/errors'
import type { VmId } from '../../../shared/model/ids'
import type { VmRecord } from '../../../shared/model/vm'
import { virDomainXMLFlags as xmlFlags, type LibvirtSession } from '../../libvirt-rpc/index'
import type { Link } from '../../link/link'
import { domainOf } from './domain-handle'
import type { BulkStats } from './domain-stats'
import type { Inventory } from './inventory'
import { parseXml, type XmlElement } from '../../domain-xml/document'

export interface LibvirtHost {
  readonly rpc: LibvirtSession
  readonly link: Link
  /** As the driver names itself: QEMU, Xen, LXC, TEST. */
  readonly driver: string
  readonly features: HostFeatures
  readonly inventory: Inventory
  readonly bulk: BulkStats
  /** One more session to the same daemon, for work that may take long. The caller closes it. */
  openAnother(): Promise<LibvirtSession>
}

/** Reads one VM as it is now; `not-found` when there is none. */
export async function currentRecord(host: LibvirtHost, id: VmId): Promise<VmRecord> {
  const record = await host.inventory.refresh(id)
  if (record) return record
  throw new AppError('not-found', 'This VM no longer exists', {
    cure: 'It was deleted by somebody else, or it was transient and has stopped.',
  })
}

/** Longer than the 30 s for which libvirt itself waits for a busy domain, so that its own word comes first. */
export const changeTimeoutMs = 40_000
export const readTimeoutMs = 10_000

export async function domainXml(host: LibvirtHost, id: VmId, flags = 0): Promise<string> {
  const { xml } = await host.rpc.call(
    'DOMAIN_GET_XML_DESC',
    { dom: domainOf(id, host.inventory.nameOf(id)), flags },
    { timeoutMs: readTimeoutMs },
  )
  return xml
}

export async function domainDocument(host: LibvirtHost, id: VmId, flags = 0): Promise<XmlElement> {
  const name = host.inventory.nameOf(id)
  return parseXml(
    await domainXml(host, id, flags),
    name === undefined ? 'a definition' : `the definition of ${name}`,
  ).root
}

export const inactiveXml = xmlFlags.VIR_DOMAIN_XML_INACTIVE
