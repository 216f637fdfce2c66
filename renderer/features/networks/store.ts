import { create } from 'zustand'
import type { HostId } from '../../../shared/model/ids'

/** `network:default`, `filter:clean-traffic`, `interface:br0` or `map`. */
export type PageId = string

export type NetworkTab = 'overview' | 'leases' | 'vms' | 'ports' | 'xml'

interface HostPages {
  readonly page?: PageId | undefined
  readonly tab: NetworkTab
}

/** What is open of each host's networks: kept while other pages are looked at, and set by dialogs that made something. */
export const useNetworkPages = create<{ readonly byHost: Readonly<Record<HostId, HostPages>> }>(() => ({
  byHost: {},
}))

const start: HostPages = { tab: 'overview' }

export function useOpenPage(host: HostId): HostPages {
  return useNetworkPages((state) => state.byHost[host] ?? start)
}

export function openNetworkPage(host: HostId, page: PageId | undefined): void {
  put(host, { page })
}

export function openNetworkTab(host: HostId, tab: NetworkTab): void {
  put(host, { tab })
}

function put(host: HostId, change: Partial<HostPages>): void {
  useNetworkPages.setState(({ byHost }) => ({
    byHost: { ...byHost, [host]: { ...start, ...byHost[host], ...change } },
  }))
}
