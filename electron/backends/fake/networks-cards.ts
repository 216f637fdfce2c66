/** Cards of demo VMs and the addresses they have got, out of the definitions of both. */
import { addressNumber, addressText } from '../../../shared/model/networks/subnet'
import type { HostInterface } from '../../../shared/model/host-choices'
import type { Lease } from '../../../shared/model/networks/network'
import { mergeAddresses, type CardAddresses } from '../../../shared/model/guest-addresses'
import type { VmId } from '../../../shared/model/ids'
import { isActive } from '../../../shared/model/vm'
import { parseXml } from '../../domain-xml/document'
import { ipElement } from '../../domain-xml/networks/addresses'
import { mergeCards, readCards, type VmCards } from '../../domain-xml/networks/cards'
import { networkFacts } from '../../domain-xml/networks/facts'
import type { FakeHost } from './fake-host'
import { networksOf } from './networks-model'
import { runningXmlOf, storedXmlOf } from './xml'

/** Running cards get the names that libvirt would give their taps. */
export function vmCardsOf(host: FakeHost): VmCards[] {
  let next = 0
  return [...host.vms.values()].map((vm) => {
    const { id, name } = vm.definition
    const isRunning = isActive(vm.state)
    const stored = vm.isPersistent ? readCards(parseXml(storedXmlOf(vm)).root) : []
    const live = isRunning ? readCards(parseXml(runningXmlOf(vm, host.displayPort(vm))).root) : []
    const named = live.map((card) => ({ target: `vnet${next++}`, ...card }))
    return { vm: id, vmName: name, isRunning, ...mergeCards(named, stored) }
  })
}

const hourMs = 3_600_000

/** Reserved addresses first, the others from the range in the order of the VMs. */
export function leasesOf(host: FakeHost, name: string): Lease[] {
  const { running } = networksOf(host).network(name)
  const ip = running && ipElement(running.root, 'ipv4')
  const dhcp = ip?.find('dhcp')
  if (!running || !dhcp) return []
  const reserved = new Map(
    dhcp.children('host').map((one) => [one.attribute('mac')?.toLowerCase(), one.attribute('ip')]),
  )
  const taken = new Set(reserved.values())
  const ranges = dhcp.children('range').map((range) => ({
    first: addressNumber(range.attribute('start') ?? '') ?? 0n,
    last: addressNumber(range.attribute('end') ?? '') ?? -1n,
  }))
  const free = (): string | undefined => {
    for (const { first, last } of ranges) {
      for (let number = first; number <= last; number += 1n) {
        const address = addressText(number, 'ipv4')
        if (taken.has(address)) continue
        taken.add(address)
        return address
      }
    }
    return undefined
  }
  const prefix = Number(networkFacts(running.root).subnets[0]?.split('/')[1] ?? 24)
  return vmCardsOf(host).flatMap(({ vm, vmName, isRunning, cards }) =>
    cards
      .filter((card) => isRunning && card.network === name && card.target !== undefined)
      .flatMap((card): Lease[] => {
        const address = reserved.get(card.mac) ?? free()
        if (address === undefined) return []
        return [
          {
            mac: card.mac,
            address,
            prefix,
            hostname: vmName,
            clientId: `01:${card.mac}`,
            // half of the hour is over
            expiresAtMs: Date.now() + hourMs / 2,
            vm,
            vmName,
            isReserved: reserved.has(card.mac),
          },
        ]
      }),
  )
}

/** Bridges that running networks have made, beside those of the host itself. */
export function madeBridges(host: FakeHost): HostInterface[] {
  return [...networksOf(host).networks.values()].flatMap(({ running }) => {
    if (!running || running.root.find('ip') === undefined) return []
    const name = running.root.find('bridge')?.attribute('name')
    if (name === undefined) return []
    const mac = running.root.find('mac')?.attribute('address')
    return [
      {
        name,
        kind: 'bridge' as const,
        isUp: true,
        ...(mac === undefined ? {} : { mac }),
        addresses: running.root.children('ip').flatMap((ip) => {
          const address = ip.attribute('address')
          const [subnet] = networkFacts(running.root).subnets
          return address === undefined ? [] : [`${address}/${subnet?.split('/')[1] ?? 24}`]
        }),
        mtuBytes: 1500,
      },
    ]
  })
}

/** What the DHCP servers of the running networks gave to its cards. */
export function guestAddressesOf(host: FakeHost, vm: VmId): CardAddresses[] {
  const names = [...networksOf(host).networks.keys()]
  return mergeAddresses(
    names
      .flatMap((name) => leasesOf(host, name))
      .filter((lease) => lease.vm === vm)
      .map(({ mac, address, prefix }) => ({ mac, addresses: [{ address, prefix, from: 'lease' as const }] })),
  )
}
