import type { Kind } from './kind'
import { rng } from './kinds/rng'
import { watchdog } from './kinds/watchdog'

/** Every kind of hardware, in the order of the list on a VM's hardware page. */
export const hardwareKinds: readonly Kind[] = [watchdog, rng]

const byId = new Map(hardwareKinds.map((kind) => [kind.id, kind]))

export function kindOf(id: string): Kind | undefined {
  return byId.get(id)
}
