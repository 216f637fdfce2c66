import { ProblemNote } from './ProblemNote'
import { useScope } from './scope'

/** What rules say about no field in particular. */
export function GeneralProblems() {
  const { problems } = useScope()
  return problems
    .filter(({ field }) => field === undefined)
    .map((problem) => <ProblemNote key={problem.message} problem={problem} />)
}
