import type { Values } from '../../shared/model/hardware/field'
import type { HostId } from '../../shared/model/ids'
import type { LocalFile } from '../../shared/model/storage/image'

/** What the storage page asks in a dialog. */
export interface StorageDialogRequest {
  readonly kind: 'storage'
  readonly host: HostId
  readonly ask: StorageQuestion
}

export type StorageQuestion =
  | { readonly kind: 'createPool'; readonly values?: Values }
  | { readonly kind: 'editPool'; readonly pool: string; readonly page: 'form' | 'xml' }
  | { readonly kind: 'stopPool' | 'deletePool' | 'copyPool'; readonly pool: string }
  | {
      readonly kind: 'createVolume'
      readonly pool: string
      /** The new one is built on this image. */
      readonly base?: { readonly path: string; readonly format?: string }
    }
  | { readonly kind: 'upload'; readonly pool: string; readonly files: readonly LocalFile[] }
  | {
      readonly kind: 'cloneVolume' | 'resizeVolume' | 'wipeVolume'
      readonly pool: string
      readonly volume: string
    }
  | { readonly kind: 'deleteVolumes'; readonly pool: string; readonly volumes: readonly string[] }
