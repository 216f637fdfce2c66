import { choice, flag, has, hostChoice, integer, mac, rows, text, type Field } from '../hardware/field'
import { isHostBridge, isHostdev, isMacvtap, isNat, isOwn, networkModes } from './modes'

export const addressType = text({ maxLength: 64, isMono: true })
const port = integer(1, 65_535)
const device = text({
  maxLength: 15,
  isMono: true,
  form: { pattern: /^[\w.-]+$/, otherwise: 'Use letters, digits, dots, dashes and underscores' },
})

/** What the network is, and how it reaches the outside. */
export const forwardFields = {
  name: {
    label: 'Name',
    type: text({
      maxLength: 100,
      form: { pattern: /^(?!\.\.?$)[^\s/](?:[^/\n]*[^\s/])?$/, otherwise: 'Use a name without "/"' },
    }),
    isRequired: true,
  },
  mode: {
    label: 'Kind of network',
    type: choice(networkModes),
    isRequired: true,
  },
  forwardDevice: {
    label: 'Only through',
    type: hostChoice('interface'),
    when: has('mode', 'nat', 'route'),
    absent: 'Any network card of the host',
    help: 'Guests reach outside through this card of the host alone.',
  },
  hostBridge: {
    label: 'Bridge',
    type: hostChoice('bridge'),
    when: isHostBridge,
    isRequired: true,
  },
  macvtapMode: {
    label: 'Between guests',
    type: choice([
      ['bridge', 'Bridge', 'guests on the same host card reach each other directly'],
      ['vepa', 'VEPA', 'all traffic goes out to the switch, which must send it back'],
      ['private', 'Private', 'guests on the same host card do not reach each other'],
      ['passthrough', 'Passthrough', 'each guest has a host card for itself, and the host loses it'],
    ]),
    when: isMacvtap,
    isRequired: true,
  },
  devices: {
    label: 'Host network cards',
    type: rows('card', { device: { label: 'Card', type: hostChoice('interface'), isRequired: true } }),
    when: isMacvtap,
    isRequired: true,
    help: 'With several, each guest gets the one that fewest use; in passthrough mode one that nobody uses.',
  },
  pfDevice: {
    label: 'Physical function',
    type: hostChoice('interface'),
    when: (values) => isHostdev(values) && values['functions'] === undefined,
    absent: 'The functions listed below',
    help: 'The card of the host; all its virtual functions are the pool.',
  },
  functions: {
    label: 'Virtual functions',
    type: rows('function', {
      address: { label: 'PCI address', type: hostChoice('pci-network-card'), isRequired: true },
    }),
    when: (values) => isHostdev(values) && values['pfDevice'] === undefined,
    absent: 'All of the physical function',
  },
  managed: {
    label: 'Take a function from the host’s driver when a guest starts',
    type: flag,
    when: isHostdev,
    absent: 'No: it has to be free already',
  },
  hostdevDriver: {
    label: 'Passed through by',
    type: choice([
      ['vfio', 'VFIO'],
      ['kvm', 'KVM (old kernels)'],
    ]),
    when: isHostdev,
    absent: 'Hypervisor default',
    isAdvanced: true,
  },
  bridgeName: {
    label: 'Name of the bridge',
    type: device,
    when: isOwn,
    absent: 'The next free virbr0, virbr1…',
    isFilledIn: true,
  },
  natStart: {
    label: 'Outside address, first',
    type: addressType,
    when: isNat,
    absent: 'The host’s own',
    help: 'Guests appear outside with addresses from here to the last one; the host has to have them.',
    isAdvanced: true,
  },
  natEnd: {
    label: 'Outside address, last',
    type: addressType,
    when: isNat,
    absent: 'The host’s own',
    isAdvanced: true,
  },
  natPortStart: {
    label: 'Outside port, first',
    type: port,
    when: isNat,
    absent: '1024',
    isAdvanced: true,
  },
  natPortEnd: { label: 'Outside port, last', type: port, when: isNat, absent: '65535', isAdvanced: true },
  natIpv6: {
    label: 'NAT for IPv6 too',
    type: flag,
    when: isNat,
    absent: 'No: IPv6 is routed',
    isAdvanced: true,
    help: 'libvirt 6.5 or newer.',
  },
  stp: { label: 'Spanning tree', type: flag, when: isOwn, absent: 'On', isAdvanced: true },
  bridgeDelay: {
    label: 'Forward delay',
    type: integer(0, 30, 's'),
    when: isOwn,
    absent: 'None',
    isAdvanced: true,
  },
  zone: {
    label: 'firewalld zone',
    type: text({
      maxLength: 17,
      isMono: true,
      form: { pattern: /^[\w-]+$/, otherwise: 'Use letters, digits, dashes and underscores' },
    }),
    when: isOwn,
    absent: '“libvirt”, where the host has firewalld',
    isAdvanced: true,
  },
  macTableManager: {
    label: 'Forwarding table kept by',
    type: choice([
      ['kernel', 'The kernel', 'learns addresses and floods'],
      ['libvirt', 'libvirt', 'only known addresses; less traffic, no other addresses behind a guest'],
    ]),
    when: (values) => isOwn(values) || values['mode'] === 'bridge',
    absent: 'The kernel',
    isAdvanced: true,
  },
  bridgeMac: {
    label: 'MAC address of the bridge',
    type: mac,
    when: isOwn,
    absent: 'Made up when the network is stored',
    isFilledIn: true,
    isAdvanced: true,
  },
  mtu: {
    label: 'MTU',
    type: integer(68, 65_535, 'bytes'),
    when: (values) => isOwn(values) || isHostBridge(values),
    absent: '1500, or that of the bridge',
    isAdvanced: true,
  },
} satisfies { [field: string]: Field }
