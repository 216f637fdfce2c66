/** Networks and filters of a demo host, as definitions, so that they follow the same rules as those of a real one. */
import { createHash } from 'node:crypto'
import { AppError } from '../../../shared/errors'
import type { FilterChoice, Listed, NetworkChoice } from '../../../shared/model/host-choices'
import { EditDocument } from '../../domain-xml/edit/tree'
import { writeAt } from '../../domain-xml/edit/path'
import { ownModes, modeOf } from '../../domain-xml/networks/mode'
import { networkName } from '../../domain-xml/networks/definition'
import { networkFacts } from '../../domain-xml/networks/facts'
import { filterFacts } from '../../domain-xml/networks/filters'
import type { FakeHost } from './fake-host'

export interface FakeNetwork {
  stored: EditDocument
  /** Present while it runs. */
  running: EditDocument | undefined
  isAutostart: boolean
}

const known = new WeakMap<FakeHost, FakeNetworks>()

/** The same for all sessions of a host, for as long as it lives. */
export function networksOf(host: FakeHost): FakeNetworks {
  const networks = known.get(host) ?? new FakeNetworks(host)
  known.set(host, networks)
  return networks
}

export class FakeNetworks {
  readonly networks = new Map<string, FakeNetwork>()
  readonly filters = new Map<string, string>()

  constructor(readonly host: FakeHost) {
    for (const { xml, isActive, isAutostart } of first(host)) {
      const name = this.define(EditDocument.parse(xml))
      const network = this.network(name)
      network.isAutostart = isAutostart
      if (isActive) network.running = network.stored.clone()
    }
    for (const xml of firstFilters) {
      this.filters.set(EditDocument.parse(xml).root.attribute('name') ?? '', xml)
    }
  }

  network(name: string): FakeNetwork {
    const found = this.networks.get(name)
    if (found) return found
    throw new AppError('not-found', 'The virtual network does not exist on this host', {
      detail: `Network not found: no network with matching name '${name}'`,
    })
  }

  /** What libvirt fills in: a UUID, a bridge and its address. Returns the name. */
  define(document: EditDocument): string {
    const { root } = document
    const name = networkName(root)
    if (root.find('uuid')?.text() === undefined) writeAt(root, 'uuid', uuidFor(`network ${name}`))
    const bridge = root.find('bridge')?.attribute('name')
    if (ownModes.includes(modeOf(root))) {
      if (bridge === undefined) writeAt(root, 'bridge/@name', this.#freeBridge())
      else if (this.#bridges(name).has(bridge)) {
        throw new AppError('invalid', 'The host does not accept this network', {
          detail: `bridge name '${bridge}' already in use.`,
        })
      }
      if (root.find('mac') === undefined) writeAt(root, 'mac/@address', macFor(name))
    }
    const before = this.networks.get(name)
    if (before) before.stored = document
    else this.networks.set(name, { stored: document, running: undefined, isAutostart: false })
    return name
  }

  filter(name: string): string {
    const found = this.filters.get(name)
    if (found !== undefined) return found
    throw new AppError('not-found', 'The network filter does not exist on this host')
  }

  #bridges(except?: string): Set<string> {
    const others = [...this.networks].filter(([name]) => name !== except)
    return new Set(others.flatMap(([, { stored }]) => stored.root.find('bridge')?.attribute('name') ?? []))
  }

  #freeBridge(): string {
    const taken = this.#bridges()
    for (let number = 0; ; number += 1) if (!taken.has(`virbr${number}`)) return `virbr${number}`
  }
}

export function listedByName<T extends { readonly name: string }>(items: readonly T[]): Listed<T> {
  return { items: items.toSorted((a, b) => (a.name < b.name ? -1 : 1)) }
}

/** For host-choices, which offers networks to cards. */
export function networkChoicesOf(host: FakeHost): Listed<NetworkChoice> {
  return listedByName(
    [...networksOf(host).networks.values()].map((network) => {
      const { root } = network.stored
      const { forward, bridge } = networkFacts(root)
      return {
        name: networkName(root),
        isActive: network.running !== undefined,
        forward,
        ...(bridge === undefined ? {} : { bridge }),
        portGroups: root.children('portgroup').map((group) => ({
          name: group.attribute('name') ?? '',
          isDefault: group.attribute('default') === 'yes',
        })),
      }
    }),
  )
}

export function filterChoicesOf(host: FakeHost): Listed<FilterChoice> {
  return listedByName(
    [...networksOf(host).filters.values()].map(filterFacts).map(({ name, uuid }) => ({ name, uuid })),
  )
}

export function uuidFor(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function macFor(name: string): string {
  const hex = createHash('sha256').update(`bridge ${name}`).digest('hex')
  return `52:54:00:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4, 6)}`
}

function first(host: FakeHost): { xml: string; isActive: boolean; isAutostart: boolean }[] {
  const mail = host.byName('mail')?.definition.nics[0]?.mac ?? '52:54:00:00:00:01'
  return [
    {
      isActive: true,
      isAutostart: true,
      xml: `<network>
  <name>default</name>
  <uuid>6f1d3c52-0a5e-4b65-9d10-5f6a7b8c9d01</uuid>
  <forward mode='nat'>
    <nat>
      <port start='1024' end='65535'/>
    </nat>
  </forward>
  <bridge name='virbr0' stp='on' delay='0'/>
  <mac address='52:54:00:fe:01:02'/>
  <ip address='192.168.122.1' netmask='255.255.255.0'>
    <dhcp>
      <range start='192.168.122.100' end='192.168.122.254'/>
      <host mac='${mail}' name='mail' ip='192.168.122.25'/>
    </dhcp>
  </ip>
</network>
`,
    },
    {
      isActive: false,
      isAutostart: false,
      xml: `<network>
  <name>office</name>
  <uuid>6f1d3c52-0a5e-4b65-9d10-5f6a7b8c9d02</uuid>
  <forward mode='bridge'/>
  <bridge name='br1'/>
  <portgroup name='staff' default='yes'/>
  <portgroup name='guests'/>
</network>
`,
    },
  ]
}

const firstFilters = [
  `<filter name='allow-dhcp' chain='ipv4' priority='-700'>
  <uuid>0a8d8e1c-6a0b-4c86-8a6e-1c3d6e5f7a01</uuid>
  <rule action='accept' direction='out' priority='100'>
    <ip srcipaddr='0.0.0.0' dstipaddr='255.255.255.255' protocol='udp' srcportstart='68' dstportstart='67'/>
  </rule>
  <rule action='accept' direction='in' priority='100'>
    <ip protocol='udp' srcportstart='67' dstportstart='68'/>
  </rule>
</filter>
`,
  `<filter name='clean-traffic' chain='root'>
  <uuid>0a8d8e1c-6a0b-4c86-8a6e-1c3d6e5f7a02</uuid>
  <filterref filter='no-mac-spoofing'/>
  <filterref filter='allow-dhcp'/>
  <rule action='drop' direction='inout' priority='1000'>
    <all/>
  </rule>
</filter>
`,
  `<filter name='no-mac-spoofing' chain='mac' priority='-800'>
  <uuid>0a8d8e1c-6a0b-4c86-8a6e-1c3d6e5f7a03</uuid>
  <rule action='return' direction='out' priority='350'>
    <mac srcmacaddr='$MAC'/>
  </rule>
  <rule action='drop' direction='out' priority='500'>
    <mac/>
  </rule>
</filter>
`,
]
