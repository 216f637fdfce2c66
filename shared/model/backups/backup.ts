/** Backups of VMs in pools of their host: a full one, and those that only have what changed since the one before. */
import { z } from 'zod'
import type { ClonePool } from '../clone'
import { vmId, vmRef } from '../ids'
import { vmName } from '../vm'

/** A moment since which the hypervisor remembers what changed on the disks of a VM. */
export interface Checkpoint {
  readonly name: string
  readonly parent?: string
  readonly atMs: number
}

export type BackupProgress =
  | { readonly state: 'running'; readonly doneBytes: number; readonly totalBytes: number }
  | { readonly state: 'none' | 'completed' | 'cancelled' }
  /** With the host's own words, where it has some. */
  | { readonly state: 'failed'; readonly reason?: string }

const volumeName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^/\0]+$/)

/** What lies beside the images of a backup, so that whoever finds them knows what they are. */
export const backupManifest = z.object({
  format: z.literal('innkeeper-backup'),
  version: z.literal(1),
  id: volumeName,
  vm: vmId,
  vmName: z.string().min(1).max(1024),
  atMs: z.number().int().nonnegative(),
  kind: z.enum(['full', 'incremental']),
  /** Whose images this one's are built on. */
  parent: volumeName.optional(),
  /** What the next one can begin at, as long as the VM still has it. */
  checkpoint: volumeName.optional(),
  /** Without secrets. */
  definition: z.string().max(4_194_304),
  disks: z
    .array(
      z.object({
        target: z.string().min(1).max(64),
        volume: volumeName,
        sizeBytes: z.number().nonnegative(),
      }),
    )
    .min(1)
    .max(256),
})
export type BackupManifest = z.output<typeof backupManifest>

/** As a pool has it. */
export interface Backup extends Omit<BackupManifest, 'format' | 'version' | 'definition'> {
  readonly pool: string
  /** Backups that need it, oldest first. */
  readonly neededBy: readonly string[]
  /** Every file of it. */
  readonly files: readonly string[]
  /** Images that are not in the pool any more; then it cannot be restored. */
  readonly missing: readonly string[]
}

export interface BackupsView {
  readonly vmName: string
  /** False: its pools copy the disks, and only all of them. */
  readonly isRunning: boolean
  /** Newest first. */
  readonly backups: readonly Backup[]
  readonly checkpoints: readonly Checkpoint[]
  readonly pools: readonly ClonePool[]
  /** Disks that a backup has, and those that it leaves out with the reason. */
  readonly disks: readonly {
    readonly target: string
    readonly whyNot?: string
    /** What the guest sees of it. */
    readonly sizeBytes?: number
  }[]
  /** Why none can be made now, as a sentence. */
  readonly whyNot?: string
  /** The backup that an incremental one would follow; or why there is none. */
  readonly follows?: { readonly id: string; readonly pool: string }
  readonly whyNotIncremental?: string
  /** Somebody inside could hold the file systems still. */
  readonly hasAgent: boolean
  /** Pools whose backups could not be read. */
  readonly unread: readonly string[]
}

/** Of all VMs, also of those that are gone. */
export type HostBackups = Pick<BackupsView, 'backups' | 'pools' | 'unread'>

export const backUpInput = vmRef.extend({
  kind: z.enum(['full', 'incremental']),
  /** Of a full one; an incremental one goes to the images it follows. */
  pool: z.string().min(1).max(256).optional(),
  /** The guest's agent holds its file systems still while the backup begins. */
  holdsStill: z.boolean(),
})
export type BackUpInput = z.output<typeof backUpInput>

const backupRef = vmRef.extend({ pool: z.string().min(1).max(256), id: volumeName })
export const restoreBackupInput = backupRef.extend({ name: vmName, toPool: z.string().min(1).max(256) })
export type RestoreBackupInput = z.output<typeof restoreBackupInput>
/** With all that need it. */
export const deleteBackupInput = backupRef
export type DeleteBackupInput = z.output<typeof deleteBackupInput>
export const deleteCheckpointInput = vmRef.extend({ name: z.string().min(1).max(1024) })

export interface BackupDiskTarget {
  readonly target: string
  readonly path: string
}

export interface BackupRequest {
  readonly disks: readonly BackupDiskTarget[]
  /** Only what changed since this checkpoint. */
  readonly since?: string
  /** Made in the same moment. */
  readonly checkpoint?: string
  /** The guest's agent holds its file systems still meanwhile; without its answer nothing begins. */
  readonly holdsStill: boolean
}
