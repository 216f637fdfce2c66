import type { z } from 'zod'
import { plain } from '../../shared/model/hardware/field'
import type { HostId, TaskId } from '../../shared/model/ids'
import type {
  CreateNetworkInput,
  DefineFilterInput,
  EditNetworkInput,
  EditNetworkOutcome,
  NetworkAction,
  filterRef,
  networkActionInput,
  networkRef,
} from '../../shared/model/networks/network'
import type { HypervisorSession } from '../backends/backend'
import type { TaskList } from '../tasks/task-list'
import { asTaskWithAnswer, runOnHost, writable, type HostWork, type SessionHosts } from './session-tasks'

const doing: Record<NetworkAction, string> = {
  start: 'Starting network',
  stop: 'Stopping network',
  restart: 'Restarting network',
  'autostart-on': 'Turning on autostart of network',
  'autostart-off': 'Turning off autostart of network',
}

const verbs: Record<NetworkAction, (network: string) => readonly string[] | undefined> = {
  start: (network) => ['net-start', network],
  stop: (network) => ['net-destroy', network],
  // two commands, so none
  restart: () => undefined,
  'autostart-on': (network) => ['net-autostart', network],
  'autostart-off': (network) => ['net-autostart', network, '--disable'],
}

/** What a user does to networks and filters of hosts, as tasks. */
export class NetworkActions {
  readonly #hosts: SessionHosts
  readonly #tasks: TaskList

  constructor(parts: { readonly hosts: SessionHosts; readonly tasks: TaskList }) {
    this.#hosts = parts.hosts
    this.#tasks = parts.tasks
  }

  create({ host, ...input }: CreateNetworkInput): TaskId {
    const name = plain(input.values?.['name']) || 'from XML'
    return this.#run(host, { kind: 'network.create', title: `Creating network ${name}` }, (session) =>
      session.networks.createNetwork(input),
    )
  }

  async edit({ host, network, ...change }: EditNetworkInput): Promise<EditNetworkOutcome> {
    const session = writable(this.#hosts, host)
    const definition = { values: change.values, xml: change.xml }
    const { commands } = await session.networks.previewNetwork(network, definition)
    const start = {
      kind: 'network.edit',
      title: `Changing network ${network}`,
      host,
      command: commands.join('\n') || undefined,
    }
    return asTaskWithAnswer(this.#tasks, start, () => session.networks.editNetwork(network, change))
  }

  action({ host, network, action }: z.output<typeof networkActionInput>): TaskId {
    const words = verbs[action](network)
    return this.#run(
      host,
      { kind: `network.${action}`, title: `${doing[action]} ${network}`, ...(words ? { words } : {}) },
      (session) => session.networks.networkAction(network, action),
    )
  }

  delete({ host, network }: z.output<typeof networkRef>): TaskId {
    return this.#run(
      host,
      { kind: 'network.delete', title: `Deleting network ${network}`, words: ['net-undefine', network] },
      (session) => session.networks.deleteNetwork(network),
    )
  }

  defineFilter({ host, ...input }: DefineFilterInput): TaskId {
    return this.#run(host, { kind: 'filter.define', title: 'Storing a network filter' }, (session) =>
      session.networks.defineFilter(input),
    )
  }

  deleteFilter({ host, filter }: z.output<typeof filterRef>): TaskId {
    return this.#run(
      host,
      {
        kind: 'filter.delete',
        title: `Deleting network filter ${filter}`,
        words: ['nwfilter-undefine', filter],
      },
      (session) => session.networks.deleteFilter(filter),
    )
  }

  #run(host: HostId, start: HostWork, work: (session: HypervisorSession) => Promise<void>): TaskId {
    return runOnHost({ hosts: this.#hosts, tasks: this.#tasks }, host, start, work)
  }
}
