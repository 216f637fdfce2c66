/** `<ip>` and `<route>`: the first element of each family is what the form shows, any other stays as it is. */
import type { Field, FieldValue } from '../../../shared/model/hardware/field'
import { addressFields } from '../../../shared/model/networks/address-fields'
import { familyOf, maskOfPrefix, prefixOfMask } from '../../../shared/model/networks/subnet'
import { siblingBefore } from '../edit/order'
import { EditElement } from '../edit/tree'
import type { FieldBinding } from '../hardware/binding'
import { readField, writeField } from '../hardware/field-xml'

type Family = 'ipv4' | 'ipv6'

/** By its address where the family is left out. */
export function ipFamily(ip: EditElement): Family {
  const family = ip.attribute('family')
  return family === 'ipv6' || (family === undefined && familyOf(ip.attribute('address') ?? '') === 'ipv6')
    ? 'ipv6'
    : 'ipv4'
}

/** libvirt hands out addresses by one element of each family, so that one is meant where there are several. */
export function ipElement(network: EditElement, family: Family): EditElement | undefined {
  const all = network.children('ip').filter((ip) => ipFamily(ip) === family)
  return all.find((ip) => ip.find('dhcp')) ?? all[0]
}

const addressOf = (family: Family): FieldBinding => ({
  read: (network) => ipElement(network, family)?.attribute('address'),
  write: (network, value) => {
    const known = ipElement(network, family)
    if (typeof value !== 'string') {
      known?.remove()
      return
    }
    const ip = known ?? network.insert(new EditElement('ip'), siblingBefore(network, 'ip'))
    if (family === 'ipv6' || ip.attribute('family') !== undefined) ip.setAttribute('family', family)
    ip.setAttribute('address', value)
  },
})

function readPrefix(element: EditElement): number | undefined {
  const prefix = element.attribute('prefix')
  if (prefix !== undefined) return /^\d{1,3}$/.test(prefix) ? Number(prefix) : undefined
  return prefixOfMask(element.attribute('netmask') ?? '')
}

/** Who wrote a netmask keeps it. */
function writePrefix(element: EditElement, value: FieldValue | undefined): void {
  if (readPrefix(element) === value) return
  const isMask = element.attribute('netmask') !== undefined && typeof value === 'number'
  element.setAttribute('netmask', isMask ? maskOfPrefix(value) : undefined)
  element.setAttribute('prefix', isMask || value === undefined ? undefined : scalar(value))
}

const scalar = (value: FieldValue): string => (typeof value === 'object' ? '' : String(value))

/** A field of the `<ip>` of a family; without the element there is nothing to set. */
function within(family: Family, id: keyof typeof addressFields, binding: FieldBinding): FieldBinding {
  const field: Field = addressFields[id]
  return {
    read: (network) => {
      const ip = ipElement(network, family)
      return ip && readField(ip, field, binding)
    },
    write: (network, value) => {
      const ip = ipElement(network, family)
      if (ip) writeField(ip, field, binding, value)
    },
  }
}

const prefix: FieldBinding = { read: readPrefix, write: writePrefix }
const dhcp = { at: 'dhcp', as: 'presence' } as const
const range = {
  rows: 'dhcp/range',
  columns: { start: '@start', end: '@end', lease: 'lease/@expiry', leaseUnit: 'lease/@unit' },
}
const localPtr = { at: '@localPtr', as: 'yes-no' } as const

export const addressPlaces = {
  ipv4Address: addressOf('ipv4'),
  ipv4Prefix: within('ipv4', 'ipv4Prefix', prefix),
  dhcp4: within('ipv4', 'dhcp4', dhcp),
  ranges4: within('ipv4', 'ranges4', range),
  reservations4: within('ipv4', 'reservations4', {
    rows: 'dhcp/host',
    columns: { mac: '@mac', name: '@name', ip: '@ip' },
  }),
  bootFile: within('ipv4', 'bootFile', 'dhcp/bootp/@file'),
  bootServer: within('ipv4', 'bootServer', 'dhcp/bootp/@server'),
  tftpRoot: within('ipv4', 'tftpRoot', 'tftp/@root'),
  ptr4: within('ipv4', 'ptr4', localPtr),
  ipv6Address: addressOf('ipv6'),
  ipv6Prefix: within('ipv6', 'ipv6Prefix', prefix),
  dhcp6: within('ipv6', 'dhcp6', dhcp),
  ranges6: within('ipv6', 'ranges6', range),
  reservations6: within('ipv6', 'reservations6', {
    rows: 'dhcp/host',
    columns: { id: '@id', name: '@name', ip: '@ip' },
  }),
  ptr6: within('ipv6', 'ptr6', localPtr),
  ipv6BetweenGuests: { at: '@ipv6', as: 'yes-no' },
  routes: {
    rows: 'route',
    columns: {
      address: {
        read: (route) => route.attribute('address'),
        write: (route, value) => {
          const address = typeof value === 'string' ? value : ''
          if (familyOf(address) === 'ipv6' || route.attribute('family') !== undefined)
            route.setAttribute('family', familyOf(address))
          route.setAttribute('address', address)
        },
      },
      prefix,
      gateway: '@gateway',
      metric: '@metric',
    },
  },
} satisfies { [field: string]: FieldBinding }
