import { hourSteps, weekdays, type Rhythm, type Weekday } from '../../../../shared/model/snapshots/rhythm'
import { Checkbox } from '../../../ui/Checkbox'
import { Segmented } from '../../../ui/Segmented'
import { Select } from '../../../ui/Select'
import { TextField } from '../../../ui/TextField'
import type { CheckedForm, ScheduleForm } from './schedule-form'

interface Props {
  readonly form: ScheduleForm
  readonly problems: CheckedForm['problems']
  readonly onChange: (part: Partial<ScheduleForm>) => void
}

/** As in most calendars weeks begin on Monday. */
const days: readonly Weekday[] = [...weekdays.slice(1), weekdays[0]]

const dayNames: Record<Weekday, string> = {
  Mon: 'Monday',
  Tue: 'Tuesday',
  Wed: 'Wednesday',
  Thu: 'Thursday',
  Fri: 'Friday',
  Sat: 'Saturday',
  Sun: 'Sunday',
}

/** How often, and when. */
export function RhythmFields({ form, problems, onChange }: Props) {
  const { rhythm, every, at } = form
  return (
    <div className="snap-rhythm">
      <Segmented<Rhythm['kind']>
        label="How often"
        value={rhythm}
        onChange={(kind) => onChange({ rhythm: kind })}
        segments={[
          { id: 'hours', label: 'Every few hours' },
          { id: 'daily', label: 'Daily' },
          { id: 'weekly', label: 'Weekly' },
        ]}
      />
      {rhythm === 'hours' ? (
        <Select
          label="Every"
          value={String(every)}
          options={hourSteps.map((step) => ({
            id: String(step),
            label: step === 1 ? 'hour' : `${step} hours`,
          }))}
          onChange={(id) => {
            const step = hourSteps.find((one) => String(one) === id)
            if (step !== undefined) onChange({ every: step })
          }}
        />
      ) : (
        <TextField
          label="At"
          className="snap-time"
          value={at}
          onChange={(text) => onChange({ at: text })}
          error={problems.at}
          placeholder="03:00"
        />
      )}
      {rhythm === 'weekly' ? <Days form={form} problems={problems} onChange={onChange} /> : null}
    </div>
  )
}

function Days({ form, problems, onChange }: Props) {
  return (
    <div className="snap-days" role="group" aria-label="On these days">
      {days.map((day) => (
        <Checkbox
          key={day}
          isSelected={form.days.includes(day)}
          aria-label={dayNames[day]}
          onChange={(isOn) =>
            onChange({ days: days.filter((one) => (one === day ? isOn : form.days.includes(one))) })
          }
        >
          {day}
        </Checkbox>
      ))}
      {problems.days === undefined ? null : <span className="field-error">{problems.days}</span>}
    </div>
  )
}
