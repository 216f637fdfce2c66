import { useState } from 'react'
import type { Orphan } from '../../../shared/model/storage/image'
import { formatBytes } from '../../../shared/units'
import { Checkbox } from '../../ui/Checkbox'
import { MiddleTruncate } from '../../ui/MiddleTruncate'
import { SearchField } from '../../ui/SearchField'

interface Props {
  readonly orphans: readonly Orphan[]
  readonly ticked: ReadonlySet<string>
  readonly isDisabled: boolean
  readonly onChange: (ticked: ReadonlySet<string>) => void
}

/** More are not read through; the search finds the others. */
const maxShown = 300

/** Largest first: that is what somebody looks for who needs space. */
export function OrphansTable({ orphans, ticked, isDisabled, onChange }: Props) {
  const [filter, setFilter] = useState('')
  const words = filter.trim().toLowerCase()
  const found = orphans
    .filter(({ path, pool }) => `${path} ${pool}`.toLowerCase().includes(words))
    .toSorted((a, b) => b.allocationBytes - a.allocationBytes)
  const shown = found.slice(0, maxShown)
  const set = (paths: readonly string[], isTicked: boolean): void => {
    const next = new Set(ticked)
    for (const path of paths) {
      if (isTicked) next.add(path)
      else next.delete(path)
    }
    onChange(next)
  }
  const isAll = shown.length > 0 && shown.every(({ path }) => ticked.has(path))
  return (
    <>
      <SearchField label="Filter images" placeholder="Name or pool" value={filter} onChange={setFilter} />
      <div className="image-scroll">
        <table className="image-table" aria-label="Unused images">
          <thead>
            <tr>
              <th scope="col" className="image-col-tick">
                <Checkbox
                  aria-label="All that are shown"
                  isSelected={isAll}
                  isDisabled={isDisabled}
                  onChange={(isTicked) =>
                    set(
                      shown.map(({ path }) => path),
                      isTicked,
                    )
                  }
                >
                  {null}
                </Checkbox>
              </th>
              <th scope="col">Image</th>
              <th scope="col" className="image-col-pool">
                Pool
              </th>
              <th scope="col" className="image-col-date">
                Changed
              </th>
              <th scope="col" className="image-col-size">
                Takes
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ pool, volume, path, allocationBytes, modifiedAtMs }) => (
              <tr key={path}>
                <td>
                  <Checkbox
                    aria-label={volume}
                    isSelected={ticked.has(path)}
                    isDisabled={isDisabled}
                    onChange={(isTicked) => set([path], isTicked)}
                  >
                    {null}
                  </Checkbox>
                </td>
                <td>
                  {volume}
                  <span className="image-path">
                    <MiddleTruncate text={path} />
                  </span>
                </td>
                <td>{pool}</td>
                <td>{modifiedAtMs === undefined ? '–' : new Date(modifiedAtMs).toLocaleDateString()}</td>
                <td className="image-col-size">{formatBytes(allocationBytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {found.length === 0 ? (
          <p className="secondary image-none" role="status">
            No image here has “{filter.trim()}” in its name or pool.
          </p>
        ) : null}
        {found.length > shown.length ? (
          <p className="secondary image-none">{found.length - shown.length} more; type to narrow the list.</p>
        ) : null}
      </div>
    </>
  )
}
