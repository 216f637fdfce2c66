/** Which other VMs of a host use which disk images. */
import type { VmId } from '../../../shared/model/ids'
import { isNoDomain, virConnectListAllDomainsFlags as listFlags } from '../../libvirt-rpc/index'
import { vmIdOf } from './domain-handle'
import { inactiveXml, readTimeoutMs, type LibvirtHost } from './host'
import { listDomains } from './records'
import { readDisks, sourceText } from './xml/disks'
import { parseXml } from '../../domain-xml/document'
import { windowed } from './windowed'

const width = 3

export interface DiskUser {
  readonly name: string
  /** Every image its disks need, backing images too: paths, and pool/volume as they are written. */
  readonly images: ReadonlySet<string>
}

/**
 * All VMs but one whose definition mentions any of these words (file names, volume names). A thousand definitions are
 * fetched for this, but only the few that mention one are taken apart.
 */
export async function findDiskUsers(
  host: LibvirtHost,
  except: VmId,
  words: readonly string[],
): Promise<DiskUser[]> {
  if (words.length === 0) return []
  const mentions = words.map(plainPart).filter((word) => word !== '')
  const [all, active] = await Promise.all([
    listDomains(host.rpc, 0, { timeoutMs: readTimeoutMs }),
    listDomains(host.rpc, listFlags.VIR_CONNECT_LIST_DOMAINS_ACTIVE, { timeoutMs: readTimeoutMs }),
  ])
  const activeIds = new Set(active.map(vmIdOf))
  const others = all.filter((domain) => vmIdOf(domain) !== except)
  const users = await windowed(others, width, async (dom): Promise<DiskUser | undefined> => {
    // a running VM may have other disks now than after its next start; its live definition also has backing images
    const flags = activeIds.has(vmIdOf(dom)) ? [0, inactiveXml] : [inactiveXml]
    const images = new Set<string>()
    for (const flag of flags) {
      const xml = await xmlUnlessGone(host, { dom, flags: flag })
      if (
        xml === undefined ||
        (mentions.length === words.length && !mentions.some((word) => xml.includes(word)))
      ) {
        continue
      }
      for (const disk of readDisks(parseXml(xml, `the definition of ${dom.name}`).root)) {
        for (const source of [disk.source, ...disk.backing]) if (source) images.add(sourceText(source))
      }
    }
    return images.size === 0 ? undefined : { name: dom.name, images }
  })
  return users.filter((user) => user !== undefined)
}

async function xmlUnlessGone(
  host: LibvirtHost,
  args: { dom: { name: string; uuid: string; id: number }; flags: number },
): Promise<string | undefined> {
  try {
    return (await host.rpc.call('DOMAIN_GET_XML_DESC', args, { timeoutMs: readTimeoutMs })).xml
  } catch (error) {
    if (isNoDomain(error)) return undefined
    throw error
  }
}

/** The longest part that is written in XML as it is. */
function plainPart(word: string): string {
  return word
    .split(/[&<>"'\s]/)
    .reduce((longest, part) => (part.length > longest.length ? part : longest), '')
}
