import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { Task } from '../../../shared/model/task'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { Button } from '../../ui/Button'
import { Disclosure } from '../../ui/Disclosure'
import { NumberField } from '../../ui/NumberField'
import { figureLines, waitText } from './figures-text'

/** How a move goes, and what can be changed of it while it runs. */
export function MoveFigures({ task }: { readonly task: Task }) {
  const { figures } = task
  if (!figures) return null
  const lines = figureLines(figures, task.state === 'running')
  const wait = task.state === 'running' ? waitText(figures) : undefined
  if (lines.length === 0) return null
  return (
    <>
      {wait === undefined ? null : (
        <p className="task-wait" role="status">
          {wait}
        </p>
      )}
      <Disclosure summary="Figures">
        <dl className="task-figures selectable">
          {lines.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {task.state === 'running' && figures.phase === 'copying' ? <Tuning task={task} /> : null}
      </Disclosure>
    </>
  )
}

function Tuning({ task: { host, vm, figures } }: { readonly task: Task }) {
  const [bandwidthMib, setBandwidth] = useState<number | string>()
  const [maxDowntimeMs, setDowntime] = useState<number | string>()
  const [error, setError] = useState<ErrorData>()
  if (host === undefined || vm === undefined) return null
  const run = (work: () => Promise<void>): void => {
    setError(undefined)
    work().catch((reason: unknown) => setError(errorData(reason)))
  }
  const isNumber = (value: unknown): value is number =>
    typeof value === 'number' && value >= 1 && value <= 2_000_000
  const options = {
    ...(isNumber(bandwidthMib) ? { bandwidthBytesPerSecond: bandwidthMib * 1_048_576 } : {}),
    ...(isNumber(maxDowntimeMs) ? { maxDowntimeMs } : {}),
  }
  return (
    <div className="task-tuning">
      <NumberField
        label="No faster than"
        unit="MiB/s"
        value={bandwidthMib}
        min={1}
        max={2_000_000}
        onChange={setBandwidth}
      />
      <NumberField
        label="Longest pause"
        unit="ms"
        value={maxDowntimeMs}
        min={1}
        max={2_000_000}
        onChange={setDowntime}
      />
      <Button
        className="button-small"
        isDisabled={Object.keys(options).length === 0}
        onPress={() => run(() => api.migration.tune({ host, vm, options }))}
      >
        Change
      </Button>
      {figures?.canSwitch === true ? (
        <Button
          className="button-small"
          onPress={() => run(() => api.migration.switchToPostCopy({ host, vm }))}
        >
          Switch over now
        </Button>
      ) : null}
      {error ? <ErrorBox error={error} title="The move was not changed" /> : null}
    </div>
  )
}
