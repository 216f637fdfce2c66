/** Networks and filters of a libvirt host, put together from their parts. */
import type { ResourceKind } from '../../../../shared/ipc/contract'
import type { NetworkPreview, NetworkView } from '../../../../shared/model/networks/network'
import { hereDocument } from '../../../domain-xml/here-document'
import { updateWords } from '../../../domain-xml/networks/commands'
import { conflictsOf } from '../../../domain-xml/networks/conflicts'
import { networkName, networkValues, wantedNetwork } from '../../../domain-xml/networks/definition'
import { textFingerprint } from '../../../domain-xml/networks/filters'
import { liveWork } from '../../../domain-xml/networks/live-steps'
import { networkMap } from '../../../domain-xml/networks/map'
import type { NetworkDefinition, NetworkSession } from '../../network-session'
import type { LibvirtHost } from '../host'
import { readInterfaces } from '../host-choices-interfaces'
import { listed } from '../host-choices-sweep'
import { translated } from '../translated'
import { createNetwork, deleteNetwork, editNetwork, networkAction } from './change'
import { defineFilter, deleteFilter, readFilters } from './filters'
import { readNetwork, readNetworks } from './read'
import { readRoutes } from './routes'
import { readLeases, readVmCards, usersOfNetwork } from './vm-cards'

export interface NetworkSurroundings {
  readonly hostname: string
  virsh(words: readonly string[]): string
  /** libvirt tells of starts and stops, but not of autostart, updates and filters. */
  changed(resource: ResourceKind, name: string): void
}

export function networksOf(host: LibvirtHost, around: NetworkSurroundings): NetworkSession {
  const told = async (name: string): Promise<void> => around.changed('network', name)
  return translated({
    networks: () => listed(() => readNetworks(host)),
    network: (name) => view(host, name),
    previewNetwork: (name, definition) => preview(host, around, name, definition),
    createNetwork: async (input) => told(await createNetwork(host, input)),
    editNetwork: async (name, change) => {
      const outcome = await editNetwork(host, name, change)
      await told(name)
      return outcome
    },
    networkAction: async (name, action) => {
      await networkAction(host, name, action)
      await told(name)
    },
    deleteNetwork: async (name) => {
      await deleteNetwork(host, name)
      await told(name)
    },
    networkUsers: async (name) => {
      await readNetwork(host, name)
      return usersOfNetwork(name, (await readVmCards(host)).items)
    },
    leases: async (name) => readLeases(host, await readNetwork(host, name)),
    networkMap: async () => {
      const [interfaces, networks, vms] = await Promise.all([
        listed(() => readInterfaces(host, around.hostname)),
        listed(() => readNetworks(host)),
        readVmCards(host),
      ])
      return networkMap(interfaces.items, networks.items, vms.items)
    },
    filters: () => readFilters(host),
    defineFilter: async (input) => around.changed('filter', await defineFilter(host, input)),
    deleteFilter: async (name) => {
      await deleteFilter(host, name)
      around.changed('filter', name)
    },
  } satisfies NetworkSession)
}

async function view(host: LibvirtHost, name: string): Promise<NetworkView> {
  const { network, stored, running } = await readNetwork(host, name)
  const xml = stored.toString()
  const runningXml = running?.toString()
  return {
    base: textFingerprint(xml),
    network,
    values: networkValues(stored.root),
    xml,
    ...(runningXml === undefined || runningXml === xml ? {} : { runningXml }),
  }
}

async function preview(
  host: LibvirtHost,
  { hostname, virsh }: NetworkSurroundings,
  name: string | undefined,
  definition: NetworkDefinition,
): Promise<NetworkPreview> {
  const one = name === undefined ? undefined : await readNetwork(host, name)
  const wanted = wantedNetwork(definition, one?.stored)
  const own = networkName(wanted.root)
  const work = one?.running && liveWork(one.running.root, wanted.root)
  const [networks, interfaces, routes] = await Promise.all([
    listed(() => readNetworks(host)),
    listed(() => readInterfaces(host, hostname)),
    readRoutes(host.link, hostname),
  ])
  return {
    before: one?.stored.toString() ?? '',
    after: wanted.toString(),
    commands: [
      ...(work?.steps ?? []).map((step) => virsh(updateWords(own, step))),
      hereDocument(virsh(['net-define']), wanted.toString()),
    ],
    now: work?.steps.map(({ title }) => title) ?? [],
    afterRestart: work?.afterRestart ?? [],
    conflicts: conflictsOf(wanted.root, own, {
      networks: networks.items,
      addresses: interfaces.items.flatMap(({ name: device, addresses }) =>
        addresses.map((address) => ({ interface: device, address })),
      ),
      routes,
    }),
  }
}
