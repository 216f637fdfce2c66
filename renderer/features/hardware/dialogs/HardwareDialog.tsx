import type { HardwareDialogRequest } from '../../../stores/dialogs'
import { AddHardwareDialog } from './AddHardwareDialog'
import { ConflictDialog } from './ConflictDialog'
import { RemoveHardwareDialog } from './RemoveHardwareDialog'
import { ReviewDialog } from './ReviewDialog'

/** The dialogs of a VM's hardware page. */
export function HardwareDialog({ dialog }: { dialog: HardwareDialogRequest }) {
  switch (dialog.kind) {
    case 'addHardware':
      return <AddHardwareDialog target={dialog.ref} />
    case 'removeHardware':
      return <RemoveHardwareDialog target={dialog.ref} item={dialog.item} />
    case 'reviewHardware':
      return <ReviewDialog target={dialog.ref} />
    case 'hardwareConflict':
      return <ConflictDialog target={dialog.ref} conflict={dialog.conflict} />
  }
}
