import { z } from 'zod'
import type { ErrorData } from '../../errors'
import type { VolumeType } from '../host-choices'
import { valuesSchema } from '../hardware/change'
import { poolRef } from './pool'

/** One line of a pool: told at once for all of it, as one call lists thousands. */
export interface VolumeName {
  readonly name: string
  /** What VMs name it by: a path, or what stands for it in pools without files. */
  readonly key: string
}

export interface VolumeNames {
  readonly volumes: readonly VolumeName[]
  /** The host has more than it tells in one answer. */
  readonly isTruncated: boolean
}

/** What is asked for volume by volume: the window asks for what it shows first. */
export interface Volume extends VolumeName {
  readonly type: VolumeType
  readonly path: string
  /** "qcow2", "raw", "iso"…; absent where the pool has none. */
  readonly format?: string
  readonly capacityBytes: number
  /** What it takes now; less than the capacity when it grows as it is written to. */
  readonly allocationBytes: number
  readonly backingPath?: string
  readonly backingFormat?: string
  readonly isEncrypted: boolean
  readonly modifiedAtMs?: number
  /** Octal, as the host has them. */
  readonly permissions?: {
    readonly mode: string
    readonly owner: number
    readonly group: number
    readonly label?: string
  }
  /** qcow2: "1.1", cluster size, lazy refcounts… as the host tells them. */
  readonly clusterSizeBytes?: number
}

/** Of the names asked for; one that is gone is left out. */
export interface VolumeDetails {
  readonly volumes: readonly Volume[]
  readonly error?: ErrorData
}

/** How a VM, or another image, depends on an image. */
export interface ImageUser {
  readonly kind:
    | 'disk'
    | 'cdrom'
    | 'floppy'
    | 'lun'
    | 'backing'
    | 'snapshot'
    | 'firmware'
    | 'kernel'
    | 'image'
  /** The VM's name; for `image`: the path of the image that is built on it. */
  readonly name: string
  /** Absent for `image`. */
  readonly vm?: string
  readonly isRunning?: boolean
  /** "vda". */
  readonly target?: string
  readonly isReadOnly?: boolean
  /** Several VMs may have it at once. */
  readonly isShared?: boolean
  /** The name of the snapshot, for `snapshot`. */
  readonly snapshot?: string
}

/** Who uses what on a host: by path, and by "pool/volume" for volumes without one. */
export interface StorageUsage {
  readonly users: { readonly [image: string]: readonly ImageUser[] }
  /** VMs and pools that could not be read: what they use is not known, so nothing counts as unused. */
  readonly unread: readonly string[]
}

export const volumeRef = poolRef.extend({ volume: z.string().min(1).max(1024) })

export const volumeDetailsInput = poolRef.extend({
  names: z.array(z.string().min(1).max(1024)).min(1).max(500),
})

export const createVolumeInput = poolRef.extend({
  /** Of the kind in volume-kind.ts. */
  values: valuesSchema,
})

/** The definition that a form describes so far, be it complete or not. Nothing is changed. */
export interface VolumePreview {
  readonly xml: string
  readonly writesTables: boolean
}

/** What a definition cannot say of a new volume. */
export const volumeXmlOptions = z.object({
  /** The tables of a qcow2 image are written when it is made, as the host is asked for it and no definition tells it. */
  writesTables: z.boolean(),
  /** A volume of the same pool whose data it begins with. */
  from: z.string().min(1).max(1024).optional(),
})
export type VolumeXmlOptions = z.output<typeof volumeXmlOptions>

export const createVolumeFromXmlInput = poolRef.extend({
  xml: z.string().min(1).max(1_048_576),
  options: volumeXmlOptions,
})

/** Into the same or another pool of the host, in the same or another format. */
export const cloneVolumeInput = volumeRef.extend({
  toPool: z.string().min(1).max(256),
  name: z.string().min(1).max(255),
  /** Absent: as it is. */
  format: z.string().min(1).max(32).optional(),
  /** The original goes when the copy is complete and nobody uses it. */
  isMove: z.boolean(),
})

export const resizeVolumeInput = volumeRef.extend({
  capacityBytes: z
    .number()
    .int()
    .min(512)
    .max(2 ** 53 - 1),
  /** Takes all of the space now. */
  allocate: z.boolean(),
  /** What lies behind the new end is lost. */
  shrink: z.boolean(),
})

export const wipeAlgorithms = [
  'zero',
  'nnsa',
  'dod',
  'bsi',
  'gutmann',
  'schneier',
  'pfitzner7',
  'pfitzner33',
  'random',
  'trim',
] as const
export const wipeVolumeInput = volumeRef.extend({ algorithm: z.enum(wipeAlgorithms) })

export const deleteVolumesInput = poolRef.extend({
  volumes: z.array(z.string().min(1).max(1024)).min(1).max(5000),
  /** The user was shown who uses them and wants it nevertheless; others that came into use since are kept. */
  evenUsed: z.array(z.string().min(1).max(1024)).max(5000),
})

export const uploadInput = poolRef.extend({
  /** From `files.chooseLocal` or a drop. */
  file: z.string().min(1).max(64),
  name: z.string().min(1).max(255),
  /** How the host shall see it; absent: as its first bytes say. */
  format: z.string().min(1).max(32).optional(),
  /** Write over a volume of that name. */
  overwrite: z.boolean(),
  /** Goes on after what an interrupted upload has brought there, once both ends were compared. */
  resume: z.boolean(),
})
export type UploadInput = z.output<typeof uploadInput>

export const downloadInput = volumeRef.extend({ file: z.string().min(1).max(64) })
export type DownloadInput = z.output<typeof downloadInput>

/** An upload that ended early and can go on: the volume is there, in part. */
export interface UnfinishedUpload {
  readonly pool: string
  readonly volume: string
  readonly localName: string
  /** Names the local file for `upload`; absent when it is no longer what it was. */
  readonly file?: string
  readonly sentBytes: number
  readonly sizeBytes: number
  readonly endedAtMs: number
}
