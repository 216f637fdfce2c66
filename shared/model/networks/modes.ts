/** The ways a network reaches what is outside, as fields of the network form ask for them. */
import { has, type Row, type Values } from '../hardware/field'

export const networkModes = [
  ['nat', 'NAT', 'guests reach outside with the host’s address; nobody outside reaches them'],
  ['route', 'Routed', 'guests keep their addresses; the router of the LAN has to know the way'],
  ['open', 'Open', 'routed without any firewall rules by libvirt: those are yours'],
  ['isolated', 'Isolated', 'guests reach each other and the host, nothing else'],
  ['bridge', 'Bridge of the host', 'guests appear in the LAN as machines of their own'],
  ['macvtap', 'Host network card (macvtap)', 'the same without a bridge, but the host itself is not reached'],
  ['hostdev', 'SR-IOV pool', 'each guest gets a virtual function of a card to itself'],
  ['openvswitch', 'Open vSwitch bridge', 'with VLAN tags and port groups'],
] as const

/** libvirt makes the bridge itself and gives out addresses and names on it. */
export const isOwn = has('mode', 'nat', 'route', 'open', 'isolated')
export const isNat = has('mode', 'nat')
export const isMacvtap = has('mode', 'macvtap')
export const isHostdev = has('mode', 'hostdev')
export const isSwitch = has('mode', 'openvswitch')
export const isHostBridge = has('mode', 'bridge', 'openvswitch')

/** Where tags can be set on a guest's traffic without its knowing. */
export const takesVlans = (values: Values): boolean =>
  isSwitch(values) || isHostdev(values) || (isMacvtap(values) && values['macvtapMode'] === 'passthrough')

/** Where libvirt limits traffic. */
export const takesLimits = isOwn

export function rowsOf(value: Values[string]): readonly Row[] {
  return typeof value === 'object' ? value : []
}
