import { choice, has, integer, path, rows, text, type Field } from '../field'

const family = choice([
  ['ipv4', 'IPv4'],
  ['ipv6', 'IPv6'],
])
const ip = text({ maxLength: 64, isMono: true })

const addressColumns = {
  address: { label: 'Address', type: ip, isRequired: true },
  family: { label: 'Family', type: family, absent: 'IPv4' },
  prefix: { label: 'Prefix', type: integer(0, 128), absent: 'Automatic' },
  peer: { label: 'Other end', type: ip, absent: 'None' },
} satisfies { [column: string]: Field }

const routeColumns = {
  address: { label: 'Destination', type: ip, isRequired: true },
  family: { label: 'Family', type: family, absent: 'IPv4' },
  prefix: { label: 'Prefix', type: integer(0, 128), absent: 'Automatic' },
  netmask: { label: 'Netmask', type: ip, absent: 'By the prefix' },
  gateway: { label: 'Gateway', type: ip, isRequired: true },
  metric: { label: 'Metric', type: integer(1, 4_294_967_295), absent: 'Hypervisor default' },
} satisfies { [column: string]: Field }

/** Addresses that the hypervisor sets, and what belongs to single hypervisors. */
export const nicAddresses = {
  guestIps: {
    label: 'Addresses of the guest',
    type: rows('address', addressColumns),
    when: has('type', 'user', 'network', 'bridge', 'ethernet', 'direct', 'hostdev'),
    absent: 'The guest asks for one',
    help: 'For containers, for Xen, and for user mode, where it says which network the guest is in (otherwise 10.0.2.0/24).',
    isAdvanced: true,
  },
  guestRoutes: {
    label: 'Routes of the guest',
    type: rows('route', routeColumns),
    when: has('type', 'network', 'bridge', 'ethernet', 'direct', 'hostdev'),
    absent: 'None',
    help: 'For containers.',
    isAdvanced: true,
  },
  hostIps: {
    label: 'Addresses of the host’s end',
    type: rows('address', addressColumns),
    when: has('type', 'ethernet'),
    absent: 'None',
    isAdvanced: true,
  },
  hostRoutes: {
    label: 'Routes of the host through it',
    type: rows('route', routeColumns),
    when: has('type', 'ethernet'),
    absent: 'None',
    isAdvanced: true,
  },
  targetDev: {
    label: 'Name on the host',
    type: text({ maxLength: 15, isMono: true }),
    when: has('type', 'network', 'bridge', 'direct', 'ethernet', 'vhostuser'),
    absent: 'Made up, such as vnet0',
    isFilledIn: true,
    help: 'The host’s end of the cable. Names that begin with vnet or macvtap are libvirt’s own and are not kept.',
  },
  targetManaged: {
    label: 'Tap device is made by',
    type: choice([
      ['yes', 'libvirt'],
      ['no', 'Somebody else, before the VM starts'],
    ]),
    when: has('type', 'ethernet'),
    absent: 'libvirt',
  },
  script: {
    label: 'Script that connects it',
    // Xen knows those of /etc/xen/scripts by their name
    type: text({ isMono: true }),
    when: has('type', 'ethernet', 'bridge'),
    absent: 'None',
    isAdvanced: true,
    help: 'A file on the host. On Xen also the name of one in /etc/xen/scripts, such as vif-route for a routed network.',
  },
  downScript: {
    label: 'Script that disconnects it',
    type: path,
    when: has('type', 'ethernet'),
    absent: 'None',
    isAdvanced: true,
  },
  tapPath: {
    label: 'Tap device file',
    type: path,
    when: has('type', 'network', 'bridge', 'ethernet'),
    absent: '/dev/net/tun',
    isAdvanced: true,
  },
  vhostPath: {
    label: 'vhost device file',
    type: path,
    when: has('type', 'network', 'bridge', 'ethernet', 'direct'),
    absent: '/dev/vhost-net',
    isAdvanced: true,
  },
  backendDomain: {
    label: 'Driver domain (Xen)',
    type: text({ maxLength: 256 }),
    absent: 'Domain 0',
    isAdvanced: true,
  },
  guestDev: {
    label: 'Name in the guest (containers)',
    type: text({ maxLength: 15, isMono: true }),
    absent: 'eth0 and so on',
    isAdvanced: true,
  },
  macType: {
    label: 'MAC address was (VMware)',
    type: choice([
      ['generated', 'Generated'],
      ['static', 'Chosen'],
    ]),
    when: ({ mac }) => mac !== undefined,
    absent: 'Hypervisor default',
    isAdvanced: true,
  },
} satisfies { [field: string]: Field }
