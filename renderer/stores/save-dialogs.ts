import type { HostId, VmRef } from '../../shared/model/ids'
import type { SavedFile, SavedOf } from '../../shared/model/save/saved-state'

export type SaveDialogRequest =
  | { readonly kind: 'saveToFile'; readonly ref: VmRef }
  | { readonly kind: 'dumpMemory'; readonly ref: VmRef }
  | {
      readonly kind: 'restoreFile'
      readonly host: HostId
      /** Absent: it is asked for. */
      readonly path?: string
    }
  | { readonly kind: 'deleteSavedFile'; readonly host: HostId; readonly file: SavedFile }
  | {
      readonly kind: 'savedDefinition'
      readonly host: HostId
      readonly of: SavedOf
      /** Whose it is. */
      readonly name: string
    }
  /** A start of VMs that were saved to files, which would make these useless. */
  | {
      readonly kind: 'startSaved'
      readonly refs: readonly VmRef[]
      readonly action: 'start' | 'startPaused'
    }
