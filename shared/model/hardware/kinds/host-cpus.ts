/** Rules about sets of the host's CPUs. */
import { numbersOf, setOf } from '../cpu-set'
import type { CheckContext, Problem } from '../kind'

/** CPUs are counted from zero, which a set such as "2-8" for eight CPUs forgets. */
export function beyondHost(
  set: unknown,
  context: CheckContext,
  field: string,
  values: (set: string) => Record<string, string>,
): Problem[] {
  const { hostCpus, self } = context
  const numbers = typeof set === 'string' ? numbersOf(set) : undefined
  if (hostCpus === undefined || numbers === undefined || numbers.length === 0) return []
  const there = numbers.filter((one) => one < hostCpus)
  if (there.length === numbers.length) return []
  const last = numbers.at(-1) ?? 0
  return [
    {
      severity: 'warning',
      field,
      message: `CPU ${last} is beyond the host’s ${hostCpus} CPUs, which are counted from 0 to ${hostCpus - 1}`,
      ...(self && there.length > 0
        ? {
            fix: {
              label: `Use ${setOf(there)}`,
              changes: [{ kind: 'set', item: self, values: values(setOf(there)) }],
            },
          }
        : {}),
    },
  ]
}
