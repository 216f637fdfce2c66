import type { DiskJob, DiskRef } from '../../../shared/model/disk-jobs/disk-job'
import { api } from '../../api/client'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { closeDialog } from '../../stores/dialogs'
import { useBriefTask } from '../../stores/use-brief-task'
import { PathList } from './parts'

/** Says what is lost by it before. */
export function StopJobDialog({ disk, job }: { disk: DiskRef; job: DiskJob }) {
  const run = useBriefTask()
  return (
    <ConfirmDialog
      title={`Stop the work on ${disk.target}?`}
      confirmLabel="Stop it"
      tone="danger"
      onClose={closeDialog}
      onConfirm={async () => {
        await run(() => api.diskJobs.end({ ...disk, how: 'stop' }))
        closeDialog()
      }}
    >
      <p>{consequence(job)}</p>
      {job.kind === 'copy' && job.to !== undefined ? <PathList label="Copy" paths={[job.to]} /> : null}
    </ConfirmDialog>
  )
}

function consequence({ kind, isReady }: DiskJob): string {
  if (kind === 'copy') {
    return isReady
      ? 'The VM stays with the image it has. The copy is complete, and has what the disk has at this moment; unless it was made to move the disk, it stays:'
      : 'The VM stays with the image it has. What was copied so far is of no use. It is deleted if this Innkeeper began the copy since it was started, and stays otherwise:'
  }
  if (kind === 'backup') return 'The backup is not completed, and what was written of it is of no use.'
  return 'The disk keeps its layers. What was written so far harms nobody, and is written again next time.'
}
