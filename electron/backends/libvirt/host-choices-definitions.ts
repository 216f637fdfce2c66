/** All definitions of a host, live and stored, for questions such as "who uses this". */
import type { Listed } from '../../../shared/model/host-choices'
import { isActive, type VmRecord } from '../../../shared/model/vm'
import { parseXml, type XmlElement } from '../../domain-xml/document'
import { domainOf } from './domain-handle'
import { inactiveXml, type LibvirtHost } from './host'
import { quick, readEach } from './host-choices-sweep'

export interface Found<T> {
  readonly vmName: string
  readonly found: readonly T[]
}

/**
 * What `read` makes of each VM. A running VM may have other hardware now than after its next start, so both of its
 * definitions are read. Only those that mention one of the words are taken apart.
 */
export async function readAllDefinitions<T>(
  host: LibvirtHost,
  words: readonly string[],
  read: (domain: XmlElement) => readonly T[],
  untilMs?: number,
): Promise<Listed<Found<T>>> {
  const readOne = async (record: VmRecord): Promise<Found<T> | undefined> => {
    const found: T[] = []
    for (const flags of isActive(record.state) && record.isPersistent ? [0, inactiveXml] : [0]) {
      const xml = await definition(host, record, flags)
      if (!words.some((word) => xml.includes(word))) continue
      found.push(...read(parseXml(xml, `the definition of ${record.name}`).root))
    }
    return found.length === 0 ? undefined : { vmName: record.name, found }
  }
  return readEach(await host.inventory.readAll(), readOne, untilMs)
}

/** On the connection for long work: a thousand definitions must not stand before a user's click. */
async function definition(host: LibvirtHost, { id, name }: VmRecord, flags: number): Promise<string> {
  return (await host.rpc.callJob('DOMAIN_GET_XML_DESC', { dom: domainOf(id, name), flags }, quick)).xml
}
