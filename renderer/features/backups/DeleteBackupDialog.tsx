import type { Backup, HostBackups } from '../../../shared/model/backups/backup'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import { isActive } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { closeDialog } from '../../stores/dialogs'
import { useBriefTask } from '../../stores/use-brief-task'
import { useVms } from '../../stores/vms'
import { timeText } from './words'

/** Later ones are built on it and go with it; every file is listed. */
export function DeleteBackupDialog({
  target,
  view,
  backup,
}: {
  target: VmRef
  view: HostBackups
  backup: Backup
}) {
  const run = useBriefTask()
  const later = view.backups
    .filter(({ id, pool }) => pool === backup.pool && backup.neededBy.includes(id))
    .toReversed()
  const gone = [backup, ...later]
  const record = useVms((state) => state.byKey.get(vmKey(target)))
  const keepsCheckpoints =
    record !== undefined && !isActive(record.state) && gone.some(({ checkpoint }) => checkpoint !== undefined)
  return (
    <ConfirmDialog
      title={gone.length === 1 ? 'Delete this backup?' : `Delete ${gone.length} backups?`}
      confirmLabel="Delete"
      tone="danger"
      width={560}
      onClose={closeDialog}
      onConfirm={async () => {
        await run(() => api.backups.delete({ ...target, pool: backup.pool, id: backup.id }))
        closeDialog()
      }}
    >
      <p>
        {`${backup.vmName} as it was on ${timeText(backup.atMs)} can no longer be restored.`}
        {later.length === 0
          ? ''
          : ` These are built on it and go too: ${later.map(({ atMs }) => timeText(atMs)).join('; ')}.`}
      </p>
      <p>{`Files of pool ${backup.pool} that are deleted:`}</p>
      <ul className="backup-files mono selectable" aria-label="Files">
        {gone
          .flatMap(({ files }) => files)
          .map((file) => (
            <li key={file}>{file}</li>
          ))}
      </ul>
      {keepsCheckpoints ? (
        <p className="secondary">
          Checkpoints that began there stay, as the host deletes them only while the VM runs. They do no harm.
        </p>
      ) : null}
    </ConfirmDialog>
  )
}
