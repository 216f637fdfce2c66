import type { DiskJobDialogRequest } from '../../stores/disk-job-dialogs'
import { FlattenDialog } from './FlattenDialog'
import { LimitDialog } from './LimitDialog'
import { MergeDialog } from './MergeDialog'
import { MoveDialog } from './MoveDialog'
import { StopJobDialog } from './StopJobDialog'
import './disk-jobs.css'

/** The dialogs about work on disks. */
export function DiskJobDialog({ dialog }: { dialog: DiskJobDialogRequest }) {
  switch (dialog.kind) {
    case 'moveDisk':
      return <MoveDialog disk={dialog.disk} />
    case 'flattenDisk':
      return <FlattenDialog disk={dialog.disk} />
    case 'mergeDisk':
      return <MergeDialog disk={dialog.disk} />
    case 'diskJobLimit':
      return <LimitDialog disk={dialog.disk} job={dialog.job} />
    case 'stopDiskJob':
      return <StopJobDialog disk={dialog.disk} job={dialog.job} />
  }
}
