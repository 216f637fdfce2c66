import type { PlanFix, PlanProblem } from '../../shared/model/new-vm/new-vm'

/** `message` names the cause, `cure` the way out. */
export function error(field: string | undefined, message: string, cure?: string): PlanProblem {
  return problem('error', field, message, cure)
}

export function warning(
  field: string | undefined,
  message: string,
  cure?: string,
  fix?: PlanFix,
): PlanProblem {
  return { ...problem('warning', field, message, cure), ...(fix ? { fix } : {}) }
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
