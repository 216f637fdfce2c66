/** https://libvirt.org/formatdomain.html: limits of disks, what may stand beside what. */
import { plain, type Values } from '../field'
import { itemsOf, type CheckContext, type Problem } from '../kind'
import { hasLimits, limitFieldIds } from './disk-limit-fields'

const kinds = ['BytesSec', 'IopsSec', 'BytesSecMax', 'IopsSecMax', 'BytesSecMaxLength', 'IopsSecMaxLength']

export function limitProblems(values: Values, context: CheckContext): Problem[] {
  const problems: Problem[] = []
  const error = (field: string, message: string): void => {
    problems.push({
      severity: 'error',
      message,
      field,
      ...(context.self === undefined ? {} : { item: context.self }),
    })
  }
  const isSet = (field: string): boolean => values[field] !== undefined && values[field] !== 0
  for (const kind of kinds) {
    if (isSet(`total${kind}`) && (isSet(`read${kind}`) || isSet(`write${kind}`)))
      error(`total${kind}`, 'Limit reading and writing together, or each by itself, not both')
  }
  for (const way of ['total', 'read', 'write']) {
    for (const kind of ['BytesSec', 'IopsSec']) {
      const field = `${way}${kind}`
      if (isSet(`${field}Max`) && !isSet(field)) error(`${field}Max`, 'A burst needs a lasting limit')
      else if (Number(values[`${field}Max`] ?? Infinity) < Number(values[field] ?? 0) && isSet(`${field}Max`))
        error(`${field}Max`, 'A burst is faster than the lasting limit')
      if (isSet(`${field}MaxLength`) && !isSet(`${field}Max`))
        error(`${field}MaxLength`, 'A length needs a burst')
    }
  }
  const group = plain(values.groupName)
  if (group !== '' && !hasLimits(values)) error('groupName', 'Shared limits need limits')
  const other =
    group === ''
      ? undefined
      : itemsOf(context, 'disk').find(
          (item) =>
            item.ref.key !== context.self?.key &&
            item.values.groupName === group &&
            limitFieldIds.some((id) => (item.values[id] ?? 0) !== (values[id] ?? 0)),
        )
  if (other)
    error('groupName', `Disk ${plain(other.values.target)} shares these limits and must have the same ones`)
  return problems
}
