import { vmKey, type VmRef } from '../../../shared/model/ids'
import type { Snapshot } from '../../../shared/model/snapshots/snapshot'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { useResourceChanges } from '../hosts/use-resource-changes'

interface Props {
  readonly target: VmRef
  readonly snapshot: Snapshot
}

/** What was on the screen when it was taken, where that was through Innkeeper on this computer. */
export function SnapshotPicture({ target, snapshot: { name, createdAtMs } }: Props) {
  const { value, reload } = useAnswer(`snapshot picture ${vmKey(target)} ${createdAtMs} ${name}`, () =>
    api.snapshots.picture({ ...target, name, createdAtMs }),
  )
  // the host tells of a new snapshot before its task has put the picture away
  useResourceChanges(target.host, ['snapshot'], reload)
  return value === undefined || value === null ? null : (
    <figure className="snap-picture">
      <img src={value} alt={`The screen when ${name} was taken`} />
    </figure>
  )
}
