import { assertNever } from '../../../../shared/assert-never'
import type { SnapshotDialogRequest } from '../../../stores/snapshot-dialogs'
import { DeleteDialog } from './DeleteDialog'
import { EditDialog } from './EditDialog'
import { RevertDialog } from './RevertDialog'
import { ScheduleDialog } from '../schedule/ScheduleDialog'
import { TakeDialog } from './TakeDialog'
import '../snapshots.css'

export function SnapshotDialogs({ dialog }: { dialog: SnapshotDialogRequest }) {
  switch (dialog.kind) {
    case 'takeSnapshot':
      return <TakeDialog target={dialog.ref} />
    case 'scheduleSnapshots':
      return <ScheduleDialog target={dialog.ref} />
    case 'revertSnapshot':
      return <RevertDialog target={dialog.ref} name={dialog.name} />
    case 'editSnapshot':
      return <EditDialog target={dialog.ref} name={dialog.name} />
    case 'deleteSnapshots':
      return (
        <DeleteDialog
          target={dialog.ref}
          names={dialog.names}
          withChildren={dialog.withChildren ?? false}
          metadataOnly={dialog.metadataOnly ?? false}
        />
      )
    default:
      return assertNever(dialog)
  }
}
