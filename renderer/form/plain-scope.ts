import { problemOf, type Values } from '../../shared/model/hardware/field'
import type { Problem } from '../../shared/model/hardware/kind'
import type { HostId } from '../../shared/model/ids'
import type { FormKind, FormScope } from './scope'

/** What a form is about that is filled in and then sent as a whole. */
export interface PlainForm {
  readonly host: HostId
  readonly kind: FormKind
  readonly values: Values
  readonly onChange: (values: Values) => void
  /** What the kind's rules find; those about what is still empty are kept back until `isTried`. */
  readonly problems?: readonly Problem[]
  /** It was about to be sent: from now on also what is empty is told. */
  readonly isTried: boolean
  /** Why nothing can be changed. */
  readonly disabledReason?: string | undefined
}

export function plainScope(form: PlainForm): FormScope {
  const { host, kind, values, onChange, problems = [], isTried, disabledReason } = form
  return {
    target: { host },
    kind,
    values,
    set: (edits) => {
      const next = Object.fromEntries(
        Object.entries({ ...values, ...edits }).filter(([, value]) => value !== undefined),
      )
      // what made sense and no longer does goes with the choice it belonged to
      onChange(
        Object.fromEntries(
          Object.entries(next).filter(([id]) => id in edits || (kind.fields[id]?.when?.(next) ?? true)),
        ),
      )
    },
    ...(disabledReason === undefined ? {} : { disabledReason }),
    problemAt: (id) => {
      const field = kind.fields[id]
      return field && (isTried || values[id] !== undefined) ? problemOf(field, values[id]) : undefined
    },
    problems: problems.filter(
      ({ severity, field }) =>
        isTried || severity !== 'error' || (field !== undefined && values[field] !== undefined),
    ),
  }
}

/** All that keeps a form from being sent: each field's own rule, and the errors among what the kind's rules find. */
export function formProblems(kind: FormKind, values: Values, problems: readonly Problem[] = []): string[] {
  const fields = Object.entries(kind.fields).flatMap(([id, field]) => {
    if (field.isReadOnly || (field.when && !field.when(values))) return []
    return problemOf(field, values[id]) ?? []
  })
  const rules = problems.filter(({ severity }) => severity === 'error')
  return [...fields, ...rules.map(({ message }) => message)]
}
