import { errorData } from '../../../shared/errors'
import type { Host, MoveHostInput } from '../../../shared/model/host'
import { api } from '../../api/client'
import { useHosts } from '../../stores/hosts'
import { go } from '../../stores/route'
import { showToast } from '../../stores/toasts'
import { stepGroup, stepHost, type Direction } from './host-order'

/** How a connection goes is the host's status, shown in its row and page; here only a refused request is told. */
export async function connectHost(host: Host): Promise<void> {
  await told(host.label, 'could not be connected', () => api.hosts.connect({ host: host.id }))
}

export async function disconnectHost(host: Host): Promise<void> {
  await told(host.label, 'could not be disconnected', () => api.hosts.disconnect({ host: host.id }))
}

export async function connectAll(hosts: readonly Host[]): Promise<void> {
  await Promise.all(hosts.filter((host) => !isUp(host)).map(connectHost))
}

export async function disconnectAll(hosts: readonly Host[]): Promise<void> {
  await Promise.all(hosts.filter((host) => host.status.kind !== 'disconnected').map(disconnectHost))
}

/** Connected, or on the way there. */
export function isUp({ status }: Host): boolean {
  return status.kind === 'connected' || status.kind === 'connecting'
}

/** The demo host needs nothing; ends on its page. */
export async function addDemoHost(): Promise<void> {
  try {
    go({ kind: 'host', host: await api.hosts.addDemo() })
  } catch (error) {
    showToast({ tone: 'error', title: 'The demo host could not be added', error: errorData(error) })
  }
}

export async function copyHostUri(host: Host): Promise<void> {
  await told(host.label, 'could not be copied', () => api.app.copyText({ text: host.uri }))
}

export async function forgetSecrets(host: Host): Promise<void> {
  await told(host.label, 'still has its secrets', async () => {
    await api.hosts.forgetSecrets({ host: host.id })
    showToast({ tone: 'success', title: `${host.label}: the passwords kept for it are forgotten` })
  })
}

export async function dissolveGroup(group: string): Promise<void> {
  await told(group, 'could not be dissolved', () => api.hosts.renameGroup({ group, name: '' }))
}

export async function moveHost(host: Host, direction: Direction): Promise<void> {
  await carryOut(host.label, stepHost(orderedHosts(), host.id, direction))
}

export async function moveGroup(group: string, direction: Direction): Promise<void> {
  await carryOut(group, stepGroup(orderedHosts(), group, direction))
}

/** One after the other: each says where the host goes in the list the one before has left. */
export async function carryOut(name: string, moves: readonly MoveHostInput[]): Promise<void> {
  await told(name, 'could not be moved', async () => {
    for (const move of moves) await api.hosts.move(move)
  })
}

export function orderedHosts(): Host[] {
  const { byId, order } = useHosts.getState()
  return order.flatMap((id) => byId[id] ?? [])
}

async function told(name: string, failure: string, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    showToast({ tone: 'error', title: `${name} ${failure}`, error: errorData(error) })
  }
}
