import { vmStateText } from '../../../shared/model/vm'
import { HostStatusIcon, hostStatusText } from '../../components/HostStatusIcon'
import { StateIcon } from '../../components/StateIcon'
import { classNames } from '../../ui/class-names'
import { ChevronDownIcon, ChevronRightIcon } from '../../ui/icons/general'
import { AllVmsIcon } from '../../ui/icons/objects'
import type { TreeRow } from './tree-rows'

interface Props {
  readonly id: string
  readonly row: TreeRow
  readonly index: number
  readonly startPx: number
  readonly isCurrent: boolean
  readonly isCursor: boolean
}

export function TreeRowView({ id, row, index, startPx, isCurrent, isCursor }: Props) {
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
        row.kind === 'vm' && row.isStale && 'is-stale',
      )}
      aria-level={row.kind === 'vm' ? 2 : 1}
      aria-selected={isCurrent}
      aria-label={spoken(row)}
      {...(row.kind === 'host' ? { 'aria-expanded': row.isOpen } : {})}
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
          {hypervisor === undefined ? null : <span className="tree-kind">{hypervisor}</span>}
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
    case 'host':
      return `${row.host.label}, ${hostStatusText(row.host.status)}, ${row.active} of ${row.total} running`
    case 'vm':
      return `${row.vm.name}, ${vmStateText[row.vm.state]}`
  }
}
