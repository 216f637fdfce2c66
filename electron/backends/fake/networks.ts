/** Networks and filters of a demo host, put together from their parts. */
import { AppError } from '../../../shared/errors'
import type {
  EditNetworkOutcome,
  Network,
  NetworkAction,
  NetworkUser,
} from '../../../shared/model/networks/network'
import { hereDocument } from '../../domain-xml/here-document'
import { updateWords } from '../../domain-xml/networks/commands'
import { conflictsOf } from '../../domain-xml/networks/conflicts'
import { networkName, networkValues, wantedNetwork } from '../../domain-xml/networks/definition'
import { networkFacts } from '../../domain-xml/networks/facts'
import { textFingerprint } from '../../domain-xml/networks/filters'
import { changedMeanwhile, whyNotDeleted } from '../../domain-xml/networks/refusals'
import { liveWork } from '../../domain-xml/networks/live-steps'
import { networkMap } from '../../domain-xml/networks/map'
import type { NetworkSession } from '../network-session'
import type { FakeHost } from './fake-host'
import { hostChoicesOf } from './host-choices'
import { leasesOf, vmCardsOf } from './networks-cards'
import { filtersPart } from './networks-filters'
import { listedByName, networksOf, type FakeNetwork, type FakeNetworks } from './networks-model'
import { virshLine } from './virsh-command'

/** `answerTime` ends when the host would answer, or tells why it does not. */
export function fakeNetworks(host: FakeHost, answerTime: () => Promise<void>): NetworkSession {
  const model = networksOf(host)
  const tell = (name: string): void => host.resourceChanged('network', name)
  const users = (name: string): NetworkUser[] => usersOf(host, name)
  const summary = (network: FakeNetwork): Network => summaryOf(network, users(nameOf(network)))

  return {
    ...filtersPart(host, answerTime),
    async networks() {
      await answerTime()
      return listedByName([...model.networks.values()].map(summary))
    },
    async network(name) {
      await answerTime()
      const network = model.network(name)
      const xml = network.stored.toString()
      const runningXml = network.running?.toString()
      return {
        base: textFingerprint(xml),
        network: summary(network),
        values: networkValues(network.stored.root),
        xml,
        ...(runningXml === undefined || runningXml === xml ? {} : { runningXml }),
      }
    },
    async previewNetwork(name, definition) {
      await answerTime()
      const network = name === undefined ? undefined : model.network(name)
      const wanted = wantedNetwork(definition, network?.stored)
      const work = network?.running && liveWork(network.running.root, wanted.root)
      const own = networkName(wanted.root)
      return {
        before: network?.stored.toString() ?? '',
        after: wanted.toString(),
        commands: [
          ...(work?.steps ?? []).map((step) => virshLine(updateWords(own, step))),
          hereDocument(virshLine(['net-define']), wanted.toString()),
        ],
        now: work?.steps.map(({ title }) => title) ?? [],
        afterRestart: work?.afterRestart ?? [],
        conflicts: conflictsOf(wanted.root, own, takenOf(host, model)),
      }
    },
    async createNetwork({ start, autostart, ...definition }) {
      await answerTime()
      const wanted = wantedNetwork(definition)
      const name = networkName(wanted.root)
      if (model.networks.has(name))
        throw new AppError('already-exists', 'A virtual network with this name exists already', {
          field: 'name',
        })
      model.define(wanted)
      const network = model.network(name)
      network.isAutostart = autostart
      if (start) {
        try {
          startNetwork(host, network)
        } catch (error) {
          model.networks.delete(name)
          throw error
        }
      }
      tell(name)
    },
    async editNetwork(name, { base, ...definition }): Promise<EditNetworkOutcome> {
      await answerTime()
      const network = model.network(name)
      if (base !== textFingerprint(network.stored.toString())) throw changedMeanwhile('network')
      const wanted = wantedNetwork(definition, network.stored)
      const work = network.running && liveWork(network.running.root, wanted.root)
      model.define(wanted)
      if (network.running && work && work.afterRestart.length === 0) network.running = wanted.clone()
      tell(name)
      return {
        now: work?.steps.map(({ title }) => title) ?? [],
        afterRestart: work?.afterRestart ?? [],
        refused: [],
      }
    },
    async networkAction(name, action) {
      await answerTime()
      act(host, model.network(name), action)
      tell(name)
    },
    async deleteNetwork(name) {
      await answerTime()
      model.network(name)
      const error = whyNotDeleted(name, users(name))
      if (error) throw error
      model.networks.delete(name)
      tell(name)
    },
    async networkUsers(name) {
      await answerTime()
      model.network(name)
      return users(name)
    },
    async leases(name) {
      await answerTime()
      return leasesOf(host, name)
    },
    async networkMap() {
      await answerTime()
      return networkMap(
        hostChoicesOf(host).interfaces.items,
        [...model.networks.values()].map(summary),
        vmCardsOf(host),
      )
    },
  }
}

