import type { Snapshot, SnapshotDisk } from '../../../shared/model/snapshots/snapshot'
import type { Verdict } from '../../../shared/model/snapshots/verdict'
import { formatBytes } from '../../../shared/units'
import { Note } from '../../ui/Note'
import { timeText } from '../../ui/time-text'
import { Card, Facts } from '../hosts/HostTab'
import { SnapshotPicture } from './SnapshotPicture'
import type { TabParts } from './SnapshotsTab'
import { descendantsOf } from './tree-rows'
import { kindText, stateText, whyRefused } from './words'

/** What a snapshot keeps, where, and what of it cannot be used. */
export function SnapshotFacts({ target, view, snapshot }: TabParts & { readonly snapshot: Snapshot }) {
  const { name, description, actions } = snapshot
  const children = view.snapshots.filter(({ parent }) => parent === name).map((child) => child.name)
  const below = descendantsOf(view.snapshots, name).length
  return (
    <div className="panes-scroll">
      <Refusals revert={actions.revert} remove={actions.delete} />
      <div className="snap-top">
        <Card title="Kept">
          <Facts
            facts={[
              ['Taken', timeText(snapshot.createdAtMs)],
              ['State', stateText[snapshot.state]],
              ['Where', kindText[snapshot.kind]],
              ['Memory', memoryText(snapshot)],
              ['Size', snapshot.sizeBytes === undefined ? undefined : formatBytes(snapshot.sizeBytes)],
              ['Before it', snapshot.parent],
              ['After it', children.length === 0 ? 'None' : children.join(', ')],
              ['All after it', below > children.length ? `${below}` : undefined],
            ]}
          />
        </Card>
        <SnapshotPicture target={target} snapshot={snapshot} />
      </div>
      {description.trim() === '' ? null : (
        <Card title="Description">
          <p className="snap-description selectable">{description}</p>
        </Card>
      )}
      {snapshot.disks.length === 0 ? null : <Disks disks={snapshot.disks} memoryFile={snapshot.memoryFile} />}
    </div>
  )
}

/** What keeps both from being done is often the same, and then it is said once. */
function Refusals({ revert, remove }: { readonly revert: Verdict; readonly remove: Verdict }) {
  const isSame = whyRefused(revert) === whyRefused(remove)
  const notes = [
    ...(revert.isAllowed
      ? []
      : [
          {
            what: isSame
              ? 'The VM cannot go back to it, nor can it be deleted'
              : 'The VM cannot go back to it',
            ...revert,
          },
        ]),
    ...(remove.isAllowed || isSame ? [] : [{ what: 'It cannot be deleted', ...remove }]),
  ]
  return notes.map(({ what, reason, cure }) => (
    <Note key={what} tone="info" title={`${what}: ${reason}`}>
      {cure}
    </Note>
  ))
}

function memoryText({ hasMemory, memoryFile }: Snapshot): string {
  if (!hasMemory) return 'Not kept: the VM starts anew from its disks'
  return memoryFile === undefined ? 'Kept in a disk image' : 'Kept in a file of its own'
}

interface DisksProps {
  readonly disks: readonly SnapshotDisk[]
  readonly memoryFile: string | undefined
}

function Disks({ disks, memoryFile }: DisksProps) {
  return (
    <Card title={memoryFile === undefined ? 'Disks' : 'Disks and memory'}>
      <table className="snap-table snap-disks">
        <thead>
          <tr>
            <th scope="col">Disk</th>
            <th scope="col">How</th>
            <th scope="col">What it was is in</th>
            <th scope="col">Written to since</th>
          </tr>
        </thead>
        <tbody>
          {disks.map(({ target, kind, file, overlay }) => (
            <tr key={target}>
              <td className="mono">{target}</td>
              <td>{diskText[kind]}</td>
              <td className="mono selectable">{file ?? '–'}</td>
              <td className="mono selectable">{overlay ?? '–'}</td>
            </tr>
          ))}
          {memoryFile === undefined ? null : (
            <tr>
              <td>Memory</td>
              <td>In a file</td>
              <td className="mono selectable">{memoryFile}</td>
              <td>–</td>
            </tr>
          )}
        </tbody>
      </table>
    </Card>
  )
}

const diskText: Record<SnapshotDisk['kind'], string> = {
  none: 'Left out',
  internal: 'Inside its image',
  external: 'New file since',
}
