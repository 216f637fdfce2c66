import { valuesSchema } from '../../../../shared/model/hardware/change'
import type { Values } from '../../../../shared/model/hardware/field'

/** As a request takes them: a copy that is the request's own. */
export function sentValues(values: Values): ReturnType<typeof valuesSchema.parse> {
  return valuesSchema.parse(values)
}
