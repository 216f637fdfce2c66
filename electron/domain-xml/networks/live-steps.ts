/**
 * What a running network can take at once (virNetworkUpdate), and what waits until it is started again. libvirt changes
 * lists only: reservations, ranges, names and records, port groups, and the cards that macvtap shares.
 */
import type { Values } from '../../../shared/model/hardware/field'
import { networkKind } from '../../../shared/model/networks/network-kind'
import { canonical } from '../edit/difference'
import type { EditElement } from '../edit/tree'
import { isSameValue } from '../hardware/items'
import { ipElement } from './addresses'
import { networkValues } from './definition'

export interface LiveStep {
  readonly section: UpdateSection
  readonly command: 'add' | 'modify' | 'delete'
  /** Which `<ip>` of the running network; -1 where there is none to say. */
  readonly parentIndex: number
  readonly xml: string
  /** "DHCP reservation of web-1". */
  readonly title: string
}

export type UpdateSection =
  | 'ip-dhcp-host'
  | 'ip-dhcp-range'
  | 'forward-interface'
  | 'portgroup'
  | 'dns-host'
  | 'dns-txt'
  | 'dns-srv'

interface Section {
  readonly name: UpdateSection
  /** Fields of the form that are this section. */
  readonly fields: readonly string[]
  readonly family?: 'ipv4' | 'ipv6'
  elements(network: EditElement): EditElement[]
  /** What names an entry; those that cannot be modified have all of it in their name. */
  key(element: EditElement): string
  readonly canModify: boolean
  title(element: EditElement): string
}

const attribute = (element: EditElement, ...names: readonly string[]): string =>
  names.map((name) => element.attribute(name)).find((value) => value !== undefined) ?? ''

const ofDhcp = (family: 'ipv4' | 'ipv6', name: string) => (network: EditElement) =>
  ipElement(network, family)?.find('dhcp')?.children(name) ?? []
const ofDns = (name: string) => (network: EditElement) => network.find('dns')?.children(name) ?? []

const families = (['ipv4', 'ipv6'] as const).flatMap((family): Section[] => {
  const number = family === 'ipv4' ? 4 : 6
  return [
    {
      name: 'ip-dhcp-range',
      fields: [`ranges${number}`],
      family,
      elements: ofDhcp(family, 'range'),
      key: canonical,
      canModify: false,
      title: (range) => `DHCP range ${attribute(range, 'start')} to ${attribute(range, 'end')}`,
    },
    {
      name: 'ip-dhcp-host',
      fields: [`reservations${number}`],
      family,
      elements: ofDhcp(family, 'host'),
      key: (host) => attribute(host, 'mac', 'id', 'name').toLowerCase(),
      canModify: true,
      title: (host) =>
        `DHCP reservation of ${attribute(host, 'name', 'mac', 'id')} (${attribute(host, 'ip')})`,
    },
  ]
})

const sections: readonly Section[] = [
  ...families,
  {
    name: 'forward-interface',
    fields: ['devices'],
    elements: (network) =>
      // beside a bridge they are the one way out, which cannot change
      network.find('bridge') ? [] : (network.find('forward')?.children('interface') ?? []),
    key: (one) => attribute(one, 'dev'),
    canModify: false,
    title: (one) => `Host network card ${attribute(one, 'dev')}`,
  },
  {
    name: 'portgroup',
    fields: ['portGroups'],
    elements: (network) => network.children('portgroup'),
    key: (group) => attribute(group, 'name'),
    canModify: true,
    title: (group) => `Port group ${attribute(group, 'name')}`,
  },
  {
    name: 'dns-host',
    fields: ['dnsHosts'],
    elements: ofDns('host'),
    key: canonical,
    canModify: false,
    title: (host) => `Names of ${attribute(host, 'ip')}`,
  },
  {
    name: 'dns-txt',
    fields: ['txt'],
    elements: ofDns('txt'),
    key: canonical,
    canModify: false,
    title: (txt) => `Text record ${attribute(txt, 'name')}`,
  },
  {
    name: 'dns-srv',
    fields: ['srv'],
    elements: ofDns('srv'),
    key: canonical,
    canModify: false,
    title: (srv) => `Service record ${attribute(srv, 'service')}`,
  },
]

