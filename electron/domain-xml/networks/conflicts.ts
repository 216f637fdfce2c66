/** What else of a host has the addresses of a network. */
import { overlap, parseSubnet, subnetText, type Subnet } from '../../../shared/model/networks/subnet'
import type { EditElement } from '../edit/tree'
import { networkSubnets } from './facts'

export interface Taken {
  readonly networks: readonly {
    readonly name: string
    readonly subnets: readonly string[]
    readonly bridge?: string
  }[]
  /** With prefix, by interface. */
  readonly addresses: readonly { readonly interface: string; readonly address: string }[]
  /** Where the host sends packets to: "10.0.0.0/8" by "eth0". */
  readonly routes: readonly { readonly destination: string; readonly device: string }[]
}

/** Sentences. A network's own bridge has its addresses, of course. */
export function conflictsOf(network: EditElement, name: string, taken: Taken): string[] {
  const own = networkSubnets(network).flatMap((text) => parseSubnet(text) ?? [])
  const bridges = new Set([
    network.find('bridge')?.attribute('name'),
    ...taken.networks.filter((one) => one.name === name).map(({ bridge }) => bridge),
  ])
  // addresses on bridges of other networks are told with the network
  const ofNetworks = new Set(taken.networks.map(({ bridge }) => bridge))
  const isForeign = (device: string): boolean => !bridges.has(device) && !ofNetworks.has(device)
  const found = [
    ...taken.networks
      .filter((one) => one.name !== name)
      .flatMap((one) => hits(own, one.subnets).map((subnet) => `Network ${one.name} has ${subnet} already.`)),
    ...taken.addresses
      .filter((one) => isForeign(one.interface))
      .flatMap((one) =>
        hits(own, [one.address]).map(() => `The host has the address ${one.address} on ${one.interface}.`),
      ),
    ...taken.routes
      .filter((one) => isForeign(one.device) && one.destination !== 'default')
      .flatMap((one) =>
        hits(own, [one.destination]).map((subnet) => `The host reaches ${subnet} through ${one.device}.`),
      ),
  ]
  return [...new Set(found)]
}

function hits(own: readonly Subnet[], texts: readonly string[]): string[] {
  return texts.flatMap((text) => {
    const subnet = parseSubnet(text)
    return subnet && own.some((one) => overlap(one, subnet)) ? [subnetText(subnet)] : []
  })
}
