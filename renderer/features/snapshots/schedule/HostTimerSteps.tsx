import type { HostInfo } from '../../../../shared/model/host'
import { hostTimer, whyNoTimer } from '../../../../shared/model/snapshots/host-timer'
import type { Schedule } from '../../../../shared/model/snapshots/schedule'
import type { Vm } from '../../../../shared/model/vm'
import { RecipeSteps } from '../../../components/RecipeSteps'
import { Note } from '../../../ui/Note'
import { whyRefused } from '../words'

interface Props {
  readonly vm: Vm
  readonly schedule: Schedule
  readonly info: HostInfo
}

/** The files that have the host take the same snapshots itself. Nothing is done to the host from here. */
export function HostTimerSteps({ vm, schedule, info }: Props) {
  const none = whyRefused(whyNoTimer(schedule, info))
  if (none !== undefined) return <Note tone="info">{none}</Note>
  const { install, undo } = hostTimer(vm, schedule, info)
  return (
    <div className="snap-timer">
      <p>
        The host then takes them by its own clock, whether Innkeeper runs or not. Use it in the place of the
        schedule above: with both there are twice as many, as each deletes only what it took itself.
      </p>
      <RecipeSteps steps={install} isNumbered />
      <h3 className="snap-plan-title">To take it back</h3>
      <RecipeSteps steps={undo} />
    </div>
  )
}
