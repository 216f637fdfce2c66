/** A VM from a bundle that Innkeeper wrote: its definition, its disks, and the sums of all of them. */
import { z } from 'zod'
import { hostId } from '../ids'
import { vmName } from '../vm'
import type { PlanProblem } from './new-vm'

export const chosenBundle = z.object({ file: z.string().min(1).max(64) })

export const bundleInput = z.object({
  host: hostId,
  /** A file of this computer that the user chose, by its id. */
  file: z.string().min(1).max(64),
  name: vmName,
  /** `keep`: it is the same VM as before, with its UUID and MAC addresses; `new`: one of its own. */
  identity: z.enum(['keep', 'new']),
  /** Where its disks go; absent: the first pool that takes them. */
  pool: z.string().min(1).max(256).optional(),
  startsNow: z.boolean(),
})
export type BundleInput = z.output<typeof bundleInput>

export interface BundleDisk {
  readonly target: string
  readonly device: string
  readonly file: string
  readonly format: string
  /** What the guest sees. */
  readonly capacityBytes: number
  readonly sizeBytes: number
}

/** What a bundle says of itself. */
export interface BundleSummary {
  readonly name: string
  readonly exportedAtMs: number
  readonly disks: readonly BundleDisk[]
  readonly hasVariables: boolean
}

/** Nothing of it has been done. */
export interface BundlePlan {
  readonly disks: readonly (BundleDisk & { readonly to: string })[]
  readonly pools: readonly { readonly name: string; readonly freeBytes?: number }[]
  readonly pool?: string
  /** As the host would get it, without secrets. */
  readonly xml?: string
  /** Fields: name, identity, pool, xml. */
  readonly problems: readonly PlanProblem[]
}
