/** The stored and the running definition of a domain, with their secrets: for changing, never for showing. */
import type { VmId } from '../../../../shared/model/ids'
import { isActive } from '../../../../shared/model/vm'
import { EditDocument } from '../../../domain-xml/edit/tree'
import type { Definitions } from '../../../domain-xml/hardware/view'
import { virDomainXMLFlags as xmlFlags } from '../../../libvirt-rpc/index'
import { isDenied } from '../../../libvirt-rpc/index'
import { currentRecord, domainXml, type LibvirtHost } from '../host'

export async function readDefinitions(host: LibvirtHost, id: VmId): Promise<Definitions> {
  const record = await currentRecord(host, id)
  const read = async (flags: number): Promise<EditDocument> =>
    EditDocument.parse(await xmlWithSecrets(host, id, flags), `the definition of ${record.name}`)
  const [stored, running] = await Promise.all([
    record.isPersistent ? read(xmlFlags.VIR_DOMAIN_XML_INACTIVE) : undefined,
    isActive(record.state) ? read(0) : undefined,
  ])
  return { ...(stored ? { stored } : {}), ...(running ? { running } : {}) }
}

/**
 * A definition read without VIR_DOMAIN_XML_SECURE lacks passwords, and storing it would delete them. Connections that only
 * look are not given them, and cannot store anything either.
 */
async function xmlWithSecrets(host: LibvirtHost, id: VmId, flags: number): Promise<string> {
  try {
    return await domainXml(host, id, flags | xmlFlags.VIR_DOMAIN_XML_SECURE)
  } catch (error) {
    if (isDenied(error)) return domainXml(host, id, flags)
    throw error
  }
}
