import type { Host } from '../../../shared/model/host'
import type { HostId } from '../../../shared/model/ids'
import { openDialog } from '../../stores/dialogs'
import { useHosts } from '../../stores/hosts'
import { useRoute, type Route } from '../../stores/route'
import { showToast } from '../../stores/toasts'
import { whyLocked } from './why-locked'

type Hosts = ReturnType<typeof useHosts.getState>

/** Where a new VM would go: the host that is shown, or the first that takes one. */
export function hostForNewVm({ byId, order }: Hosts, route: Route): Host | undefined {
  const shown = route.kind === 'host' ? route.host : route.kind === 'vm' ? route.ref.host : undefined
  if (shown !== undefined) return byId[shown]
  const hosts = order.flatMap((id) => byId[id] ?? [])
  return hosts.find((host) => whyNoNewVm(host) === undefined) ?? hosts[0]
}

/** Why no VM can be made there now. */
export function whyNoNewVm(host: Host | undefined): string | undefined {
  if (!host) return 'Add a host first'
  return whyLocked(host)
}

export function openNewVm(host: HostId): void {
  openDialog({ kind: 'newVm', host })
}

/** From the application menu, which cannot know whether it can be done: so it is said. */
export function newVmFromMenu(): void {
  const host = hostForNewVm(useHosts.getState(), useRoute.getState().route)
  const why = whyNoNewVm(host)
  if (host && why === undefined) openNewVm(host.id)
  else showToast({ tone: 'info', title: `No VM can be created: ${why ?? 'there is no host'}` })
}