const nameOf = ({ stored }: FakeNetwork): string => networkName(stored.root)

function summaryOf({ stored, running, isAutostart }: FakeNetwork, users: readonly NetworkUser[]): Network {
  const { root } = running ?? stored
  return {
    name: networkName(root),
    uuid: root.find('uuid')?.text() ?? '',
    isActive: running !== undefined,
    isPersistent: true,
    isAutostart,
    ...networkFacts(root),
    ...(running ? { connections: users.filter((one) => one.interface !== undefined).length } : {}),
  }
}

function usersOf(host: FakeHost, name: string): NetworkUser[] {
  return vmCardsOf(host).flatMap(({ vm, vmName, isRunning, cards }) =>
    cards
      .filter((card) => card.network === name)
      .map((card) => ({
        vm,
        vmName,
        isRunning,
        mac: card.mac,
        ...(card.portGroup === undefined ? {} : { portGroup: card.portGroup }),
        ...(card.target === undefined ? {} : { interface: card.target }),
      })),
  )
}

function startNetwork(host: FakeHost, network: FakeNetwork): void {
  const { root } = network.stored
  const bridge = root.find('bridge')?.attribute('name')
  if (bridge !== undefined && networkFacts(root).forward === 'bridge') {
    if (!hostChoicesOf(host).interfaces.items.some(({ name }) => name === bridge))
      throw new AppError('not-found', `The host has no bridge ${bridge}`, {
        cure: 'Make it on the host, or choose another one.',
      })
  }
  const [conflict] = conflictsOf(root, nameOf(network), takenOf(host, networksOf(host), true))
  if (conflict !== undefined)
    throw new AppError('busy', 'The addresses of the network are in use already', { detail: conflict })
  network.running = network.stored.clone()
}

function act(host: FakeHost, network: FakeNetwork, action: NetworkAction): void {
  switch (action) {
    case 'start':
      if (network.running) throw new AppError('invalid', 'The network is active already')
      startNetwork(host, network)
      return
    case 'stop':
      if (!network.running) throw new AppError('invalid', 'The network is not active')
      network.running = undefined
      return
    case 'restart': {
      const before = network.running
      if (!before) throw new AppError('invalid', 'The network is not active')
      network.running = undefined
      startNetwork(host, network)
      return
    }
    case 'autostart-on':
    case 'autostart-off':
      network.isAutostart = action === 'autostart-on'
  }
}

/** With `isRunningOnly` what is up now, as two stored networks may well have the same addresses. */
function takenOf(host: FakeHost, model: FakeNetworks, isRunningOnly = false) {
  return {
    networks: [...model.networks.values()]
      .filter(({ running }) => running !== undefined || !isRunningOnly)
      .map((network) => summaryOf(network, [])),
    addresses: hostChoicesOf(host).interfaces.items.flatMap(({ name, addresses }) =>
      addresses.map((address) => ({ interface: name, address })),
    ),
    routes: [{ destination: '198.51.100.0/24', device: 'br0' }],
  }
}
