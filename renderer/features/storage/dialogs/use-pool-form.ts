import { useState } from 'react'
import type { Values } from '../../../../shared/model/hardware/field'
import type { FormKind } from '../../../form/scope'
import { poolKind } from '../../../../shared/model/storage/pool-kind'
import { poolProblems, type PoolContext } from '../../../../shared/model/storage/pool-rules'
import { followPool } from '../../../../shared/model/storage/pool-values'

/** What a dialog about a pool's settings keeps. The path follows name and source until somebody chooses another. */
export function usePoolForm(initial: Values, context: PoolContext) {
  const [values, setValues] = useState(initial)
  const [isTried, setTried] = useState(false)
  return {
    values,
    set: (next: Values) => setValues((before) => followPool(before, next)),
    /** Without the path going along. */
    replace: setValues,
    problems: poolProblems(values, context),
    isTried,
    setTried,
  }
}

/** The same fields without some of them, for a form that asks those elsewhere. */
export function without(kind: FormKind, fields: readonly string[]): FormKind {
  return {
    ...kind,
    groups: kind.groups.map((group) => ({
      ...group,
      fields: group.fields.filter((id) => !fields.includes(id)),
    })),
  }
}

export function only(kind: FormKind, fields: readonly string[]): FormKind {
  return { ...kind, groups: [{ title: '', fields }] }
}

export const poolForm: FormKind = poolKind
