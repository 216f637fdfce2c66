import { useRef, useState, type KeyboardEvent } from 'react'
import type { HostDeviceRow } from '../../../../shared/model/hardware/host-device-rows'
import { classNames } from '../../../ui/class-names'
import { CheckIcon } from '../../../ui/icons/general'
import { SearchField } from '../../../ui/SearchField'
import { useChosenInView } from '../use-chosen-in-view'
import { walkRows } from '../walk-options'
import './pick-table.css'

interface Props {
  readonly rows: readonly HostDeviceRow[]
  readonly hasGroups: boolean
  readonly isDisabled: boolean
  readonly onChoose: (row: HostDeviceRow) => void
}

/** Devices of the host; those the VM cannot have stay readable and say why. */
export function HostDeviceTable({ rows, hasGroups, isDisabled, onChoose }: Props) {
  const [filter, setFilter] = useState('')
  const table = useRef<HTMLTableElement>(null)
  useChosenInView(table)
  const words = filter.trim().toLowerCase().split(/\s+/)
  const found = rows.filter((row) => words.every((word) => searched(row).includes(word)))
  // one row is reached by Tab, the others by arrow keys
  const first = found.find(({ isChosen }) => isChosen) ?? found[0]
  const choose = (row: HostDeviceRow): void => {
    if (!isDisabled && row.whyNot === undefined) onChoose(row)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      const row = found.find(({ key }) => key === (event.target as HTMLElement).dataset['device'])
      if (!row) return
      event.preventDefault()
      choose(row)
    } else walkRows(event, table.current)
  }
  return (
    <div className="hw-devices-body">
      <SearchField
        label="Find a device"
        placeholder="Name, address, vendor or VM"
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
          aria-label="Devices of the host"
          className="hw-pick-table"
          onKeyDown={onKeyDown}
        >
          <thead>
            <tr>
              <th scope="col">Device</th>
              <th scope="col" className="hw-devices-address">
                Address
              </th>
              {hasGroups ? (
                <th scope="col" className="hw-devices-group" title="IOMMU group">
                  Group
                </th>
              ) : null}
              <th scope="col" className="hw-devices-driver">
                Driver
              </th>
              <th scope="col" className="hw-devices-users">
                Used by
              </th>
            </tr>
          </thead>
          <tbody>
            {found.map((row) => (
              <tr
                key={row.key}
                data-device={row.key}
                tabIndex={row.key === first?.key ? 0 : -1}
                aria-selected={row.isChosen}
                aria-disabled={isDisabled || row.whyNot !== undefined}
                className={classNames(row.whyNot !== undefined && 'hw-pick-off')}
                onClick={() => choose(row)}
              >
                <td>
                  <span className="hw-pick-name">
                    {row.isChosen ? <CheckIcon size={13} /> : null}
                    {row.title}
                  </span>
                  <span className="hw-pick-more">
                    {[row.maker, row.ids, ...row.facts].filter((word) => word !== undefined).join(', ')}
                  </span>
                  {row.whyNot === undefined ? null : <span className="hw-pick-why">{row.whyNot}</span>}
                </td>
                <td className="hw-pick-mono">{row.address}</td>
                {hasGroups ? <td>{row.iommuGroup ?? '–'}</td> : null}
                <td className="truncate" title={row.driver}>
                  {row.driver ?? '–'}
                </td>
                <td className="truncate" title={row.usedBy.join(', ')}>
                  {row.usedBy.join(', ') || '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {found.length === 0 ? (
          <p className="hw-pick-empty" role="status">
            {rows.length === 0 ? 'The host has no such device.' : `Nothing here fits “${filter.trim()}”.`}
          </p>
        ) : null}
      </div>
    </div>
  )
}

function searched({ title, maker, address, ids, iommuGroup, driver, usedBy, facts }: HostDeviceRow): string {
  const group = iommuGroup === undefined ? undefined : `group ${iommuGroup}`
  return [title, maker, address, ids, group, driver, ...usedBy, ...facts].join(' ').toLowerCase()
}
