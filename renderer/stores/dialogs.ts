import { create } from 'zustand'
import type { ApplyOutcome, ItemRef } from '../../shared/model/hardware/view'
import type { HostId, VmRef } from '../../shared/model/ids'
import type { BundleSummary } from '../../shared/model/new-vm/bundle'
import type { InstallMedia } from '../../shared/model/new-vm/install-media'
import type { UnfinishedCreation } from '../../shared/model/new-vm/unfinished'
import type { Wishes } from '../../shared/model/new-vm/wishes'
import type { PowerAction } from '../../shared/model/vm'
import type { RecipeId } from '../../shared/recipes/recipe'
import type { BackupDialogRequest } from './backup-dialogs'
import type { DiskJobDialogRequest } from './disk-job-dialogs'
import type { ImageDialogRequest } from './image-dialogs'
import type { NetworkDialogRequest, SecretDialogRequest } from './network-dialogs'
import type { SnapshotDialogRequest } from './snapshot-dialogs'
import type { SaveDialogRequest } from './save-dialogs'
import type { StorageDialogRequest } from './storage-dialogs'

export type HardwareDialogRequest =
  | { readonly kind: 'addHardware'; readonly ref: VmRef }
  | { readonly kind: 'removeHardware'; readonly ref: VmRef; readonly item: ItemRef }
  | { readonly kind: 'reviewHardware'; readonly ref: VmRef }
  | {
      readonly kind: 'hardwareConflict'
      readonly ref: VmRef
      readonly conflict: Extract<ApplyOutcome, { kind: 'conflict' }>
    }

/** Dialogs are data: one at a time, opened from anywhere, drawn in one place. */
export type DialogRequest =
  | {
      readonly kind: 'addHost'
      /** Begin with a copy of this host. */
      readonly like?: HostId
      readonly group?: string
    }
  | { readonly kind: 'editHost'; readonly host: HostId }
  | { readonly kind: 'removeHost'; readonly host: HostId }
  | { readonly kind: 'hostLog'; readonly host: HostId }
  | {
      readonly kind: 'diagnosis'
      readonly host: HostId
      /** Show the last one instead of beginning anew. */
      readonly isReturn?: boolean
    }
  | {
      readonly kind: 'recipes'
      readonly recipe?: RecipeId
      /** Fills its name and user into the commands. */
      readonly host?: HostId
      /** Where it was opened from, and where to go back to. */
      readonly back?: DialogRequest
    }
  | { readonly kind: 'importHosts' }
  | { readonly kind: 'preferences' }
  | { readonly kind: 'moveHost'; readonly host: HostId }
  | { readonly kind: 'renameGroup'; readonly group: string }
  | {
      readonly kind: 'newVm'
      readonly host: HostId
      /** Begin with these choices; `without`: what of them was not kept. */
      readonly begin?: { readonly wishes: Wishes; readonly without: readonly string[] }
    }
  | {
      readonly kind: 'cleanUpCreation'
      readonly host: HostId
      readonly creation: UnfinishedCreation
      /** What follows when it is gone. */
      readonly next: 'nothing' | 'again'
    }
  | {
      readonly kind: 'newVmFromDefinition'
      readonly host: HostId
      /** Begin with this text. */
      readonly xml?: string
    }
  /** Begin with this text. */
  | { readonly kind: 'newVmFromCommand'; readonly host: HostId; readonly text?: string }
  | { readonly kind: 'renameVm'; readonly ref: VmRef }
  /** Of the VM as it is, or of its disks as they were. */
  | { readonly kind: 'cloneVm'; readonly ref: VmRef; readonly snapshot?: string }
  | { readonly kind: 'exportVm'; readonly ref: VmRef }
  | { readonly kind: 'moveVms'; readonly refs: readonly VmRef[]; readonly to?: HostId }
  | {
      readonly kind: 'newVmFromBundle'
      readonly host: HostId
      /** The chosen file, and what it says. */
      readonly file: string
      readonly bundle: BundleSummary
    }
  | {
      readonly kind: 'newVmFromTemplate'
      readonly host: HostId
      /** Begin with this one. */
      readonly template?: VmRef['vm']
    }
  | { readonly kind: 'askAgent'; readonly ref: VmRef }
  | { readonly kind: 'templateMark'; readonly ref: VmRef }
  | { readonly kind: 'cloudSeed'; readonly ref: VmRef }
  | { readonly kind: 'takeOutMedia'; readonly ref: VmRef; readonly found: InstallMedia }
  | { readonly kind: 'deleteVm'; readonly refs: readonly VmRef[] }
  | {
      readonly kind: 'confirmPower'
      readonly action: PowerAction
      readonly refs: readonly VmRef[]
      /** What the question was asked from, and where to go back to. */
      readonly next?: DialogRequest
    }
  | HardwareDialogRequest
  | SaveDialogRequest
  | StorageDialogRequest
  | NetworkDialogRequest
  | SecretDialogRequest
  | ImageDialogRequest
  | SnapshotDialogRequest
  | DiskJobDialogRequest
  | BackupDialogRequest
  /** Of the loads of this VM, or of all. */
  | { readonly kind: 'thresholds'; readonly ref?: VmRef }
  | { readonly kind: 'about' }

export const useDialog = create<{ readonly open: DialogRequest | undefined }>(() => ({ open: undefined }))

export function openDialog(open: DialogRequest): void {
  useDialog.setState({ open })
}

export function closeDialog(): void {
  useDialog.setState({ open: undefined })
}
