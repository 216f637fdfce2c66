import type { BackupDialogRequest } from '../../stores/backup-dialogs'
import { MakeBackupDialog } from './MakeBackupDialog'
import { DeleteBackupDialog } from './DeleteBackupDialog'
import { DeleteCheckpointDialog } from './DeleteCheckpointDialog'
import { HostBackupsDialog } from './HostBackupsDialog'
import { RestoreDialog } from './RestoreDialog'
import './backups.css'

/** The dialogs of a VM's backups. */
export function BackupDialog({ dialog }: { dialog: BackupDialogRequest }) {
  switch (dialog.kind) {
    case 'hostBackups':
      return <HostBackupsDialog host={dialog.host} />
    case 'backUp':
      return <MakeBackupDialog target={dialog.ref} known={dialog.view} />
    case 'restoreBackup':
      return <RestoreDialog target={dialog.ref} view={dialog.view} backup={dialog.backup} />
    case 'deleteBackup':
      return <DeleteBackupDialog target={dialog.ref} view={dialog.view} backup={dialog.backup} />
    case 'deleteCheckpoint':
      return (
        <DeleteCheckpointDialog target={dialog.ref} checkpoint={dialog.checkpoint} backups={dialog.backups} />
      )
  }
}
