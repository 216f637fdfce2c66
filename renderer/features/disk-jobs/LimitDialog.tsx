import { useState } from 'react'
import type { DiskJob, DiskRef } from '../../../shared/model/disk-jobs/disk-job'
import { api } from '../../api/client'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { closeDialog } from '../../stores/dialogs'
import { DiskIcon } from '../../ui/icons/hardware'
import { LimitField, limitError, type Limit } from './parts'

/** For a job that runs. */
export function LimitDialog({ disk, job }: { disk: DiskRef; job: DiskJob }) {
  const [limit, setLimit] = useState<Limit>(job.limitBytesPerSecond)
  return (
    <ConfirmDialog
      title={`Speed of the work on ${disk.target}`}
      confirmLabel="Set"
      icon={DiskIcon}
      width={400}
      canConfirm={limitError(limit) === undefined}
      onClose={closeDialog}
      onConfirm={async () => {
        await api.diskJobs.setLimit({
          ...disk,
          ...(typeof limit === 'number' ? { limitBytesPerSecond: limit } : {}),
        })
        closeDialog()
      }}
    >
      <LimitField value={limit} onChange={setLimit} />
    </ConfirmDialog>
  )
}
