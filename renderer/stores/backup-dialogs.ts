import type { Backup, BackupsView, Checkpoint, HostBackups } from '../../shared/model/backups/backup'
import type { HostId, VmRef } from '../../shared/model/ids'

export type BackupDialogRequest =
  | { readonly kind: 'hostBackups'; readonly host: HostId }
  | { readonly kind: 'backUp'; readonly ref: VmRef; readonly view: BackupsView }
  | {
      readonly kind: 'restoreBackup'
      readonly ref: VmRef
      readonly view: HostBackups
      readonly backup: Backup
    }
  | {
      readonly kind: 'deleteBackup'
      readonly ref: VmRef
      readonly view: HostBackups
      readonly backup: Backup
    }
  | {
      readonly kind: 'deleteCheckpoint'
      readonly ref: VmRef
      readonly checkpoint: Checkpoint
      /** Backups that only it lets another follow. */
      readonly backups: readonly Backup[]
    }
