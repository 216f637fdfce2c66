/** All kinds in the order in which a VM's hardware is listed. */
import type { KindBinding } from './binding'
import { rngBinding } from './kinds/rng'
import { watchdogBinding } from './kinds/watchdog'

export const bindings: readonly KindBinding[] = [watchdogBinding, rngBinding]

const byId = new Map(bindings.map((binding) => [binding.kind.id, binding]))

export function bindingOf(kind: string): KindBinding | undefined {
  return byId.get(kind)
}
