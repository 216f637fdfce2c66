import type { PlanProblem } from '../../shared/model/new-vm/new-vm'
import { Note } from '../ui/Note'

/** What stands against a plan, and what its user should know. */
export function PlanProblems({ problems }: { problems: readonly PlanProblem[] }) {
  return problems.map(({ level, message, cure }) => (
    <Note key={message} tone={level} title={message}>
      {cure}
    </Note>
  ))
}
