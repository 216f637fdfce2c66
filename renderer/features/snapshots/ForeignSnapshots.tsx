import { timeText } from '../../ui/time-text'
import type { SnapshotView } from '../../../shared/model/snapshots/snapshot'
import { Card } from '../hosts/HostTab'

/** Made by qemu-img or in QEMU's monitor: they take room in the images, and the host knows nothing of them. */
export function ForeignSnapshots({ foreign }: { foreign: SnapshotView['foreign'] }) {
  return (
    <Card title="Made by other means">
      <p className="snap-lead">
        These are in the disk images, and the host does not know them as snapshots of this VM. They cannot be
        mixed with those above; delete them on the page of their image.
        {foreign.some(({ hasMemory }) => hasMemory)
          ? ' Those with memory were made in QEMU’s monitor, which SUSE does not support.'
          : null}
      </p>
      <table className="snap-table">
        <thead>
          <tr>
            <th scope="col">Disk</th>
            <th scope="col">Name</th>
            <th scope="col">Number</th>
            <th scope="col">Taken</th>
            <th scope="col">Memory</th>
          </tr>
        </thead>
        <tbody>
          {foreign.map(({ target, tag, id, createdAtMs, hasMemory }) => (
            <tr key={`${target} ${id} ${tag}`}>
              <td className="mono">{target}</td>
              <td className="selectable">{tag}</td>
              <td>{id}</td>
              <td>{createdAtMs === undefined ? '–' : timeText(createdAtMs)}</td>
              <td>{hasMemory ? 'Yes' : 'No'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
