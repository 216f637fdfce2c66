/** What devices of the host have in common when they are given to a VM. */
import { integer, plain, type Field, type Values } from '../field'
import { itemsOf, type CheckContext, type Problem } from '../kind'

export const bootOrder: Field = {
  label: 'Place in the boot order',
  type: integer(1, 999),
  absent: 'Not tried',
  isAdvanced: true,
}

/** What is typed half or in another form is told before the host refuses it. */
export function notInForm(field: string, values: Values, form: RegExp, message: string): Problem[] {
  const value = values[field]
  if (value === undefined || form.test(plain(value).trim())) return []
  return [{ severity: 'error', field, message }]
}

/** A device of the host serves one guest, and that one once. `fields` together say which it is. */
export function takenTwice(
  kind: string,
  fields: readonly string[],
  values: Values,
  context: CheckContext,
): Problem[] {
  const name = (of: Values): string => fields.map((field) => plain(of[field]).toLowerCase()).join(' ')
  const mine = name(values)
  if (mine.trim() === '') return []
  const twins = itemsOf(context, kind).filter((item) => name(item.values) === mine)
  const others = twins.filter((item) => item.ref.key !== context.self?.key)
  return others.length === 0
    ? []
    : [
        {
          severity: 'error',
          ...(fields[0] === undefined ? {} : { field: fields[0] }),
          message: 'The VM has this device already.',
        },
      ]
}
