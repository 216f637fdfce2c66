import type { PlanProblem } from '../../shared/model/new-vm/new-vm'

/** `message` names the cause, `cure` the way out. */
export function error(field: string | undefined, message: string, cure?: string): PlanProblem {
  return problem('error', field, message, cure)
}

export function warning(field: string | undefined, message: string, cure?: string): PlanProblem {
  return problem('warning', field, message, cure)
}

function problem(
  level: PlanProblem['level'],
  field: string | undefined,
  message: string,
  cure: string | undefined,
): PlanProblem {
  return {
    level,
    ...(field === undefined ? {} : { field }),
    message,
    ...(cure === undefined ? {} : { cure }),
  }
}
