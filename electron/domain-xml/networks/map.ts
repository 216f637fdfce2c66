/**
 * What hangs on what: outside, interfaces of the host, bridges, networks, cards, VMs. Links go from what is nearer to the
 * outside to what is farther.
 */
import type { HostInterface } from '../../../shared/model/host-choices'
import type { MapNode, Network, NetworkMap } from '../../../shared/model/networks/network'
import type { Card, VmCards } from './cards'

type Link = NetworkMap['links'][number]
type MapNetwork = Pick<Network, 'name' | 'isActive' | 'forward' | 'bridge' | 'interfaces' | 'subnets'>

const forwards: { readonly [forward: string]: string } = {
  nat: 'NAT',
  route: 'Routed',
  open: 'Open',
  isolated: 'Isolated',
  bridge: 'Bridge of the host',
  hostdev: 'SR-IOV pool',
}
/** Modes in which libvirt makes the bridge and leads out of it itself. */
const routed = new Set(['nat', 'route', 'open'])

export function networkMap(
  interfaces: readonly HostInterface[],
  networks: readonly MapNetwork[],
  vms: readonly VmCards[],
): NetworkMap {
  const map = new MapBuilder()
  for (const one of interfaces) addInterface(map, one, interfaces)
  for (const one of networks) addNetwork(map, one)
  for (const vm of vms) addVm(map, vm, networks)
  return map.done()
}

class MapBuilder {
  readonly #nodes = new Map<string, MapNode>()
  readonly #links = new Map<string, Link>()

  node(
    kind: MapNode['kind'],
    name: string,
    more: Omit<MapNode, 'id' | 'kind' | 'label'>,
    label = name,
  ): string {
    const id = `${kind} ${name}`
    if (!this.#nodes.has(id)) this.#nodes.set(id, { id, kind, label, ...more })
    return id
  }

  has(kind: MapNode['kind'], name: string): boolean {
    return this.#nodes.has(`${kind} ${name}`)
  }

  outside(): string {
    return this.node('outside', '', { isUp: true }, 'Outside')
  }

  link(from: string, to: string, isUp: boolean, label?: string): void {
    const key = `${from}\n${to}`
    if (this.#links.has(key)) return
    this.#links.set(key, { from, to, isUp, ...(label === undefined ? {} : { label }) })
  }

  /** A bridge or interface that is only named somewhere is drawn too. */
  device(name: string): string {
    if (this.has('bridge', name)) return `bridge ${name}`
    return this.node('interface', name, { isUp: false })
  }

  done(): NetworkMap {
    return { nodes: [...this.#nodes.values()], links: [...this.#links.values()] }
  }
}

const isBridge = ({ kind }: HostInterface): boolean => kind === 'bridge' || kind === 'openvswitch'

function addInterface(map: MapBuilder, one: HostInterface, all: readonly HostInterface[]): void {
  const isUp = one.isUp ?? true
  const note = one.addresses.join(', ')
  const id = map.node(isBridge(one) ? 'bridge' : 'interface', one.name, {
    isUp,
    ...(note === '' ? {} : { note }),
  })
  const place = (name: string): string | undefined => {
    const found = all.find((other) => other.name === name)
    return found && `${isBridge(found) ? 'bridge' : 'interface'} ${name}`
  }
  const above = one.partOf === undefined ? undefined : place(one.partOf)
  if (above !== undefined) map.link(id, above, isUp)
  const below = one.lower === undefined ? undefined : place(one.lower)
  if (below !== undefined)
    map.link(below, id, isUp, one.vlanId === undefined ? undefined : `VLAN ${one.vlanId}`)
  if (one.kind === 'physical') map.link(map.outside(), id, isUp)
}

function addNetwork(map: MapBuilder, network: MapNetwork): void {
  const { name, forward, isActive, bridge, interfaces, subnets } = network
  const id = map.node('network', name, {
    isUp: isActive,
    note: [forwards[forward] ?? 'macvtap', ...subnets].join(', '),
  })
  if (bridge !== undefined && (isActive || map.has('bridge', bridge))) {
    map.link(map.node('bridge', bridge, { isUp: isActive }), id, isActive)
    if (routed.has(forward) && interfaces.length === 0)
      map.link(map.outside(), `bridge ${bridge}`, isActive, forwards[forward])
  }
  for (const device of interfaces) {
    const to = routed.has(forward) && bridge !== undefined ? `bridge ${bridge}` : id
    map.link(map.device(device), to, isActive, forwards[forward])
  }
}

function addVm(
  map: MapBuilder,
  { vm, vmName, isRunning, cards }: VmCards,
  networks: readonly MapNetwork[],
): void {
  const to = map.node('vm', vm, { isUp: isRunning, vm }, vmName)
  for (const [index, card] of cards.entries()) {
    const isUp = isRunning && card.isPluggedIn
    const id = map.node(
      'card',
      `${vm} ${card.mac === '' ? index : card.mac}`,
      { isUp, vm, ...(card.target === undefined ? {} : { note: card.target }) },
      card.mac === '' ? `Card ${index + 1}` : card.mac,
    )
    map.link(id, to, isUp)
    const from = plugOf(map, card, networks)
    if (from !== undefined) map.link(from, id, isUp, card.portGroup)
  }
}

function plugOf(map: MapBuilder, card: Card, networks: readonly MapNetwork[]): string | undefined {
  if (card.network !== undefined) {
    const isKnown = networks.some(({ name }) => name === card.network)
    return map.node('network', card.network, { isUp: false, ...(isKnown ? {} : { note: 'Missing' }) })
  }
  if (card.bridge !== undefined) return map.node('bridge', card.bridge, { isUp: false, note: 'Missing' })
  return card.device === undefined ? undefined : map.device(card.device)
}
