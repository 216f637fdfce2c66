import { useId, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import {
  longestPollingSeconds,
  polledFigures,
  polling as pollingSchema,
  shortestPollingSeconds,
  type PolledFigure,
  type Polling,
} from '../../../shared/model/polling'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { usePolling } from '../../stores/polling'
import { Checkbox } from '../../ui/Checkbox'
import { Note } from '../../ui/Note'
import { NumberField } from '../../ui/NumberField'

const figureText: Readonly<Record<PolledFigure, string>> = {
  cpu: 'CPU',
  memory: 'Memory',
  disk: 'Disks',
  network: 'Network',
}

/** How often loads are read from hosts, and which. */
export function PollingPreferences() {
  const polling = usePolling((state) => state.polling)
  const [typed, setTyped] = useState<number | string | undefined>(polling.everySeconds)
  const [error, setError] = useState<ErrorData>()
  const id = useId()
  const isGood = pollingSchema.shape.everySeconds.safeParse(typed).success
  const set = (wanted: Polling): void => {
    api.polling.set(wanted).then(
      () => setError(undefined),
      (reason: unknown) => setError(errorData(reason)),
    )
  }
  return (
    <section className="preferences-part" aria-labelledby={id}>
      <h3 id={id}>Loads of virtual machines</h3>
      <NumberField
        label="Read every"
        unit="seconds"
        min={shortestPollingSeconds}
        max={longestPollingSeconds}
        value={typed}
        onChange={(value) => {
          setTyped(value)
          const everySeconds = pollingSchema.shape.everySeconds.safeParse(value)
          if (everySeconds.success) set({ ...polling, everySeconds: everySeconds.data })
        }}
        error={isGood ? undefined : `From ${shortestPollingSeconds} to ${longestPollingSeconds} seconds`}
        hint="While no window can be seen, at most every 10 seconds. A host that is slow to answer is asked less often."
      />
      <fieldset className="preferences-choices">
        <legend className="field-label">Figures</legend>
        {polledFigures.map((figure) => (
          <Checkbox
            key={figure}
            isSelected={polling.figures.includes(figure)}
            onChange={(isWanted) =>
              set({
                ...polling,
                figures: polledFigures.filter((one) =>
                  one === figure ? isWanted : polling.figures.includes(one),
                ),
              })
            }
          >
            {figureText[figure]}
          </Checkbox>
        ))}
      </fieldset>
      {polling.figures.length === 0 ? (
        <Note tone="info">Hosts are not asked for loads at all: curves and Top stay empty.</Note>
      ) : null}
      {error ? <ErrorBox error={error} title="The preferences could not be kept" /> : null}
    </section>
  )
}
