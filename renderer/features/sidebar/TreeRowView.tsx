import { vmStateText } from '../../../shared/model/vm'
import { HostStatusIcon, hostStatusText } from '../../components/HostStatusIcon'
import { StateIcon } from '../../components/StateIcon'
import { classNames } from '../../ui/class-names'
import { ChevronDownIcon, ChevronRightIcon, WarningIcon } from '../../ui/icons/general'
import { AllVmsIcon, FolderIcon, PulseIcon } from '../../ui/icons/objects'
import { Spinner } from '../../ui/Spinner'
import type { DropPlace } from './drop-place'
import { groupSummary, isPlace, type TreeRow } from './tree-rows'

interface Props {
  readonly id: string
  readonly row: TreeRow
  readonly index: number
  readonly startPx: number
  readonly isCurrent: boolean
  readonly isCursor: boolean
  /** What is dragged would land here. */
  readonly drop: DropPlace['edge'] | undefined
}

export function TreeRowView({ id, row, index, startPx, isCurrent, isCursor, drop }: Props) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus and points here
    <div
      id={id}
      role="treeitem"
      data-row={index}
      className={classNames(
        'tree-row',
        `tree-${row.kind}`,
        isCurrent && 'is-selected',
        isCursor && 'is-cursor',
        `tree-level-${row.level}`,
        row.kind === 'vm' && row.isStale && 'is-stale',
        row.kind === 'host' && row.host.status.kind !== 'connected' && 'is-away',
        drop && `is-drop-${drop}`,
      )}
      aria-level={row.level}
      draggable={!isPlace(row)}
      aria-selected={isCurrent}
      aria-label={spoken(row)}
      {...(row.kind === 'host' || row.kind === 'group' ? { 'aria-expanded': row.isOpen } : {})}
      style={{ transform: `translateY(${startPx}px)` }}
    >
      <RowContent row={row} />
    </div>
  )
}

function RowContent({ row }: { row: TreeRow }) {
  switch (row.kind) {
    case 'all':
      return (
        <>
          <AllVmsIcon className="tree-icon" />
          <span className="tree-label truncate">All virtual machines</span>
          <span className="tree-count">{row.count}</span>
        </>
      )
    case 'top':
      return (
        <>
          <PulseIcon className="tree-icon" />
          <span className="tree-label truncate">Top</span>
        </>
      )
    case 'group': {
      const { total, connected, failed, connecting } = groupSummary(row.hosts)
      return (
        <>
          <span className="tree-arrow">
            {row.isOpen ? <ChevronDownIcon size={12} /> : <ChevronRightIcon size={12} />}
          </span>
          <FolderIcon className="tree-icon" />
          <span className="tree-label truncate" title={row.name}>
            {row.name}
          </span>
          {failed > 0 ? <WarningIcon size={13} className="state-icon-crashed" /> : null}
          {connecting > 0 ? <Spinner size={13} /> : null}
          <span className="tree-count" title={`${connected} of ${total} hosts connected`}>
            {connected}/{total}
          </span>
        </>
      )
    }
    case 'host': {
      const hypervisor =
        row.host.status.kind === 'connected' ? row.host.status.info.hypervisor : row.host.lastInfo?.hypervisor
      return (
        <>
          <span className="tree-arrow">
            {row.isOpen ? <ChevronDownIcon size={12} /> : <ChevronRightIcon size={12} />}
          </span>
          <HostStatusIcon status={row.host.status} />
          <span
            className="tree-label truncate"
            title={`${row.host.label}\n${hostStatusText(row.host.status)}`}
          >
            {row.host.label}
          </span>
          {row.host.readOnly ? (
            <span className="tree-kind" title="Read-only: nothing can be changed">
              RO
            </span>
          ) : null}
          {row.host.status.kind === 'disconnected' ? (
            <span className="tree-away">Not connected</span>
          ) : hypervisor === undefined ? null : (
            <span className="tree-kind">{hypervisor}</span>
          )}
          <span className="tree-count" title={`${row.active} of ${row.total} running`}>
            {row.total === 0 ? '' : `${row.active}/${row.total}`}
          </span>
        </>
      )
    }
    case 'vm':
      return (
        <>
          <StateIcon state={row.vm.state} size={12} />
          <span className="tree-label truncate" title={row.vm.name}>
            {row.vm.name}
          </span>
        </>
      )
  }
}

function spoken(row: TreeRow): string {
  switch (row.kind) {
    case 'all':
      return `All virtual machines, ${row.count}`
    case 'top':
      return 'Top'
    case 'group': {
      const { total, connected } = groupSummary(row.hosts)
      return `Group ${row.name}, ${connected} of ${total} hosts connected`
    }
    case 'host':
      return [
        row.host.label,
        hostStatusText(row.host.status),
        ...(row.host.readOnly ? ['read-only'] : []),
        `${row.active} of ${row.total} running`,
      ].join(', ')
    case 'vm':
      return `${row.vm.name}, ${vmStateText[row.vm.state]}`
  }
}
