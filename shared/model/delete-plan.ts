import { z } from 'zod'
import type { ErrorData } from '../errors'
import { hostId, vmId, vmRef, type VmId } from './ids'

/** Everything that deleting a VM could touch, worked out before anybody confirms. */
export interface DeletePlan {
  readonly vm: VmId
  readonly name: string
  /** Of what is told here: a deletion names it, and is refused when it no longer holds. */
  readonly stamp: string
  /** Not undefined: the VM must be off first; says so. */
  readonly blockedBy?: string
  /** Parts of the definition that go with it whatever is chosen ("saved state", "2 snapshots"). */
  readonly goesAlong: readonly string[]
  /** State beside the definition, which may go or stay. */
  readonly parts: readonly DeletePlanPart[]
  /** Each image above those it is built on. */
  readonly files: readonly DeletePlanFile[]
  /** What of the host could not be read: whoever uses the files there is not known, so none is suggested. */
  readonly unread: readonly string[]
  /** Pools that are stopped: what is in them is not seen, and may be built on these files. Absent: none. */
  readonly stoppedPools?: readonly string[]
}

export type PartKind = 'nvram' | 'tpm'

export interface DeletePlanPart {
  readonly kind: PartKind
  /** "UEFI variables (/var/lib/…)". */
  readonly text: string
  /** Absent: the user chooses. */
  readonly fixed?: { readonly to: 'goes' | 'stays'; readonly why: string }
}

/** What a file is to the VM. */
export type FileRole = 'disk' | 'media' | 'seed' | 'layer' | 'snapshot' | 'memory' | 'kernel'

export interface DeletePlanFile {
  /** Path (or pool/volume) on the host; identifies the choice. */
  readonly path: string
  readonly role: FileRole
  /** Disk target(s) it serves, such as "vda". */
  readonly target: string
  readonly sizeBytes?: number
  readonly allocationBytes?: number
  readonly format?: string
  /** Where the host has it; absent where `keep` says why. */
  readonly volume?: { readonly pool: string; readonly volume: string }
  /** Why Innkeeper cannot delete it. */
  readonly keep?: string
  /** Others that use the file, in words: while there are any, it is not deleted. */
  readonly usedBy: readonly string[]
  /** VMs that use it and are to be deleted with this one: it can go with the last of them. */
  readonly sharedWith: readonly string[]
  /** Images built on it which nobody else uses, by path: it goes only if they go. */
  readonly neededBy: readonly string[]
  /** Whether a careful administrator would tick it: own writable disk, not shared, not installation media. */
  readonly isSuggested: boolean
}

/** How one file of a deletion ended. */
export interface FileOutcome {
  readonly path: string
  readonly result: 'deleted' | 'kept' | 'failed'
  /** Why it is still there. */
  readonly why?: string
  /** Where to try again. */
  readonly volume?: { readonly pool: string; readonly volume: string }
}

/** How the deletion of one VM ended. */
export interface DeleteOutcome {
  readonly vm: VmId
  readonly name: string
  readonly isDeleted: boolean
  /** Why the VM is still there. */
  readonly error?: ErrorData
  /** The state that was kept at the user's wish, or had to stay. */
  readonly keptParts: readonly string[]
  /** Every file of the plan. */
  readonly files: readonly FileOutcome[]
}

/** Of VMs of one host that shall go at once. */
const mostVms = 500

export const deletePlanInput = vmRef.extend({
  /** Deleted with it: what only these use may go, too. */
  alongWith: z.array(vmId).max(mostVms),
})

const oneDeletion = z.object({
  vm: vmId,
  /** Of the plan that was shown. */
  stamp: z.string().max(128),
  /** Paths from the plan; a path that is not in a fresh plan is refused. */
  deleteFiles: z.array(z.string().min(1).max(4096)).max(4096),
  keepParts: z.array(z.enum(['nvram', 'tpm'])).max(2),
  /** It may be running, and is then forced off. */
  forceOff: z.boolean(),
})
export type OneDeletion = z.output<typeof oneDeletion>

/** One after the other, in this order. */
export const deleteVmsInput = z.object({ host: hostId, vms: z.array(oneDeletion).min(1).max(mostVms) })
export type DeleteVmsInput = z.output<typeof deleteVmsInput>
