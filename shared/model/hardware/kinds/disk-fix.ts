/** What the rules of disks have in common: which disk they speak of, and how it is mended. */
import type { Values } from '../field'
import type { CheckContext, Problem } from '../kind'
import type { ItemRef } from '../view'

export const at = ({ self }: CheckContext): { readonly item?: ItemRef } =>
  self === undefined ? {} : { item: self }

/** A change of this disk that mends it; new disks, which have no name yet, are mended by hand. */
export function fix(
  context: CheckContext,
  label: string,
  values: Values,
  unset?: readonly string[],
): Pick<Problem, 'fix'> {
  if (!context.self) return {}
  const change = { kind: 'set', item: context.self, values, ...(unset ? { unset } : {}) } as const
  return { fix: { label, changes: [change] } }
}
