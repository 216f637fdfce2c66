import { useEffect } from 'react'
import type { HostId } from '../../../shared/model/ids'
import { formatBytes } from '../../../shared/units'
import { openVm } from '../../stores/route'
import { useVms } from '../../stores/vms'
import { DiskIcon } from '../../ui/icons/hardware'
import { KeyIcon } from '../../ui/icons/general'
import { FolderIcon } from '../../ui/icons/objects'
import { LayersIcon } from '../../ui/icons/storage'
import { formatOf } from './rows'
import { baseText, userText, usersOf, vmsOf, type Usage } from './usage'
import type { VolumeLoader, VolumeRow } from './volume-loader'

/** So many characters of the end stay when there is no room: names of many volumes differ there. */
const endLength = 11

function LongName({ name }: { name: string }) {
  const at = name.length > 2 * endLength ? name.length - endLength : name.length
  return (
    <>
      <span className="middle-truncate" aria-hidden="true">
        <span className="middle-head">{name.slice(0, at)}</span>
        <span className="middle-tail">{name.slice(at)}</span>
      </span>
      <span className="visually-hidden">{name}</span>
    </>
  )
}

/** Being drawn is being looked at: its details are read before those of others. */
export function NameCell({ row, loader }: { row: VolumeRow; loader: VolumeLoader | undefined }) {
  const { name, details } = row
  useEffect(() => loader?.want(name), [loader, name])
  const Shape =
    details?.type === 'dir' ? FolderIcon : details?.backingPath === undefined ? DiskIcon : LayersIcon
  return (
    <>
      <span className="volume-icon">
        <Shape size={14} />
      </span>
      <span className="volume-name" title={details?.path ?? row.key}>
        <LongName name={name} />
      </span>
      {details?.isEncrypted ? (
        <span className="volume-mark" title="Encrypted">
          <KeyIcon size={12} />
          <span className="visually-hidden">Encrypted</span>
        </span>
      ) : null}
    </>
  )
}

export function FormatCell({ row: { details } }: { row: VolumeRow }) {
  if (!details) return <Unread />
  const base = details.backingPath
  return (
    <span className="truncate secondary" title={base === undefined ? undefined : `Built on ${base}`}>
      {formatOf(details)}
    </span>
  )
}

export function CapacityCell({ row: { details } }: { row: VolumeRow }) {
  return details ? <span className="volume-figure">{formatBytes(details.capacityBytes)}</span> : <Unread />
}

export function AllocationCell({ row: { details } }: { row: VolumeRow }) {
  if (!details) return <Unread />
  const { allocationBytes, capacityBytes } = details
  const share = capacityBytes > 0 ? Math.min(1, allocationBytes / capacityBytes) : 0
  return (
    <>
      <span className="volume-share" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
      <span className="volume-figure" title={`${Math.round(share * 100)} % of its capacity`}>
        {formatBytes(allocationBytes)}
      </span>
    </>
  )
}

export function ModifiedCell({ row: { details } }: { row: VolumeRow }) {
  if (!details) return <Unread />
  if (details.modifiedAtMs === undefined) return <span className="secondary">–</span>
  const date = new Date(details.modifiedAtMs)
  return (
    <span className="secondary volume-figure" title={date.toLocaleString()}>
      {date.toLocaleDateString(undefined, { year: 'numeric', month: 'short', day: 'numeric' })}
    </span>
  )
}

interface UsersProps {
  readonly host: HostId
  readonly pool: string
  readonly row: VolumeRow
  readonly usage: Usage
}

export function UsersCell({ host, pool, row, usage }: UsersProps) {
  if (usage.value === undefined)
    return <span className="secondary">{usage.isLoading ? '…' : 'Not known'}</span>
  const users = usersOf(usage.value, pool, row)
  if (users.length === 0) {
    const { unread } = usage.value
    return unread.length === 0 ? (
      <span className="volume-unused">Unused</span>
    ) : (
      <span className="secondary" title={`Could not be read: ${unread.join(', ')}`}>
        Not known
      </span>
    )
  }
  const vms = vmsOf(users)
  const [first, ...others] = vms
  const base = baseText(users)
  return (
    <span className="volume-users" title={users.map(userText).join('\n')}>
      {first === undefined ? null : <VmLink host={host} name={first.name} />}
      {others.length === 0 ? null : <span className="volume-more">+{others.length}</span>}
      {base === undefined ? null : <span className="volume-base">{base}</span>}
    </span>
  )
}

/** Out of the order of Tab, as the grid has the keyboard; the menu of the line leads there too. */
function VmLink({ host, name }: { host: HostId; name: string }) {
  const vm = useVms(({ byKey }) => [...byKey.values()].find((one) => one.host === host && one.name === name))
  if (!vm) return <span className="truncate">{name}</span>
  return (
    <button
      type="button"
      tabIndex={-1}
      className="volume-link truncate"
      onClick={() => openVm({ host, vm: vm.id })}
    >
      {name}
    </button>
  )
}

function Unread() {
  return <span className="volume-unread" aria-hidden="true" />
}
