import type { PoolState } from '../../../shared/model/host-choices'
import { classNames } from '../../ui/class-names'
import { ErrorIcon, QuestionIcon, WarningIcon } from '../../ui/icons/general'
import { DiskIcon, FolderShareIcon, NodesIcon } from '../../ui/icons/hardware'
import type { Icon } from '../../ui/icons/icon'
import { FolderIcon } from '../../ui/icons/objects'
import { OffIcon, PlayIcon } from '../../ui/icons/power'
import { LayersIcon } from '../../ui/icons/storage'
import { Spinner } from '../../ui/Spinner'
import { poolStateText } from './words'

/** Told apart by shape as well as colour, as the states of VMs are. */
const stateIcons: Record<Exclude<PoolState, 'building'>, Icon> = {
  running: PlayIcon,
  inactive: OffIcon,
  degraded: WarningIcon,
  inaccessible: ErrorIcon,
  unknown: QuestionIcon,
}

export function PoolStateIcon({ state, isBusy = false }: { state: PoolState; isBusy?: boolean }) {
  if (isBusy || state === 'building') return <Spinner size={14} />
  const Shape = stateIcons[state]
  return (
    <span className={classNames('pool-state', `pool-state-${state}`)} title={poolStateText[state]}>
      <Shape size={14} />
      <span className="visually-hidden">{poolStateText[state]}</span>
    </span>
  )
}

const typeIcons: { readonly [type: string]: Icon | undefined } = {
  dir: FolderIcon,
  fs: FolderIcon,
  netfs: FolderShareIcon,
  vstorage: FolderShareIcon,
  logical: LayersIcon,
  zfs: LayersIcon,
  rbd: NodesIcon,
  gluster: NodesIcon,
  sheepdog: NodesIcon,
}

export function PoolTypeIcon({ type, size = 16 }: { type: string; size?: number }) {
  const Shape = typeIcons[type] ?? DiskIcon
  return <Shape size={size} />
}
