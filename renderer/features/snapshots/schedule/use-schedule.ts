import { useEffect, useEffectEvent } from 'react'
import { vmKey, type VmRef } from '../../../../shared/model/ids'
import type { ScheduleView } from '../../../../shared/model/snapshots/schedule'
import { api } from '../../../api/client'
import { useAnswer, type Answer } from '../../../api/use-answer'

/** The schedule of a VM, which is kept on this computer; null where it has none. */
export function useSchedule(ref: VmRef): Answer<ScheduleView | null> {
  const answer = useAnswer(`schedule ${vmKey(ref)}`, () => api.schedules.get(ref), { isKept: true })
  const again = useEffectEvent(answer.reload)
  const key = vmKey(ref)
  useEffect(
    () =>
      api.schedules.onChanged((changed) => {
        if (vmKey(changed) === key) again()
      }),
    [key],
  )
  return answer
}
