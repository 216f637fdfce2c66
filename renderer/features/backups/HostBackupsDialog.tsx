import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { DownloadIcon } from '../../ui/icons/storage'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import { BackupRow } from './BackupRow'

/** All that the pools of a host have, also of VMs that are gone: those need theirs most. */
export function HostBackupsDialog({ host }: { host: HostId }) {
  const found = useHost(host)
  const { value, error, reload } = useAnswer(`all backups ${host}`, () => api.backups.all({ host }))
  const status = found?.status
  const locked =
    status?.kind !== 'connected'
      ? 'The host is not connected'
      : status.info.isReadOnly
        ? 'This connection is read-only'
        : undefined
  return (
    <Dialog
      title={`Backups on ${found?.label ?? 'the host'}`}
      icon={DownloadIcon}
      width={720}
      onClose={closeDialog}
      footer={<Button onPress={closeDialog}>Close</Button>}
    >
      {error ? (
        <ErrorBox
          error={error}
          title="The backups could not be read"
          actions={<Button onPress={reload}>Try again</Button>}
        />
      ) : null}
      {!value && !error ? (
        <p className="backup-waiting" role="status">
          <Spinner size={14} /> Looking for backups in the pools of the host…
        </p>
      ) : null}
      {value && value.unread.length > 0 ? (
        <Note tone="warning" title={`Not looked into: ${value.unread.join(', ')}`}>
          There may be backups in them.
        </Note>
      ) : null}
      {value?.backups.length === 0 ? (
        <p className="secondary">
          Its active pools have none. A backup is made on the page of a VM, under Backups.
        </p>
      ) : null}
      {value && value.backups.length > 0 ? (
        <ul className="backup-list" aria-label="Backups">
          {value.backups.map((backup) => (
            <BackupRow
              key={`${backup.pool}/${backup.id}`}
              target={{ host, vm: backup.vm }}
              view={value}
              backup={backup}
              locked={locked}
              withName
            />
          ))}
        </ul>
      ) : null}
    </Dialog>
  )
}
