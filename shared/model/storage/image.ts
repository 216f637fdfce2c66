import { z } from 'zod'
import { hostId } from '../ids'

/** A file of the workstation that the user has chosen; the window never names a path itself. */
export interface LocalFile {
  readonly id: string
  readonly name: string
  /** Absent for one that is to be written. */
  readonly sizeBytes?: number
}

/** An image as qemu-img on the host sees it. */
export interface ImageInfo {
  readonly path: string
  readonly format: string
  readonly virtualSizeBytes: number
  /** What it takes on the disk. */
  readonly actualSizeBytes?: number
  readonly clusterSizeBytes?: number
  readonly isDirty: boolean
  readonly isEncrypted: boolean
  /** As written in the image. */
  readonly backingPath?: string
  readonly backingFormat?: string
  readonly snapshots: readonly {
    readonly id: string
    readonly name: string
    readonly vmStateBytes: number
    readonly atMs: number
  }[]
  /** "compat: 1.1" and the like, in the words of qemu-img. */
  readonly more: readonly (readonly [name: string, value: string])[]
}

export interface ImageReport {
  /** Top first, each built on the next. */
  readonly chain: readonly ImageInfo[]
  /** Why the chain ends early: its base is missing or cannot be read. */
  readonly brokenBy?: string
  /** Images that are built on this one, directly or not: writing to it would break them. */
  readonly dependants: readonly string[]
  /** VMs that run with it now: it can be looked at, not changed. */
  readonly inUseBy: readonly string[]
}

export const imageRef = z.object({ host: hostId, path: z.string().startsWith('/').max(4096) })
const path = z.string().startsWith('/').max(4096)
const format = z.string().regex(/^[a-z0-9]{2,16}$/)

/** What qemu-img can do with an image. Those that write refuse while a VM runs with it or while others are built on it. */
export const imageAction = z.discriminatedUnion('kind', [
  /** Finds errors; `repair` mends leaks or all, which may lose data. */
  z.object({ kind: z.literal('check'), repair: z.enum(['no', 'leaks', 'all']) }),
  /** Another base. `unsafe`: only the name is changed, for a base that was moved. Without base: stands alone then. */
  z.object({
    kind: z.literal('rebase'),
    base: path.optional(),
    baseFormat: format.optional(),
    isUnsafe: z.boolean(),
  }),
  /** Into its base. */
  z.object({ kind: z.literal('commit') }),
  z.object({ kind: z.literal('compare'), with: path, withFormat: format.optional() }),
  z.object({
    kind: z.literal('convert'),
    to: path,
    format,
    isCompressed: z.boolean(),
    /** What it was at a snapshot inside of it; absent: what it is. */
    snapshot: z.string().min(1).max(1024).optional(),
    options: z.record(z.string().regex(/^[a-z0-9_-]{1,40}$/), z.string().max(256)),
  }),
  z.object({
    kind: z.literal('amend'),
    options: z.record(z.string().regex(/^[a-z0-9_-]{1,40}$/), z.string().max(256)),
  }),
  z.object({ kind: z.literal('resize'), capacityBytes: z.number().int().positive(), shrink: z.boolean() }),
  /** Rewrites it so that unused space is given back. Needs room for the new one meanwhile. */
  z.object({ kind: z.literal('compact') }),
  /** Copies a part: counted in blocks. */
  z.object({
    kind: z.literal('dd'),
    to: path,
    format,
    blockSizeBytes: z
      .number()
      .int()
      .min(512)
      .max(2 ** 31),
    count: z.number().int().min(0).optional(),
    skip: z.number().int().min(0).optional(),
  }),
])
export type ImageAction = z.output<typeof imageAction>
export const imageActionInput = imageRef.extend({ action: imageAction })

/** What came of it, for those that tell something. */
export interface ImageResult {
  /** One sentence: "No errors", "The images are equal". */
  readonly summary: string
  readonly facts: readonly (readonly [name: string, value: string])[]
}

/** Pieces of the image in order; those that lie next to each other and are alike are one. */
export interface ImageMap {
  readonly extents: readonly {
    readonly startBytes: number
    readonly lengthBytes: number
    readonly kind: 'data' | 'zero' | 'base'
  }[]
  readonly isTruncated: boolean
}

/** An image that nobody uses. */
export interface Orphan {
  readonly pool: string
  readonly volume: string
  readonly path: string
  readonly allocationBytes: number
  readonly modifiedAtMs?: number
}

export interface Orphans {
  readonly orphans: readonly Orphan[]
  /** What could not be looked at: then some of them may be in use after all. */
  readonly unread: readonly string[]
}

/** A file or folder of the host. */
export interface HostFile {
  readonly name: string
  readonly isFolder: boolean
  readonly isLink: boolean
  /** Of a file itself, and not of a link to one; absent where the host does not tell. */
  readonly isExecutable?: boolean
  readonly sizeBytes?: number
  readonly modifiedAtMs?: number
}

export interface HostFolder {
  readonly path: string
  readonly files: readonly HostFile[]
  readonly isTruncated: boolean
}

export interface PathAccess {
  readonly path: string
  readonly exists: boolean
  /** Whether the user that runs VMs can; undefined when it cannot be told. */
  readonly canRead?: boolean
  readonly canWrite?: boolean
  /** Who that is: "libvirt-qemu". */
  readonly user?: string
  /** The first part of the path where it ends, and the words for it. */
  readonly blockedAt?: string
  readonly why?: string
  readonly fix?: AccessFix
}

/** The command that lets VMs get there, what it grants, and what it is done to. */
export interface AccessFix {
  readonly argv: readonly string[]
  /** Takes it back. */
  readonly undo: readonly string[]
  /** Folders that VMs may go through then, or the file that they may read. */
  readonly paths: readonly string[]
  readonly explanation: string
}
