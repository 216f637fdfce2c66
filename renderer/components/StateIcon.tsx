import type { VmState } from '../../shared/model/vm'
import type { Icon } from '../ui/icons/icon'
import { QuestionIcon, WarningIcon } from '../ui/icons/general'
import { MoonIcon, OffIcon, PauseIcon, PlayIcon, PowerIcon } from '../ui/icons/power'
import './state-icon.css'

/** Told apart by shape as well as colour. */
const icons: Record<VmState, Icon> = {
  running: PlayIcon,
  paused: PauseIcon,
  'shutting-down': PowerIcon,
  'shut-off': OffIcon,
  crashed: WarningIcon,
  suspended: MoonIcon,
  unknown: QuestionIcon,
}

export function StateIcon({ state, size = 14 }: { state: VmState; size?: number }) {
  const Icon = icons[state]
  return <Icon size={size} className={`state-icon-${state}`} />
}
