import type { Problem } from '../../shared/model/hardware/kind'
import { Button } from '../ui/Button'
import { classNames } from '../ui/class-names'
import { ErrorIcon, InfoIcon, WarningIcon } from '../ui/icons/general'
import { useScope } from './scope'

const icons = { error: ErrorIcon, warning: WarningIcon, hint: InfoIcon }

/** What a rule says, and the button that does what would mend it. */
export function ProblemNote({ problem }: { problem: Problem }) {
  const { fix, disabledReason } = useScope()
  const Icon = icons[problem.severity]
  const mend = problem.fix
  return (
    <div
      className={classNames('hw-problem', `hw-problem-${problem.severity}`)}
      role={problem.severity === 'error' ? 'alert' : undefined}
    >
      <Icon size={14} />
      <span>
        {problem.message}
        {mend && fix ? (
          <Button
            className="button-small hw-fix"
            isDisabled={disabledReason !== undefined}
            onPress={() => fix(mend.changes)}
          >
            {mend.label}
          </Button>
        ) : null}
      </span>
    </div>
  )
}
