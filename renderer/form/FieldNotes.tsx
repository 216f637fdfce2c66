import { inWords } from '../../shared/model/hardware/field'
import { ClockIcon } from '../ui/icons/hardware'
import { ProblemNote } from './ProblemNote'
import { useScope } from './scope'

/** What is to be said below a field: what rules find, and when its change takes effect. */
export function FieldNotes({
  id,
  isWithoutWaiting = false,
}: {
  readonly id: string
  /** Several fields that are drawn as one say once when they take effect. */
  readonly isWithoutWaiting?: boolean
}) {
  const scope = useScope()
  const field = scope.kind.fields[id]
  const waiting = isWithoutWaiting ? undefined : scope.waitingAt(id)
  const running = scope.isChanged(id) ? undefined : scope.runningAt(id)
  return (
    <>
      {scope.problems
        .filter((problem) => problem.field === id)
        .map((problem) => (
          <ProblemNote key={problem.message} problem={problem} />
        ))}
      {waiting === undefined ? null : <WaitsNote why={waiting} />}
      {running && field ? <RunsNote words={inWords(field, running.value)} /> : null}
    </>
  )
}

/** A change that is not applied yet and will not be seen at once. */
export function WaitsNote({ why }: { why: string }) {
  return (
    <p className="hw-note">
      <ClockIcon size={14} />
      <span>At the next start. {sentence(why)}</span>
    </p>
  )
}

/** What is stored and not yet seen by the guest. */
export function RunsNote({ words }: { words: string }) {
  return (
    <p className="hw-note">
      <ClockIcon size={14} />
      <span>
        Waits for the next start; the guest runs with <b>{words}</b>
      </span>
    </p>
  )
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
