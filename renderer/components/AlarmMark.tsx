import { alarmText, type Alarm } from '../../shared/model/thresholds'
import { WarningIcon } from '../ui/icons/general'
import './alarm-mark.css'

/** Beside the name of a VM that is above a limit. */
export function AlarmMark({ alarms }: { alarms: readonly Alarm[] }) {
  if (alarms.length === 0) return null
  const text = alarms.map(alarmText).join(', ')
  return (
    <span className="alarm-mark" title={text} role="img" aria-label={text}>
      <WarningIcon size={14} />
    </span>
  )
}
