import type { ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { PlanProblem } from '../../../shared/model/new-vm/new-vm'
import { useHosts } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { CheckIcon } from '../../ui/icons/general'
import { Note } from '../../ui/Note'
import { Select } from '../../ui/Select'
import { Spinner } from '../../ui/Spinner'
import { ErrorDetails } from '../../components/ErrorDetails'
import { whyNoNewVm } from '../hosts/new-vm-entry'
import { FixButton } from './FixButton'
import { problemText, stepOf, type StepId } from './steps'
import { useWizard } from './wizard'

interface StatusProps {
  readonly blocking: PlanProblem | undefined
  readonly isTried: boolean
  readonly isCurrent: boolean
  readonly onLead: (problem: PlanProblem) => void
}

/** What is still to do, and the way there; or that nothing is. */
export function Status({ blocking, isTried, isCurrent, onLead }: StatusProps) {
  if (blocking)
    return (
      <span className="push nv-status" data-wrong={isTried ? true : undefined} role="status">
        <button
          type="button"
          className="nv-lead truncate"
          title={problemText(blocking)}
          onClick={() => onLead(blocking)}
        >
          {blocking.message}
        </button>
      </span>
    )
  return (
    <span className="push nv-status" role="status">
      {isCurrent ? <CheckIcon size={14} /> : <Spinner size={12} />}
      {isCurrent ? 'Ready to create' : 'Checking with the host…'}
    </span>
  )
}

/** Only hosts that take a VM now can be chosen. */
export function HostSelect({
  host,
  onChange,
}: {
  readonly host: HostId
  readonly onChange: (host: HostId) => void
}) {
  const byId = useHosts((state) => state.byId)
  const order = useHosts((state) => state.order)
  return (
    <Select
      label="Host"
      value={host}
      options={order.flatMap((id) => {
        const one = byId[id]
        return one ? [{ id, label: one.label, disabledReason: whyNoNewVm(one) }] : []
      })}
      onChange={onChange}
      error={whyNoNewVm(byId[host])}
    />
  )
}

interface FailedProps {
  readonly name: string
  readonly error: ErrorData | undefined
  readonly onAfresh: () => void
}

/** It was tried before, and everything is as it was then. */
export function FailedNote({ name, error, onAfresh }: FailedProps) {
  return (
    <Note
      tone={error ? 'error' : 'info'}
      title={error ? `${name} was not created` : `Creating ${name} was cancelled`}
      actions={<Button onPress={onAfresh}>Start afresh</Button>}
    >
      {error ? (
        <>
          <span>{error.message}</span>
          <ErrorDetails error={error} />
        </>
      ) : (
        'What you entered is still here.'
      )}
    </Note>
  )
}

interface WarningsProps {
  readonly step: StepId
  /** Errors that have no field to stand at: whose place begins with this. */
  readonly errorsOf?: string
}

/** What is worth knowing and stands against nothing, where it can be changed. */
export function Warnings({ step, errorsOf }: WarningsProps) {
  const { problems, shown } = useWizard()
  const isShown = ({ level, field }: PlanProblem): boolean =>
    level === 'warning' || (errorsOf !== undefined && field?.startsWith(errorsOf) === true)
  return problems
    .filter((one) => isShown(one) && stepOf(one, shown.source) === step)
    .map((one) => (
      <Note
        key={`${one.field} ${one.message}`}
        tone={one.level}
        actions={one.fix?.kind === 'unreadable' ? <FixButton problem={one} /> : null}
      >
        {problemText(one)}
      </Note>
    ))
}
