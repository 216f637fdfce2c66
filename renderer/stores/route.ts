import { create } from 'zustand'
import type { VmTab } from '../../shared/ipc/contract'
import { vmKey, type HostId, type VmRef } from '../../shared/model/ids'

/** What the main area shows. */
export type Route =
  | { readonly kind: 'welcome' }
  | { readonly kind: 'all' }
  /** Thumbnails of the screens of all VMs that run. */
  | { readonly kind: 'wall' }
  | { readonly kind: 'top' }
  | { readonly kind: 'host'; readonly host: HostId }
  | { readonly kind: 'vm'; readonly ref: VmRef; readonly tab: VmTab }

export const useRoute = create<{ readonly route: Route }>(() => ({ route: { kind: 'all' } }))

export function go(route: Route): void {
  useRoute.setState({ route })
}

/** Opens a VM's page, on the tab it is already on when the page is open. */
export function openVm(ref: VmRef, tab?: VmTab): void {
  const { route } = useRoute.getState()
  const isSame = route.kind === 'vm' && vmKey(route.ref) === vmKey(ref)
  go({ kind: 'vm', ref, tab: tab ?? (isSame ? route.tab : 'overview') })
}

/** The list a route belongs to, for "back". */
export function listRoute(host: HostId | undefined): Route {
  return host === undefined ? { kind: 'all' } : { kind: 'host', host }
}

export function routeKey(route: Route): string {
  switch (route.kind) {
    case 'host':
      return `host:${route.host}`
    case 'vm':
      return `vm:${vmKey(route.ref)}`
    default:
      return route.kind
  }
}
