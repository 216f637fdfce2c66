import { useState } from 'react'
import { plain, type Values } from '../../../shared/model/hardware/field'
import { emptied, mediumOf } from '../../../shared/model/hardware/kinds/disk-volume'
import { hasMedium, isRemovable } from '../../../shared/model/hardware/kinds/disk-when'
import { Button } from '../../ui/Button'
import { EjectIcon } from '../../ui/icons/hardware'
import { BrowseVolumesDialog } from '../../form/BrowseVolumesDialog'
import { diskUsers } from '../../form/disk-users'
import type { ShownItem } from './draft'
import { edit, type HardwareSession } from './session'

/** Of CD and floppy drives: the medium goes out and another one in, as changes like all others. */
export function DriveButtons({ session, item }: { session: HardwareSession; item: ShownItem }) {
  const [isBrowsing, setBrowsing] = useState(false)
  if (item.ref.kind !== 'disk' || !isRemovable(item.values) || item.mark === 'removed') return null
  const set = (values: Values): void => edit(session, item.ref, values)
  const isFull = hasMedium(item.values)
  return (
    <>
      {isFull ? (
        <Button
          icon={EjectIcon}
          disabledReason={session.lockedReason}
          onPress={() => set(emptied(item.values))}
        >
          Eject
        </Button>
      ) : null}
      <Button disabledReason={session.lockedReason} onPress={() => setBrowsing(true)}>
        {isFull ? 'Change medium…' : 'Insert…'}
      </Button>
      {isBrowsing ? (
        <BrowseVolumesDialog
          host={session.target.host}
          isForMedia
          current={plain(item.values.file) || plain(item.values.blockDevice)}
          users={diskUsers(session.context)}
          onClose={() => setBrowsing(false)}
          onChoose={(volume, pool) => {
            set(mediumOf(volume, pool))
            setBrowsing(false)
          }}
        />
      ) : null}
    </>
  )
}
