import type { VolumeChoice, VolumeList } from '../../shared/model/host-choices'
import { formatBytes } from '../../shared/units'
import { MiddleTruncate } from '../ui/MiddleTruncate'
import { PickTable } from './PickTable'

interface Props {
  readonly list: VolumeList
  readonly current: string
  /** Who has it, by path, as far as that is known. */
  readonly users: ReadonlyMap<string, string>
  /** Images of CDs and floppies come first. */
  readonly isForMedia: boolean
  readonly onChoose: (volume: VolumeChoice) => void
}

/** Volumes of a pool, to choose one. */
export function VolumeTable({ list, current, users, isForMedia, onChoose }: Props) {
  const volumes = isForMedia
    ? list.volumes.toSorted((a, b) => Number(isMedium(b)) - Number(isMedium(a)))
    : list.volumes
  if (volumes.length === 0)
    return (
      <p className="hw-pick-empty" role="status">
        This pool is empty. Choose another one, or type the path.
      </p>
    )
  return (
    <PickTable
      label="Volumes"
      search={{ label: 'Filter volumes', placeholder: 'Name or path' }}
      heads={<Heads />}
      rows={volumes.map((volume) => ({
        key: volume.path,
        searched: `${volume.name} ${volume.path}`,
        isChosen: volume.path === current,
        isOff: !canHold(volume),
        cells: <Cells volume={volume} user={users.get(volume.path)} />,
      }))}
      onChoose={(path) => {
        const volume = volumes.find((one) => one.path === path)
        if (volume) onChoose(volume)
      }}
      nothing={(words) => `No volume here has “${words}” in its name or path.`}
      more={(hidden) => {
        if (hidden > 0) return `${hidden} more; type to narrow the list.`
        return list.isTruncated
          ? 'The pool has more than the host told; the path of another one can be typed.'
          : undefined
      }}
    />
  )
}

function Heads() {
  return (
    <>
      <th scope="col">Volume</th>
      <th scope="col" className="hw-col-format">
        Format
      </th>
      <th scope="col" className="hw-col-size">
        Size
      </th>
      <th scope="col" className="hw-col-user">
        Used by
      </th>
    </>
  )
}

function Cells({ volume, user }: { readonly volume: VolumeChoice; readonly user: string | undefined }) {
  const { name, path, format, type, capacityBytes } = volume
  return (
    <>
      <td>
        <span className="hw-pick-name">{name}</span>
        <span className="hw-pick-more hw-pick-mono">
          <MiddleTruncate text={path} />
        </span>
        {canHold(volume) ? null : <span className="hw-pick-why">It is a folder.</span>}
      </td>
      <td>{format ?? type}</td>
      <td className="hw-col-size">{capacityBytes === undefined ? '–' : formatBytes(capacityBytes)}</td>
      <td className="truncate">{user ?? '–'}</td>
    </>
  )
}

function isMedium({ name, format }: VolumeChoice): boolean {
  return format === 'iso' || /\.(iso|img|vfd|flp)$/i.test(name)
}

function canHold({ type }: VolumeChoice): boolean {
  return type !== 'dir' && type !== 'netdir'
}
