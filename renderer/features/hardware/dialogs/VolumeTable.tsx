import { useRef, useState, type KeyboardEvent } from 'react'
import type { VolumeChoice, VolumeList } from '../../../../shared/model/host-choices'
import { formatBytes } from '../../../../shared/units'
import { MiddleTruncate } from '../../../ui/MiddleTruncate'
import { SearchField } from '../../../ui/SearchField'
import { useChosenInView } from '../use-chosen-in-view'
import { walkRows } from '../walk-options'
import '../form/pick-table.css'

interface Props {
  readonly list: VolumeList
  readonly current: string
  /** Who has it, by path, as far as that is known. */
  readonly users: ReadonlyMap<string, string>
  /** Images of CDs and floppies come first. */
  readonly isForMedia: boolean
  readonly onChoose: (volume: VolumeChoice) => void
}

/** More are not read through; the filter finds the others. */
const maxShown = 300

/** Volumes of a pool, to choose one by mouse or keys. */
export function VolumeTable({ list, current, users, isForMedia, onChoose }: Props) {
  const [filter, setFilter] = useState('')
  const table = useRef<HTMLTableElement>(null)
  useChosenInView(table)
  const wanted = filter.trim().toLowerCase()
  const volumes = isForMedia
    ? list.volumes.toSorted((a, b) => Number(isMedium(b)) - Number(isMedium(a)))
    : list.volumes
  const found = volumes.filter(({ name, path }) => `${name} ${path}`.toLowerCase().includes(wanted))
  const shown = found.slice(0, maxShown)
  const first = shown.find(({ path }) => path === current) ?? shown[0]
  const choose = (volume: VolumeChoice): void => {
    if (canHold(volume)) onChoose(volume)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      const volume = shown.find(({ path }) => path === (event.target as HTMLElement).dataset['path'])
      if (!volume) return
      event.preventDefault()
      choose(volume)
    } else walkRows(event, table.current)
  }
  if (list.volumes.length === 0)
    return (
      <p className="hw-pick-empty" role="status">
        This pool is empty. Choose another one, or type the path.
      </p>
    )
  return (
    <>
      <SearchField
        label="Filter volumes"
        placeholder="Name or path"
        value={filter}
        onChange={setFilter}
        onLeave={() => table.current?.querySelector<HTMLElement>('tbody tr')?.focus()}
      />
      <div className="hw-pick-scroll">
        <table
          ref={table}
          // rows are walked and chosen, which is what a grid is; the elements give the columns their widths
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
          role="grid"
          aria-label="Volumes"
          className="hw-pick-table"
          onKeyDown={onKeyDown}
        >
          <thead>
            <tr>
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
            </tr>
          </thead>
          <tbody>
            {shown.map((volume) => (
              <tr
                key={volume.path}
                data-path={volume.path}
                tabIndex={volume.path === first?.path ? 0 : -1}
                aria-selected={volume.path === current}
                aria-disabled={!canHold(volume)}
                className={canHold(volume) ? undefined : 'hw-pick-off'}
                onClick={() => choose(volume)}
              >
                <td>
                  <span className="hw-pick-name">{volume.name}</span>
                  <span className="hw-pick-more hw-pick-mono">
                    <MiddleTruncate text={volume.path} />
                  </span>
                  {canHold(volume) ? null : <span className="hw-pick-why">It is a folder.</span>}
                </td>
                <td>{volume.format ?? volume.type}</td>
                <td className="hw-col-size">
                  {volume.capacityBytes === undefined ? '–' : formatBytes(volume.capacityBytes)}
                </td>
                <td className="truncate">{users.get(volume.path) ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {found.length === 0 ? (
          <p className="hw-pick-empty" role="status">
            No volume here has “{filter.trim()}” in its name or path.
          </p>
        ) : null}
        {found.length > maxShown || list.isTruncated ? (
          <p className="hw-pick-empty">
            {found.length > maxShown
              ? `${found.length - maxShown} more; type to narrow the list.`
              : 'The pool has more than the host told; the path of another one can be typed.'}
          </p>
        ) : null}
      </div>
    </>
  )
}

function isMedium({ name, format }: VolumeChoice): boolean {
  return format === 'iso' || /\.(iso|img|vfd|flp)$/i.test(name)
}

function canHold({ type }: VolumeChoice): boolean {
  return type !== 'dir' && type !== 'netdir'
}
