import { choice, flag, integer, mac, path, rows, text, type Field, type Values } from '../hardware/field'
import { addressType } from './forward-fields'
import { isOwn } from './modes'

const has4 = (values: Values): boolean => isOwn(values) && values['ipv4Address'] !== undefined
const has6 = (values: Values): boolean => isOwn(values) && values['ipv6Address'] !== undefined
const gives4 = (values: Values): boolean => has4(values) && values['dhcp4'] === true
const gives6 = (values: Values): boolean => has6(values) && values['dhcp6'] === true

const range = {
  start: { label: 'First', type: addressType, isRequired: true },
  end: { label: 'Last', type: addressType, isRequired: true },
  lease: { label: 'Lease time', type: integer(0, 2_147_483_647), absent: '1 hour' },
  leaseUnit: {
    label: 'Unit',
    type: choice([
      ['minutes', 'minutes'],
      ['hours', 'hours'],
      ['seconds', 'seconds'],
    ]),
    when: ({ lease }) => lease !== undefined,
    absent: 'minutes',
  },
} satisfies { [column: string]: Field }

const hostName = text({
  maxLength: 253,
  isMono: true,
  form: { pattern: /^[A-Za-z0-9_.-]+$/, otherwise: 'Use letters, digits, dots and dashes' },
})

/** Addresses of the host's end and what it hands out; only where the bridge is libvirt's own. */
export const addressFields = {
  ipv4Address: {
    label: 'IPv4 address',
    type: addressType,
    when: isOwn,
    absent: 'No IPv4',
    help: 'The host’s address in the network, which is the gateway of its guests.',
  },
  ipv4Prefix: { label: 'Prefix', type: integer(1, 32), when: has4, absent: 'By the class of the address' },
  dhcp4: { label: 'Hand out IPv4 addresses (DHCP)', type: flag, when: has4, absent: 'No' },
  ranges4: {
    label: 'Ranges',
    type: rows('range', range),
    when: gives4,
    absent: 'Only reserved addresses',
    help: 'A lease time of 0 never ends.',
  },
  reservations4: {
    label: 'Reserved addresses',
    type: rows('reservation', {
      mac: { label: 'MAC address', type: mac },
      name: { label: 'Name', type: hostName, absent: 'None' },
      ip: { label: 'Address', type: addressType, isRequired: true },
    }),
    when: gives4,
    absent: 'None',
    help: 'Changed at once while the network runs; a guest notices when it renews its lease.',
    isLive: true,
  },
  bootFile: {
    label: 'Boot file',
    type: text({ isMono: true }),
    when: gives4,
    absent: 'No network boot',
    help: 'Its name on the TFTP server, such as pxelinux.0.',
    isAdvanced: true,
  },
  bootServer: {
    label: 'TFTP server',
    type: addressType,
    when: (values) => gives4(values) && values['bootFile'] !== undefined,
    absent: 'This network',
    isAdvanced: true,
  },
  tftpRoot: {
    label: 'TFTP folder on the host',
    type: path,
    when: has4,
    absent: 'No TFTP server',
    isAdvanced: true,
  },
  ptr4: {
    label: 'Answer reverse look-ups here alone (IPv4)',
    type: flag,
    when: has4,
    absent: 'No',
    isAdvanced: true,
    help: 'Unknown addresses of the network are not asked for upstream.',
  },
  ipv6Address: {
    label: 'IPv6 address',
    type: addressType,
    when: isOwn,
    absent: 'No IPv6',
  },
  ipv6Prefix: { label: 'Prefix', type: integer(1, 128), when: has6, absent: '64' },
  dhcp6: {
    label: 'Hand out IPv6 addresses (DHCPv6)',
    type: flag,
    when: has6,
    absent: 'No: guests make their own from what the router tells',
  },
  ranges6: { label: 'Ranges', type: rows('range', range), when: gives6, absent: 'Only reserved addresses' },
  reservations6: {
    label: 'Reserved addresses',
    type: rows('reservation', {
      id: {
        label: 'Client ID (DUID)',
        type: text({
          maxLength: 400,
          isMono: true,
          form: {
            pattern: /^([0-9a-fA-F]{1,2}:)+[0-9a-fA-F]{1,2}$/,
            otherwise: 'Enter a DUID such as 0:3:0:1:52:54:0:12:34:56',
          },
        }),
        absent: 'By the name',
      },
      name: { label: 'Name', type: hostName, absent: 'None' },
      ip: { label: 'Address', type: addressType, isRequired: true },
    }),
    when: gives6,
    absent: 'None',
    isLive: true,
  },
  ptr6: {
    label: 'Answer reverse look-ups here alone (IPv6)',
    type: flag,
    when: has6,
    absent: 'No',
    isAdvanced: true,
  },
  ipv6BetweenGuests: {
    label: 'IPv6 between guests without an address of the host',
    type: flag,
    when: (values) => isOwn(values) && values['ipv6Address'] === undefined,
    absent: 'No',
    isAdvanced: true,
  },
  routes: {
    label: 'Routes',
    type: rows('route', {
      address: { label: 'Destination', type: addressType, isRequired: true },
      prefix: { label: 'Prefix', type: integer(0, 128), absent: 'Automatic' },
      gateway: { label: 'Gateway', type: addressType, isRequired: true },
      metric: { label: 'Metric', type: integer(1, 4_294_967_295), absent: '1' },
    }),
    when: isOwn,
    absent: 'None',
    help: 'The host reaches these destinations by way of a guest.',
    isAdvanced: true,
  },
} satisfies { [field: string]: Field }
