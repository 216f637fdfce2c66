import type { Backup, HostBackups } from '../../../shared/model/backups/backup'
import type { VmRef } from '../../../shared/model/ids'
import { openDialog } from '../../stores/dialogs'
import { Button } from '../../ui/Button'
import { TrashIcon } from '../../ui/icons/general'
import { kindText, timeText } from './words'

interface Props {
  readonly target: VmRef
  readonly view: HostBackups
  readonly backup: Backup
  readonly locked: string | undefined
  /** In a list of several VMs. */
  readonly withName?: boolean
}

/** One backup, and what can be done with it. */
export function BackupRow({ target, view, backup, locked, withName = false }: Props) {
  const { atMs, kind, pool, disks, missing } = backup
  const isWhole = missing.length === 0
  return (
    <li className="backup">
      <div className="backup-text">
        <span>
          {withName ? `${backup.vmName}, ` : ''}
          <time dateTime={new Date(atMs).toISOString()}>{timeText(atMs)}</time>
        </span>
        <span className="secondary">
          {kindText[kind]} · {disks.map(({ target: disk }) => disk).join(', ')} · pool {pool}
          {isWhole ? '' : ` · ${missing.join(', ')} is missing`}
        </span>
      </div>
      <Button
        className="button-small"
        disabledReason={locked ?? (isWhole ? undefined : 'Images of it are missing')}
        onPress={() => openDialog({ kind: 'restoreBackup', ref: target, view, backup })}
      >
        Restore…
      </Button>
      <Button
        className="button-small"
        icon={TrashIcon}
        disabledReason={locked}
        onPress={() => openDialog({ kind: 'deleteBackup', ref: target, view, backup })}
      >
        Delete…
      </Button>
    </li>
  )
}
