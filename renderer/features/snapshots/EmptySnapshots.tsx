import { openDialog } from '../../stores/dialogs'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { PlusIcon } from '../../ui/icons/general'
import { SnapshotIcon } from '../../ui/icons/objects'
import { ForeignSnapshots } from './ForeignSnapshots'
import type { TabParts } from './SnapshotsTab'
import { whyNone } from './words'

/** No snapshot yet: what one is good for, or why this VM can have none. */
export function EmptySnapshots({ target, view, lockedReason }: TabParts) {
  const none = whyNone(view)
  return (
    <div className="snap-empty">
      <EmptyState
        icon={SnapshotIcon}
        title={none === undefined ? 'No snapshots yet' : 'No snapshot can be taken of this VM'}
        actions={
          none === undefined ? (
            <Button
              variant="primary"
              icon={PlusIcon}
              disabledReason={lockedReason}
              onPress={() => openDialog({ kind: 'takeSnapshot', ref: target })}
            >
              Take a snapshot…
            </Button>
          ) : null
        }
      >
        {none ??
          'A snapshot keeps what is on the disks at one moment, and in the memory if the VM is running. Take one before something risky, and go back to it if that goes wrong. It is no backup: it lies on the same storage.'}
      </EmptyState>
      {view.foreign.length === 0 ? null : (
        <div className="snap-empty-more">
          <ForeignSnapshots foreign={view.foreign} />
        </div>
      )}
    </div>
  )
}
