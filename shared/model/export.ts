/** Taking a VM along: what the user chooses, and what would come of it. */
import { z } from 'zod'
import { vmRef } from './ids'
import type { PlanProblem } from './new-vm/new-vm'

/** `bundle`: everything as it is, for Innkeeper. `ovf`: what other hypervisors understand. */
export const exportKinds = ['bundle', 'ovf'] as const
export type ExportKind = (typeof exportKinds)[number]

/** Formats that disks of an OVF can have; VMware and VirtualBox read the first. */
export const ovfDiskFormats = ['vmdk', 'qcow2', 'raw'] as const
export type OvfDiskFormat = (typeof ovfDiskFormats)[number]

export const exportInput = vmRef.extend({
  kind: z.enum(exportKinds),
  /** `file`: one archive. `folder`: a new folder with the files in it. */
  as: z.enum(['file', 'folder']),
  /** Of an OVF; a bundle keeps the format. */
  diskFormat: z.enum(ovfDiskFormats).optional(),
  /** "vda"; absent: all disks, and no discs. */
  disks: z.array(z.string().min(1).max(64)).max(128).optional(),
  /** Where images that have to be made first lie meanwhile; absent: where there is room. */
  pool: z.string().min(1).max(256).optional(),
  /** A file to be written that the user chose, by its id. */
  file: z.string().min(1).max(64).optional(),
})
export type ExportInput = z.output<typeof exportInput>

/** With the place it goes to. */
export const exportVmInput = exportInput.extend({ file: z.string().min(1).max(64) })
export type ExportVmInput = z.output<typeof exportVmInput>

export interface PlannedExportDisk {
  readonly target: string
  readonly device: string
  readonly isIncluded: boolean
  /** Why it cannot come along. */
  readonly whyNot?: string
  /** A path, or "pool/volume"; absent for a drive without a medium. */
  readonly from?: string
  /** Its file in what is written. */
  readonly file?: string
  readonly format?: string
  /** The host makes an image of it first, which goes again. */
  readonly isConverted: boolean
  /** Images below it, whose data are in what is written. */
  readonly layerCount: number
  /** What the guest sees. */
  readonly sizeBytes?: number
  /** What it will take, about. */
  readonly neededBytes?: number
}

/** Nothing of it has been done. */
export interface ExportPlan {
  readonly source: string
  /** "web.ova", for the dialog that asks where to. */
  readonly fileName: string
  readonly disks: readonly PlannedExportDisk[]
  /** Where images of the host can be made. */
  readonly pools: readonly { readonly name: string; readonly freeBytes?: number }[]
  /** Where those that are needed will be; absent when none is. */
  readonly pool?: string
  readonly hasVariables: boolean
  readonly neededBytes: number
  /** Of the folder that was chosen, on this computer. */
  readonly freeBytes?: number
  /** Fields: vm, disks.TARGET, pool, file. */
  readonly problems: readonly PlanProblem[]
}