export interface LiveWork {
  readonly steps: readonly LiveStep[]
  readonly afterRestart: readonly string[]
}

/** What a running network has where nothing else is stored. */
const filledIn: Values = { natPortStart: 1024, natPortEnd: 65_535, stp: true, bridgeDelay: 0 }

export function liveWork(running: EditElement, wanted: EditElement): LiveWork {
  const [now, next] = [networkValues(running), networkValues(wanted)]
  // another kind of network, or other addresses, is another network: nothing of it can be had before
  const isOther = isAnother(now, next)
  const steps = isOther ? [] : sections.flatMap((section) => stepsOf(section, running, wanted))
  const live = isOther ? [] : sections.flatMap(({ fields }) => fields)
  const waiting = Object.entries(networkKind.fields).flatMap(([id, field]) => {
    // DHCP comes and goes with its lists
    if (live.includes(id) || (!isOther && (id === 'dhcp4' || id === 'dhcp6'))) return []
    // what libvirt fills in when it starts a network is no difference
    if (next[id] === undefined && (field.isFilledIn || now[id] === filledIn[id])) return []
    return isSameValue(now[id], next[id]) ? [] : [field.label]
  })
  const labels = [...new Set(waiting)]
  return {
    steps,
    afterRestart:
      labels.length === 0 && rest(running) !== rest(wanted) ? ['Other parts of the definition'] : labels,
  }
}

function isAnother(now: Values, next: Values): boolean {
  return ['mode', 'ipv4Address', 'ipv4Prefix', 'ipv6Address', 'ipv6Prefix'].some(
    (field) => now[field] !== next[field],
  )
}

/** The definition without what can change at once and without what only a running network has. */
function rest(network: EditElement): string {
  const copy = network.clone()
  copy.setAttribute('connections', undefined)
  for (const section of sections) for (const element of section.elements(copy)) element.remove()
  for (const ip of copy.children('ip')) {
    const dhcp = ip.find('dhcp')
    if (dhcp && dhcp.children().length === 0) dhcp.remove()
  }
  copy.find('forward', 'nat', 'port')?.remove()
  const nat = copy.find('forward', 'nat')
  if (nat?.isEmpty()) nat.remove()
  const dns = copy.find('dns')
  if (dns?.isEmpty()) dns.remove()
  // of a running network they are what libvirt has found or made
  for (const name of ['address', 'interface'])
    for (const one of copy.find('forward')?.children(name) ?? []) one.remove()
  for (const name of ['mac', 'bridge', 'metadata']) copy.find(name)?.remove()
  return canonical(copy)
}

function stepsOf(section: Section, running: EditElement, wanted: EditElement): LiveStep[] {
  const { family, key, title, canModify, name } = section
  const before = new Map(section.elements(running).map((one) => [key(one), one]))
  const after = new Map(section.elements(wanted).map((one) => [key(one), one]))
  const ip = family && ipElement(running, family)
  const parentIndex = ip ? running.children('ip').indexOf(ip) : -1
  const step = (command: LiveStep['command'], element: EditElement): LiveStep => ({
    section: name,
    command,
    parentIndex,
    xml: plainText(element),
    title: command === 'delete' ? `${title(element)} is taken away` : title(element),
  })
  const gone = [...before].flatMap(([id, one]) => (after.has(id) ? [] : step('delete', one)))
  const changed = [...after].flatMap(([id, one]) => {
    const old = before.get(id)
    if (!old || comparable(old) === comparable(one)) return []
    return canModify ? step('modify', one) : []
  })
  const added = [...after].flatMap(([id, one]) => (before.has(id) ? [] : step('add', one)))
  // an address that moves to another entry has to be free before
  return [...gone, ...changed, ...added]
}

/** A running network counts who uses an entry. */
function withoutCounts(element: EditElement): EditElement {
  const copy = element.clone()
  copy.setAttribute('connections', undefined)
  return copy
}
const comparable = (element: EditElement): string => canonical(withoutCounts(element))

/** On one line, as commands show it. */
function plainText(element: EditElement): string {
  return withoutCounts(element).toString().replaceAll(/>\s+</g, '><')
}
