import { create } from 'zustand'
import type { Host } from '../../shared/model/host'
import type { HostId } from '../../shared/model/ids'

/** Copies of main's hosts, in main's order. Only api/sync.ts writes here. */
interface HostsState {
  readonly byId: Readonly<Record<HostId, Host>>
  readonly order: readonly HostId[]
  readonly isLoaded: boolean
}

export const useHosts = create<HostsState>(() => ({ byId: {}, order: [], isLoaded: false }))

export function replaceHosts(hosts: readonly Host[]): void {
  useHosts.setState({
    byId: Object.fromEntries(hosts.map((host) => [host.id, host])),
    order: hosts.map((host) => host.id),
    isLoaded: true,
  })
}

export function putHost(host: Host): void {
  useHosts.setState(({ byId, order }) => ({
    byId: { ...byId, [host.id]: host },
    order: byId[host.id] ? order : [...order, host.id],
  }))
}

/** Ids that are not known here are left out; hosts the order does not name stay at the end. */
export function reorderHosts(wanted: readonly HostId[]): void {
  useHosts.setState(({ byId, order }) => {
    const named = new Set(wanted)
    return { order: [...wanted.filter((id) => byId[id]), ...order.filter((id) => !named.has(id))] }
  })
}

export function dropHost(id: HostId): void {
  useHosts.setState(({ byId, order }) => {
    const { [id]: _, ...rest } = byId
    return { byId: rest, order: order.filter((other) => other !== id) }
  })
}

export function useHost(id: HostId | undefined): Host | undefined {
  return useHosts((state) => (id === undefined ? undefined : state.byId[id]))
}

export function hostLabel(id: HostId): string {
  return useHosts.getState().byId[id]?.label ?? 'Unknown host'
}

export function useHostLabel(id: HostId): string {
  return useHosts((state) => state.byId[id]?.label ?? 'Unknown host')
}
