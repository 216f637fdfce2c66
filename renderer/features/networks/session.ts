import { createContext, useContext } from 'react'
import type { Host } from '../../../shared/model/host'
import type { HostChoices, Listed } from '../../../shared/model/host-choices'
import type { Network, NetworkFilter } from '../../../shared/model/networks/network'
import { api } from '../../api/client'
import { useAnswer, type Answer } from '../../api/use-answer'
import { useResourceChanges } from '../hosts/use-resource-changes'
import { whyLocked } from '../hosts/why-locked'

/** What the pages of a host's networks have in common. */
export interface NetworksSession {
  readonly host: Host
  readonly isConnected: boolean
  /** Why nothing can be changed. */
  readonly lockedReason: string | undefined
  readonly networks: Answer<Listed<Network>>
  readonly filters: Answer<Listed<NetworkFilter>>
  readonly choices: Answer<HostChoices>
}

export const NetworksContext = createContext<NetworksSession | undefined>(undefined)

export function useNetworksSession(): NetworksSession {
  const session = useContext(NetworksContext)
  if (!session) throw new Error('A page of networks is drawn outside of their tab')
  return session
}

export function useNewSession(host: Host): NetworksSession {
  const isConnected = host.status.kind === 'connected'
  const ref = { host: host.id }
  const networks = useAnswer(`networks ${host.id}`, () => api.networks.list(ref), {
    isWanted: isConnected,
    isKept: true,
  })
  const filters = useAnswer(`filters ${host.id}`, () => api.networks.filters(ref), {
    isWanted: isConnected,
    isKept: true,
  })
  const choices = useAnswer(`interfaces ${host.id}`, () => api.hosts.choices(ref), {
    isWanted: isConnected,
    isKept: true,
  })
  useResourceChanges(host.id, ['network'], networks.reload)
  useResourceChanges(host.id, ['filter', 'network'], filters.reload)
  useResourceChanges(host.id, ['device', 'network'], choices.reload)
  return { host, isConnected, lockedReason: whyLocked(host), networks, filters, choices }
}
