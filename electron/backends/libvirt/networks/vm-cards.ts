/** The cards of all VMs of a host, for who uses a network, a filter, or has a lease. */
import type { Listed } from '../../../../shared/model/host-choices'
import type { Lease, NetworkUser } from '../../../../shared/model/networks/network'
import { isActive } from '../../../../shared/model/vm'
import { parseXml } from '../../../domain-xml/document'
import { ipFamily } from '../../../domain-xml/networks/addresses'
import { mergeCards, readCards, type Card, type VmCards } from '../../../domain-xml/networks/cards'
import { hyperNumber } from '../../../libvirt-rpc/index'
import { domainOf } from '../domain-handle'
import { given } from '../../../../shared/given'
import { inactiveXml, type LibvirtHost } from '../host'
import { quick, readEach } from '../host-choices-sweep'
import type { OneNetwork } from './read'

/** On the connections for long work: a thousand definitions must not stand before a user's click. */
export async function readVmCards(host: LibvirtHost): Promise<Listed<VmCards>> {
  return readEach(await host.inventory.readAll(), async (record): Promise<VmCards> => {
    const { id, name, isPersistent } = record
    const isRunning = isActive(record.state)
    const read = async (flags: number): Promise<Card[]> => {
      const { xml } = await host.rpc.callJob('DOMAIN_GET_XML_DESC', { dom: domainOf(id, name), flags }, quick)
      return xml.includes('<interface') ? readCards(parseXml(xml, `the definition of ${name}`).root) : []
    }
    const live = isRunning ? await read(0) : []
    const stored = isPersistent ? await read(isRunning ? inactiveXml : 0) : []
    return { vm: id, vmName: name, isRunning, ...mergeCards(live, stored) }
  })
}

export function usersOfNetwork(name: string, vms: readonly VmCards[]): NetworkUser[] {
  return vms.flatMap(({ vm, vmName, isRunning, cards }) =>
    cards
      .filter((card) => card.network === name)
      .map((card) => ({
        vm,
        vmName,
        isRunning,
        mac: card.mac,
        ...given('portGroup', card.portGroup),
        ...given('interface', card.target),
      })),
  )
}

export async function readLeases(host: LibvirtHost, one: OneNetwork): Promise<Lease[]> {
  // nobody hands out addresses of a network that is down, or of one that is the LAN
  if (!one.running || !one.network.hasDhcp) return []
  const { running } = one
  const [{ leases }, vms] = await Promise.all([
    host.rpc.callJob(
      'NETWORK_GET_DHCP_LEASES',
      { net: one.net, mac: null, need_results: 1, flags: 0 },
      quick,
    ),
    readVmCards(host),
  ])
  const reservations = running.root.children('ip').flatMap((ip) =>
    (ip.find('dhcp')?.children('host') ?? []).map((entry) => ({
      family: ipFamily(ip),
      mac: entry.attribute('mac')?.toLowerCase(),
      ip: entry.attribute('ip'),
    })),
  )
  return leases.map((lease): Lease => {
    const mac = lease.mac?.toLowerCase() ?? ''
    const owner = vms.items.find(({ cards }) => mac !== '' && cards.some((card) => card.mac === mac))
    const expiresAtMs = hyperNumber(lease.expirytime) * 1000
    return {
      mac,
      address: lease.ipaddr,
      prefix: lease.prefix,
      ...given('hostname', lease.hostname ?? undefined),
      ...given('clientId', lease.clientid ?? undefined),
      ...given('expiresAtMs', expiresAtMs === 0 ? undefined : expiresAtMs),
      ...given('vm', owner?.vm),
      ...given('vmName', owner?.vmName),
      isReserved: reservations.some(
        (entry) => entry.ip === lease.ipaddr && (entry.mac === undefined || entry.mac === mac),
      ),
    }
  })
}
