import type { HostId } from '../../shared/model/ids'

interface OfNetwork {
  readonly host: HostId
  readonly network: string
}

/** Dialogs about a host's networks, filters and secrets. */
export type NetworkDialogRequest =
  | {
      readonly kind: 'editNetwork'
      readonly host: HostId
      /** Absent: a new one. */
      readonly network?: string
    }
  | ({ readonly kind: 'stopNetwork' | 'deleteNetwork' } & OfNetwork)
  | ({
      readonly kind: 'restartNetwork'
      /** A change was just stored that waits for it. */
      readonly isAfterEdit?: boolean
    } & OfNetwork)
  | ({
      readonly kind: 'reserveAddress'
      /** Of the lease it was opened from. */
      readonly mac?: string
      readonly address?: string
      readonly hostname?: string
    } & OfNetwork)
  | { readonly kind: 'newFilter'; readonly host: HostId; readonly like?: string }
  | { readonly kind: 'deleteFilter'; readonly host: HostId; readonly filter: string }

export type SecretDialogRequest =
  | { readonly kind: 'newSecret'; readonly host: HostId }
  | { readonly kind: 'setSecretValue' | 'deleteSecret'; readonly host: HostId; readonly uuid: string }
