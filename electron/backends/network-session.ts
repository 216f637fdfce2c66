import type { Listed } from '../../shared/model/host-choices'
import type { Values } from '../../shared/model/hardware/field'
import type {
  CreateNetworkInput,
  DefineFilterInput,
  EditNetworkInput,
  EditNetworkOutcome,
  Lease,
  Network,
  NetworkAction,
  NetworkFilter,
  NetworkMap,
  NetworkPreview,
  NetworkUser,
  NetworkView,
} from '../../shared/model/networks/network'

export interface NetworkDefinition {
  readonly values?: Values | undefined
  readonly xml?: string | undefined
}

/** Networks and filters of a host. Errors as in StorageSession. */
export interface NetworkSession {
  networks(): Promise<Listed<Network>>
  network(name: string): Promise<NetworkView>
  /** Of a change, or without a name of a new one. */
  previewNetwork(name: string | undefined, definition: NetworkDefinition): Promise<NetworkPreview>
  /** One that cannot be started is not left behind. */
  createNetwork(input: Omit<CreateNetworkInput, 'host'>): Promise<void>
  /** Stores it, then gives the running network what it can take; `busy` when it is no longer as `base` says. */
  editNetwork(name: string, change: Omit<EditNetworkInput, 'host' | 'network'>): Promise<EditNetworkOutcome>
  networkAction(name: string, action: NetworkAction): Promise<void>
  deleteNetwork(name: string): Promise<void>
  networkUsers(name: string): Promise<readonly NetworkUser[]>
  leases(name: string): Promise<readonly Lease[]>
  networkMap(): Promise<NetworkMap>

  filters(): Promise<Listed<NetworkFilter>>
  defineFilter(input: Omit<DefineFilterInput, 'host'>): Promise<void>
  /** `busy` while something uses it. */
  deleteFilter(name: string): Promise<void>
}
