import type { HostDeviceRow } from '../../../../shared/model/hardware/host-device-rows'
import { CheckIcon } from '../../../ui/icons/general'
import { PickTable } from '../../../form/PickTable'

interface Props {
  readonly rows: readonly HostDeviceRow[]
  readonly hasGroups: boolean
  readonly isDisabled: boolean
  readonly onChoose: (row: HostDeviceRow) => void
}

/** Devices of the host; those the VM cannot have stay readable and say why. */
export function HostDeviceTable({ rows, hasGroups, isDisabled, onChoose }: Props) {
  return (
    <div className="hw-devices-body">
      <PickTable
        label="Devices of the host"
        search={{ label: 'Find a device', placeholder: 'Name, address, vendor or VM' }}
        heads={<Heads hasGroups={hasGroups} />}
        rows={rows.map((row) => ({
          key: row.key,
          searched: searched(row),
          isChosen: row.isChosen,
          isOff: row.whyNot !== undefined,
          cells: <Cells row={row} hasGroups={hasGroups} />,
        }))}
        isDisabled={isDisabled}
        onChoose={(chosen) => {
          const row = rows.find(({ key }) => key === chosen)
          if (row) onChoose(row)
        }}
        nothing={(words) =>
          rows.length === 0 ? 'The host has no such device.' : `Nothing here fits “${words}”.`
        }
        more={(hidden) => (hidden > 0 ? `${hidden} more; type to narrow the list.` : undefined)}
      />
    </div>
  )
}

function Heads({ hasGroups }: { readonly hasGroups: boolean }) {
  return (
    <>
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
    </>
  )
}

function Cells({ row, hasGroups }: { readonly row: HostDeviceRow; readonly hasGroups: boolean }) {
  return (
    <>
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
    </>
  )
}

function searched({ title, maker, address, ids, iommuGroup, driver, usedBy, facts }: HostDeviceRow): string {
  const group = iommuGroup === undefined ? undefined : `group ${iommuGroup}`
  return [title, maker, address, ids, group, driver, ...usedBy, ...facts].join(' ')
}
