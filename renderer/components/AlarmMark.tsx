import type { VmRef } from '../../shared/model/ids'
import { alarmText } from '../../shared/model/thresholds'
import { useAlarmsOf } from '../stores/alarms'
import { WarningIcon } from '../ui/icons/general'
import './alarm-mark.css'

/** Beside the name of a VM that is above a limit. */
export function AlarmMark({ vm }: { vm: VmRef }) {
  const alarms = useAlarmsOf(vm)
  if (alarms.length === 0) return null
  const text = alarms.map(alarmText).join(', ')
  return (
    <span className="alarm-mark" title={text} role="img" aria-label={text}>
      <WarningIcon size={14} />
    </span>
  )
}
