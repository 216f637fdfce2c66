import { plain } from '../../../shared/model/hardware/field'
import { isRemovable } from '../../../shared/model/hardware/kinds/disk-when'
import { openDialog } from '../../stores/dialogs'
import { Button } from '../../ui/Button'
import { LayersIcon } from '../../ui/icons/storage'
import { MenuButton } from '../../ui/Menu'
import type { ShownItem } from './draft'
import { usePlace } from './place'
import type { HardwareSession } from './session'

/** What is done with a disk's images, also while the VM runs; each dialog says whether it can be. */
export function DiskWorkButton({ session, item }: { session: HardwareSession; item: ShownItem }) {
  const { isDraft } = usePlace()
  if (item.ref.kind !== 'disk' || isDraft || item.mark !== undefined || isRemovable(item.values)) return null
  const target = plain(item.values['target'])
  if (target === '') return null
  const disk = { ...session.target, target }
  const disabledReason = session.lockedReason
  return (
    <MenuButton
      label={`Images of ${target}`}
      entries={[
        {
          id: 'move',
          label: 'Move disk…',
          disabledReason,
          run: () => openDialog({ kind: 'moveDisk', disk }),
        },
        {
          id: 'flatten',
          label: 'Flatten…',
          disabledReason,
          run: () => openDialog({ kind: 'flattenDisk', disk }),
        },
        {
          id: 'merge',
          label: 'Merge into its base…',
          disabledReason,
          run: () => openDialog({ kind: 'mergeDisk', disk }),
        },
      ]}
    >
      <Button icon={LayersIcon}>Images</Button>
    </MenuButton>
  )
}
