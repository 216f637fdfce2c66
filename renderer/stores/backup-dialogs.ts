import type { Backup, BackupsView, Checkpoint } from '../../shared/model/backups/backup'
import type { VmRef } from '../../shared/model/ids'

export type BackupDialogRequest =
  | { readonly kind: 'backUp'; readonly ref: VmRef; readonly view: BackupsView }
  | {
      readonly kind: 'restoreBackup'
      readonly ref: VmRef
      readonly view: BackupsView
      readonly backup: Backup
    }
  | {
      readonly kind: 'deleteBackup'
      readonly ref: VmRef
      readonly view: BackupsView
      readonly backup: Backup
    }
  | {
      readonly kind: 'deleteCheckpoint'
      readonly ref: VmRef
      readonly checkpoint: Checkpoint
      /** Backups that only it lets another follow. */
      readonly backups: readonly Backup[]
    }
