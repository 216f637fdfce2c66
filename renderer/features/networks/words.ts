import type { HostInterface } from '../../../shared/model/host-choices'
import type { Lease, Network } from '../../../shared/model/networks/network'
import { formatDuration } from '../../../shared/units'

/** libvirt's "bridge" is two things: a bridge of the host, or macvtap on an interface. */
function isMacvtap({ forward, bridge }: Network): boolean {
  return bridge === undefined && ['bridge', 'passthrough', 'private', 'vepa'].includes(forward)
}

const modeLabels: { readonly [forward: string]: string } = {
  nat: 'NAT',
  route: 'Routed',
  open: 'Open',
  isolated: 'Isolated',
  bridge: 'Bridge',
  passthrough: 'Macvtap, whole interface',
  private: 'Macvtap, private',
  vepa: 'Macvtap, VEPA',
  hostdev: 'SR-IOV pool',
}

/** "NAT". */
export function modeLabel(network: Network): string {
  if (network.forward === 'bridge' && isMacvtap(network)) return 'Macvtap'
  return modeLabels[network.forward] ?? network.forward
}

/** "NAT 192.168.122.0/24": what tells it from the others of a list. */
export function networkSummary(network: Network): string {
  const { subnets, bridge, interfaces, forward } = network
  const [first, ...more] = subnets
  const where =
    first === undefined
      ? forward === 'bridge' && bridge !== undefined
        ? bridge
        : interfaces.join(', ')
      : `${first}${more.length === 0 ? '' : ` +${more.length}`}`
  return [modeLabel(network), where].filter(Boolean).join(' ')
}

/** What the mode means for the VMs in it. */
export function modeSentence(network: Network): string {
  const { forward, bridge, subnets } = network
  const by = network.interfaces.length === 0 ? '' : ` by ${network.interfaces.join(', ')}`
  const on = network.interfaces.join(', ') || 'an interface of the host'
  switch (forward) {
    case 'nat':
      return `Virtual machines reach the outside under the host’s own address${by}. From outside nothing reaches them unless a port is forwarded.`
    case 'route':
      return `The host passes traffic on${by} without changing addresses. The router of the LAN must know that ${subnets.join(' and ') || 'this network'} is behind this host.`
    case 'open':
      return 'The host passes traffic on, and libvirt adds no firewall rules: what gets in or out is up to the host’s own firewall.'
    case 'isolated':
      return subnets.length === 0
        ? 'Virtual machines reach one another and nothing else: the host has no address in it.'
        : 'Virtual machines reach one another and the host, and nothing else.'
    case 'bridge':
      return isMacvtap(network)
        ? `Virtual machines share ${on} and stand in its LAN. They cannot talk to this host itself.`
        : `Virtual machines stand in the LAN beside the host, on its bridge ${bridge ?? ''}. Addresses come from the LAN.`
    case 'private':
      return `Virtual machines share ${on} and stand in its LAN, but reach neither one another nor this host.`
    case 'vepa':
      return `Virtual machines share ${on}. All they send leaves by it: the switch behind must send back what is for neighbours.`
    case 'passthrough':
      return `Each virtual machine takes a whole interface of the host, which the host cannot use meanwhile.`
    case 'hostdev':
      return `Each network card is a virtual function of ${on}: handed out when a VM starts, and given back when it stops.`
    default:
      return 'How traffic is passed on is told by its definition only.'
  }
}

export function stateText({ isActive, isPersistent }: Network): string {
  if (!isActive) return 'Not running'
  return isPersistent ? 'Running' : 'Running, gone once it stops'
}

const interfaceKindText = {
  bridge: 'Bridge',
  openvswitch: 'Open vSwitch bridge',
  physical: 'Network card',
  bond: 'Bond',
  vlan: 'VLAN',
  virtual: 'Made by software',
  unknown: 'Interface',
} as const

export function interfaceText({ kind }: HostInterface): string {
  return interfaceKindText[kind]
}

export function upText({ isUp }: HostInterface): string {
  return isUp === undefined ? 'State unknown' : isUp ? 'Up' : 'Down'
}

/** Until a lease ends, from now: "42 min". */
export function leaseEnd({ expiresAtMs }: Lease, nowMs: number): string {
  if (expiresAtMs === undefined) return 'Never'
  return expiresAtMs <= nowMs ? 'Expired' : `In ${formatDuration(expiresAtMs - nowMs)}`
}

export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
