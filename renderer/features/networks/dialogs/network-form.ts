import { plain, type Values } from '../../../../shared/model/hardware/field'
import type { Problem } from '../../../../shared/model/hardware/kind'
import type { checkNetwork } from '../../../../shared/model/networks/network-check'
import {
  modeValues,
  networkDefaults,
  type NetworkContext,
} from '../../../../shared/model/networks/network-defaults'
import { networkKind } from '../../../../shared/model/networks/network-kind'
import type { FormKind } from '../../../form/scope'

/** The kind is chosen from a list of its own, which has room to say what each means. */
export const networkForm: FormKind = {
  ...networkKind,
  groups: networkKind.groups.map((group) => ({
    ...group,
    fields: group.fields.filter((id) => id !== 'mode'),
  })),
}

/** What is to be said of the kind stands above the form, as its field is not in it. */
export function withoutMode(problem: ReturnType<typeof checkNetwork>[number]): Problem {
  if (problem.field !== 'mode') return problem
  const { severity, message } = problem
  return { severity, message }
}

/** What was typed and still makes sense goes along to another kind. */
export function changedMode(mode: string, values: Values, context: NetworkContext): Values {
  const next: Values = { ...modeValues(mode, context), ...values, mode }
  return Object.fromEntries(
    Object.entries(next).filter(
      ([id, value]) => value !== undefined && (networkForm.fields[id]?.when?.(next) ?? true),
    ),
  )
}

/** A name that was only proposed is proposed anew. */
export function newOf(mode: string, values: Values, context: NetworkContext): Values {
  const proposed = networkDefaults(context, plain(values['mode']))['name']
  const changed = changedMode(mode, values, context)
  return values['name'] === proposed ? { ...changed, name: networkDefaults(context, mode)['name'] } : changed
}
