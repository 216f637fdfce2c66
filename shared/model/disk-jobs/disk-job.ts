/** Work that the hypervisor does on a disk while its VM runs: copies, and layers merged into one. */
import { z } from 'zod'
import type { ClonePool } from '../clone'
import { vmRef } from '../ids'

/**
 * `copy`: all of the disk into another image, kept equal until somebody ends it. `flatten`: what lies below is written into the
 * top layer. `merge`: layers below the top into one further down. `merge-top`: the same with the top layer, which the VM
 * writes to, so that it has to be switched to the base in the end. `backup`: into a backup. `other`: known to newer hosts only.
 */
export type DiskJobKind = 'copy' | 'flatten' | 'merge' | 'merge-top' | 'backup' | 'other'

export interface DiskJob {
  /** "vda" */
  readonly target: string
  readonly kind: DiskJobKind
  readonly doneBytes: number
  readonly totalBytes: number
  /** Of late; absent until it is known. */
  readonly bytesPerSecond?: number
  /** Absent: as fast as it goes. */
  readonly limitBytesPerSecond?: number
  /** Both images are equal now, so the VM can be switched to the other. */
  readonly isReady: boolean
  /** The image that is written to, for those that end in a switch. */
  readonly to?: string
}

/** An image of a disk, or one that it is built on. */
export interface DiskLayer {
  /** A path, or the address of what is no file. */
  readonly place: string
  readonly isFile: boolean
  readonly format?: string
}

/** A disk as its VM has it now. */
export interface DiskFacts {
  readonly target: string
  readonly device: string
  readonly isRunning: boolean
  /** False: the definition is gone once the VM stops. */
  readonly isPersistent: boolean
  readonly isReadOnly: boolean
  /** Top first; empty for a drive without a medium. Below the top only while the VM runs. */
  readonly layers: readonly DiskLayer[]
  /** What the guest sees; absent where the host does not tell. */
  readonly sizeBytes?: number
  readonly snapshots: readonly string[]
}

export const diskTarget = z.string().min(1).max(64)
export const diskRef = vmRef.extend({ target: diskTarget })
export type DiskRef = z.output<typeof diskRef>

/** A limit below a few clusters a second would never end. */
const limitBytesPerSecond = z
  .number()
  .int()
  .min(64 * 1024)
  .max(2 ** 50)
  .optional()

const volumeName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^/\0]+$/, 'A name has no slash')

export const moveDiskInput = diskRef.extend({
  pool: z.string().min(1).max(256),
  volume: volumeName,
  /** Absent: as it is. */
  format: z.enum(['qcow2', 'raw']).optional(),
  /** `switch`: the VM goes on with the copy. `keep`: it stays where it is, and the copy is as it was at that moment. */
  finish: z.enum(['switch', 'keep']),
  /** The image that the VM had before is deleted once it is no longer used. */
  deletesOld: z.boolean(),
  limitBytesPerSecond,
})
export type MoveDiskInput = z.output<typeof moveDiskInput>

export const flattenDiskInput = diskRef.extend({ limitBytesPerSecond })
export type FlattenDiskInput = z.output<typeof flattenDiskInput>

export const mergeDiskInput = diskRef.extend({
  /** Places of two layers, as they were shown. */
  top: z.string().min(1).max(4096),
  base: z.string().min(1).max(4096),
  limitBytesPerSecond,
})
export type MergeDiskInput = z.output<typeof mergeDiskInput>

export const diskJobLimitInput = diskRef.extend({ limitBytesPerSecond })
export const endDiskJobInput = diskRef.extend({
  /** `switch`: the VM goes on with the other image. `stop`: it goes on with the one it has. */
  how: z.enum(['switch', 'stop']),
})
export type EndDiskJobInput = z.output<typeof endDiskJobInput>

export interface MergeChoice {
  readonly top: string
  readonly base: string
  /** Why not, as a sentence; absent when it can be done. */
  readonly whyNot?: string
  /** Images that nothing needs afterwards; they stay. */
  readonly leftOver: readonly string[]
}

/** What can be done with a disk now. Nothing of it has been done. */
export interface DiskPlan {
  readonly vmName: string
  readonly facts: DiskFacts
  /** Where the top image is, when it is a volume of an active pool. */
  readonly at?: { readonly pool: string; readonly volume: string }
  readonly pools: readonly ClonePool[]
  /** Names that are taken, by pool. */
  readonly taken: { readonly [pool: string]: readonly string[] }
  /** Each with the reason, as a sentence, where it cannot be done. */
  readonly whyNot: { readonly move?: string; readonly flatten?: string; readonly deleteOld?: string }
  readonly merges: readonly MergeChoice[]
  /** What moving it loses, in sentences. */
  readonly notes: readonly string[]
}
