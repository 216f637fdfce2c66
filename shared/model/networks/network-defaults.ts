/** What a new network begins as. */
import type { Values } from '../hardware/field'
import { addressText, overlap, parseSubnet, type Subnet } from './subnet'

/** What is known of the host when a network is made. */
export interface NetworkContext {
  /** Of the host's networks; without the one that is changed. */
  readonly names: readonly string[]
  /** "192.168.122.0/24", of the other networks, and of the host's own addresses. */
  readonly subnets: readonly string[]
  /** Bridges of the host and of its networks. */
  readonly bridges: readonly string[]
}

/** The first 192.168.x.0/24 that overlaps with nothing known; 122 is libvirt's own first choice. */
export function nextSubnet(known: readonly string[]): Subnet | undefined {
  const taken = known.flatMap((text) => parseSubnet(text) ?? [])
  for (let step = 0; step < 256; step += 1) {
    const subnet = parseSubnet(`192.168.${(122 + step) % 256}.0/24`)
    if (subnet && !taken.some((one) => overlap(one, subnet))) return subnet
  }
  return undefined
}

/** The host takes the first address and hands out the rest. */
export function ipv4Values(subnet: Subnet): Values {
  const at = (number: bigint): string => addressText(number, 'ipv4')
  return {
    ipv4Address: at(subnet.first + 1n),
    ipv4Prefix: subnet.prefix,
    dhcp4: true,
    ranges4: [{ start: at(subnet.first + 2n), end: at(subnet.last - 1n) }],
  }
}

function freeName(wanted: string, names: readonly string[]): string {
  if (!names.includes(wanted)) return wanted
  for (let number = 2; ; number += 1) {
    if (!names.includes(`${wanted}-${number}`)) return `${wanted}-${number}`
  }
}

const nameFor: { readonly [mode: string]: string } = {
  nat: 'nat',
  route: 'routed',
  open: 'open',
  isolated: 'isolated',
  bridge: 'lan',
  macvtap: 'macvtap',
  hostdev: 'sriov',
  openvswitch: 'ovs',
}

/** A host without any network gets the one everybody expects. */
export function networkDefaults(context: NetworkContext, mode = 'nat'): Values {
  const wanted = mode === 'nat' && context.names.length === 0 ? 'default' : (nameFor[mode] ?? 'network')
  return { name: freeName(wanted, context.names), ...modeValues(mode, context) }
}

/** What belongs to a mode when it is chosen; fields of the old one go by their own rule. */
export function modeValues(mode: string, context: NetworkContext): Values {
  if (['nat', 'route', 'open', 'isolated'].includes(mode)) {
    const subnet = nextSubnet(context.subnets)
    return { mode, ...(subnet ? ipv4Values(subnet) : {}) }
  }
  if (mode === 'macvtap') return { mode, macvtapMode: 'bridge' }
  return mode === 'hostdev' ? { mode, managed: true } : { mode }
}
