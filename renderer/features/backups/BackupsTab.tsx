import { useEffect } from 'react'
import type { BackupsView } from '../../../shared/model/backups/backup'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { ReadFailure } from '../../components/ReadFailure'
import { openDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { onTaskEnd, usePendingTask } from '../../stores/tasks'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { TrashIcon } from '../../ui/icons/general'
import { DownloadIcon } from '../../ui/icons/storage'
import { Note } from '../../ui/Note'
import { ProgressBar } from '../../ui/ProgressBar'
import { Spinner } from '../../ui/Spinner'
import { BackupRow } from './BackupRow'
import { timeText } from './words'
import '../../ui/panes.css'
import './backups.css'

/** What can be restored, and what the next backup can begin at. */
export function BackupsTab({ target, record }: { target: VmRef; record: Vm }) {
  const { host, vm } = target
  const status = useHost(host)?.status
  const isConnected = status?.kind === 'connected'
  const { value, error, isLoading, reload } = useAnswer(
    `backups ${vmKey(target)} ${record.state}`,
    () => api.backups.view({ host, vm }),
    { isWanted: isConnected },
  )
  useEffect(
    () =>
      onTaskEnd((task) => {
        if (task.host === host && task.kind.startsWith('backup.')) reload()
      }),
    [host, reload],
  )
  const pending = usePendingTask(target)
  if (!isConnected && !value)
    return <p className="secondary backup-waiting">Connect the host to see the backups of this VM.</p>
  if (error && !value) {
    return (
      <div className="panes-alone">
        <ReadFailure error={error} title="The backups could not be read" reload={reload} />
      </div>
    )
  }
  if (!value) {
    return (
      <p className="backup-waiting" role="status">
        <Spinner size={14} /> Looking for backups in the pools of the host…
      </p>
    )
  }
  const locked =
    (isConnected ? undefined : 'The host is not connected') ??
    (status?.kind === 'connected' && status.info.isReadOnly ? 'This connection is read-only' : undefined)
  const busy = pending ? `${record.name} is busy: ${pending.title}` : undefined
  const whyNot = locked ?? busy ?? value.whyNot
  const button = (
    <Button
      variant="primary"
      icon={DownloadIcon}
      disabledReason={whyNot}
      onPress={() => openDialog({ kind: 'backUp', ref: target, view: value })}
    >
      Back up…
    </Button>
  )
  return (
    <div className="backups">
      {pending?.kind === 'backup.make' ? (
        <section className="backup-running" aria-label="Backup under way">
          <span className="truncate">{pending.title}</span>
          <ProgressBar label={pending.title} value={pending.progress} />
          <span className="secondary">
            {pending.amount
              ? `${formatBytes(pending.amount.doneBytes)} of ${formatBytes(pending.amount.totalBytes)}`
              : 'Beginning'}
          </span>
          <Button className="button-small" onPress={() => void api.tasks.cancel({ task: pending.id })}>
            Cancel
          </Button>
        </section>
      ) : null}
      {value.unread.length > 0 ? (
        <Note tone="warning" title={`Not looked into: ${value.unread.join(', ')}`}>
          There may be backups in them.
        </Note>
      ) : null}
      {value.backups.length === 0 ? (
        <EmptyState icon={DownloadIcon} title="No backups of this VM" actions={button}>
          {emptyText(value)}
        </EmptyState>
      ) : (
        <section className="backup-section" aria-label="Backups">
          <header>
            <h2>Backups</h2>
            {isLoading ? <Spinner size={14} /> : null}
            {button}
          </header>
          {value.whyNot === undefined ? null : <p className="secondary">{value.whyNot}.</p>}
          <ul className="backup-list">
            {value.backups.map((backup) => (
              <BackupRow
                key={`${backup.pool}/${backup.id}`}
                target={target}
                view={value}
                backup={backup}
                locked={locked}
              />
            ))}
          </ul>
        </section>
      )}
      {value.checkpoints.length > 0 ? <Checkpoints target={target} view={value} locked={locked} /> : null}
    </div>
  )
}

function emptyText({ whyNot, isRunning }: BackupsView): string {
  if (whyNot !== undefined) return `${whyNot}.`
  return isRunning
    ? 'A backup is written to a pool of the host while the VM runs. Later ones only have what changed.'
    : 'While the VM is off its disks are copied to a pool of the host. While it runs, later ones only have what changed.'
}

interface CheckpointProps {
  readonly target: VmRef
  readonly view: BackupsView
  readonly locked: string | undefined
}

function Checkpoints({ target, view, locked }: CheckpointProps) {
  return (
    <section className="backup-section" aria-label="Checkpoints">
      <header>
        <h2>Checkpoints</h2>
      </header>
      <p className="secondary">
        Since these moments the host remembers what changed, so that a later backup need not have the rest.
      </p>
      <ul className="backup-list">
        {view.checkpoints.map((checkpoint) => (
          <li key={checkpoint.name} className="backup">
            <div className="backup-text">
              <time dateTime={new Date(checkpoint.atMs).toISOString()}>{timeText(checkpoint.atMs)}</time>
              <span className="secondary mono">{checkpoint.name}</span>
            </div>
            <Button
              className="button-small"
              icon={TrashIcon}
              disabledReason={locked ?? (view.isRunning ? undefined : 'Only possible while the VM runs')}
              onPress={() =>
                openDialog({ kind: 'deleteCheckpoint', ref: target, checkpoint, backups: view.backups })
              }
            >
              Delete…
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
