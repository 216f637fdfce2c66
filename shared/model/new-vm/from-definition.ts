/** A VM made of a definition that somebody has: from a backup, another host, or another program. */
import { z } from 'zod'
import { hostId } from '../ids'
import { vmName } from '../vm'
import type { ConversionOffer } from './conversion'
import type { PlanProblem } from './new-vm'

export const fromDefinitionInput = z.object({
  host: hostId,
  xml: z.string().min(1).max(4_194_304),
  /** Absent: as the definition says. */
  name: vmName.optional(),
  /** `keep`: it is the same VM as before; `new`: one of its own, with a UUID of its own. */
  identity: z.enum(['keep', 'new']),
  startsNow: z.boolean(),
})
export type FromDefinitionInput = z.output<typeof fromDefinitionInput>

/** Nothing of it has been done. */
export interface FromDefinitionPlan {
  /** Of the VM it would become; absent where the text says none. */
  readonly name?: string
  /** The definition has a UUID, so that there is something to keep. */
  readonly hasUuid: boolean
  /** As the host would get it, without secrets; absent for what is no definition. */
  readonly xml?: string
  /** It was made for Xen, and can be rewritten for what the host has. */
  readonly conversion?: ConversionOffer
  /** Fields: xml, name, identity. */
  readonly problems: readonly PlanProblem[]
}
