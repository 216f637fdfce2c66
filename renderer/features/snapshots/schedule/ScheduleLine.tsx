import type { VmRef } from '../../../../shared/model/ids'
import { openDialog } from '../../../stores/dialogs'
import { Button } from '../../../ui/Button'
import { WarningIcon } from '../../../ui/icons/general'
import { ClockIcon } from '../../../ui/icons/hardware'
import { useNowMs } from '../../hosts/use-now'
import { useSchedule } from './use-schedule'
import { lastText, nextText } from './words'

interface Props {
  readonly target: VmRef
  /** Why none can be made; one that is there can be looked at and removed all the same. */
  readonly whyNot: string | undefined
  readonly lockedReason: string | undefined
}

/** When the next snapshot is taken by itself, and what became of the last one. */
export function ScheduleLine({ target, whyNot, lockedReason }: Props) {
  const view = useSchedule(target).value
  const nowMs = useNowMs(15_000)
  if (view === undefined) return null
  const last = view?.last && lastText(view.last, nowMs)
  return (
    <section className="snap-schedule" aria-label="Schedule">
      <ClockIcon />
      <p className="snap-schedule-text">
        <span className={view?.schedule.isOn ? undefined : 'secondary'}>
          {view ? nextText(view, nowMs) : 'No schedule: snapshots are taken by hand'}
        </span>
        {last ? (
          <span className={last.isBad ? 'snap-schedule-bad' : 'secondary'} title={last.text}>
            {last.isBad ? <WarningIcon size={14} /> : null}
            <span className="truncate">{last.text}</span>
          </span>
        ) : null}
      </p>
      <Button
        className="button-small"
        disabledReason={lockedReason ?? (view ? undefined : whyNot)}
        onPress={() => openDialog({ kind: 'scheduleSnapshots', ref: target })}
      >
        Schedule…
      </Button>
    </section>
  )
}
