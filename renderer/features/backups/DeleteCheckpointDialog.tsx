import type { Backup, Checkpoint } from '../../../shared/model/backups/backup'
import type { VmRef } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { closeDialog } from '../../stores/dialogs'
import { useBriefTask } from '../../stores/use-brief-task'

interface Props {
  readonly target: VmRef
  readonly checkpoint: Checkpoint
  readonly backups: readonly Backup[]
}

/** No data are lost by it, only the knowledge what changed. */
export function DeleteCheckpointDialog({ target, checkpoint, backups }: Props) {
  const run = useBriefTask()
  const isFollowed = backups.some((backup) => backup.checkpoint === checkpoint.name)
  return (
    <ConfirmDialog
      title="Delete this checkpoint?"
      confirmLabel="Delete"
      tone="danger"
      onClose={closeDialog}
      onConfirm={async () => {
        await run(() => api.backups.deleteCheckpoint({ ...target, name: checkpoint.name }))
        closeDialog()
      }}
    >
      <p className="selectable mono">{checkpoint.name}</p>
      <p>
        {isFollowed
          ? 'Its backup stays and can be restored, but no later one can follow it with only what changed.'
          : 'Whoever made it can no longer tell what changed since then. No data of the VM are lost.'}
      </p>
    </ConfirmDialog>
  )
}
