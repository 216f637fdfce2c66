import { z } from 'zod'
import { vmRef, type VmId } from './ids'

/** Everything that deleting a VM could touch, worked out before anybody confirms. */
export interface DeletePlan {
  readonly vm: VmId
  readonly name: string
  /** Not undefined: the VM must be off first; says so. */
  readonly blockedBy?: string
  /** Parts of the definition that go with it whatever is chosen ("saved state", "UEFI variables", "2 snapshots"). */
  readonly goesAlong: readonly string[]
  readonly files: readonly DeletePlanFile[]
}

export interface DeletePlanFile {
  /** Path (or pool/volume) on the host; identifies the choice. */
  readonly path: string
  /** Disk target(s) it serves, such as "vda". */
  readonly target: string
  readonly sizeBytes?: number
  readonly allocationBytes?: number
  readonly format?: string
  /** Whether Innkeeper can delete it, and if not, why. */
  readonly keep?: string
  /** Other VMs that use the same file, by name, and images built on it: while there are any, it is not deleted. */
  readonly usedBy: readonly string[]
  /** Whether a careful administrator would tick it: own writable disk, not shared, not installation media. */
  readonly isSuggested: boolean
}

export const deleteVmInput = vmRef.extend({
  /** Paths from the plan; a path that is not in a fresh plan is refused. */
  deleteFiles: z.array(z.string().min(1).max(4096)).max(512),
})
