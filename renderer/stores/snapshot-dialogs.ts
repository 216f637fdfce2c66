import type { VmRef } from '../../shared/model/ids'

/** What is asked before something is done to snapshots of a VM. */
export type SnapshotDialogRequest =
  | { readonly kind: 'takeSnapshot'; readonly ref: VmRef }
  | { readonly kind: 'scheduleSnapshots'; readonly ref: VmRef }
  | { readonly kind: 'revertSnapshot'; readonly ref: VmRef; readonly name: string }
  | { readonly kind: 'editSnapshot'; readonly ref: VmRef; readonly name: string }
  | {
      readonly kind: 'deleteSnapshots'
      readonly ref: VmRef
      readonly names: readonly string[]
      /** How the choices stand at first. */
      readonly withChildren?: boolean
      readonly metadataOnly?: boolean
    }
