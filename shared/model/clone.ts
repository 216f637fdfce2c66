/** Copying a VM on its host: what the user chooses, and what would come of it. */
import { z } from 'zod'
import { vmRef } from './ids'
import type { PlanProblem } from './new-vm/new-vm'
import { vmName } from './vm'

/**
 * `copy`: all of it, standing alone. `linked`: only what differs from the original, which must stay as it is. `share`: the
 * same disk in both VMs. `skip`: the clone has no such disk.
 */
export const cloneWays = ['copy', 'linked', 'share', 'skip'] as const
export type CloneWay = (typeof cloneWays)[number]

export const cloneDisk = z.object({
  /** "vda" */
  target: z.string().min(1).max(64),
  how: z.enum(cloneWays),
  /** Where the new volume goes; absent: where the original is, or the first pool that takes it. */
  pool: z.string().min(1).max(256).optional(),
  /** Its name; absent, and for several clones: after the new VM. */
  volume: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^/\0]+$/, 'A name has no slash')
    .optional(),
})
export type CloneDisk = z.output<typeof cloneDisk>

export const cloneInput = vmRef.extend({
  name: vmName,
  /** Several are numbered. */
  count: z.number().int().min(1).max(50),
  /** Absent: that of the original. */
  description: z.string().max(65_536).optional(),
  /** Those that are not named are treated as is usual. */
  disks: z.array(cloneDisk).max(128),
  /** What becomes of disks that are not named, where it can. Absent: `copy`. */
  usual: z.enum(['copy', 'linked']).optional(),
  /** Absent: as the original. */
  vcpuCount: z.number().int().min(1).max(4096).optional(),
  memoryBytes: z
    .number()
    .int()
    .min(1024 * 1024)
    .max(2 ** 53 - 1)
    .optional(),
  startsNow: z.boolean().optional(),
  /** Of the disks as they were when it was taken; absent: as they are. */
  snapshot: z.string().min(1).max(1024).optional(),
})
export type CloneInput = z.output<typeof cloneInput>

export interface PlannedCloneDisk {
  readonly target: string
  readonly device: string
  readonly how: CloneWay
  /** What cannot be done with it, with the reason. */
  readonly whyNot: { readonly [way in CloneWay]?: string }
  /** The original: a path, or "pool/volume"; absent for a drive without a medium. */
  readonly from?: string
  /** The new volume: its path, or "pool/volume". Absent where none is made. */
  readonly to?: string
  readonly pool?: string
  readonly volume?: string
  readonly format?: string
  /** What the guest sees. */
  readonly sizeBytes?: number
  /** What the copy will take, about. */
  readonly neededBytes?: number
}

export interface PlannedClone {
  readonly name: string
  /** Without secrets. */
  readonly xml: string
  readonly disks: readonly PlannedCloneDisk[]
  /** Where the UEFI variables are copied to. */
  readonly nvram?: { readonly from: string; readonly to: string }
  readonly cards: readonly { readonly from: string; readonly to: string }[]
}

/** A pool that new volumes can be made in. */
export interface ClonePool {
  readonly name: string
  readonly path?: string
  readonly freeBytes?: number
}

/** Nothing of it has been done. */
export interface ClonePlan {
  readonly source: string
  readonly clones: readonly PlannedClone[]
  readonly pools: readonly ClonePool[]
  readonly problems: readonly PlanProblem[]
  /** The same by virt-clone, for one clone; absent where it cannot say so. */
  readonly command?: string
  /** Gives the guest's system an identity of its own, where the host has guestfs-tools. */
  readonly identityCommand: string
}

/** "web-01", "web-02"… from "web-01"; "web-1", "web-2"… from "web". */
export function cloneNames(name: string, count: number): string[] {
  if (count === 1) return [name]
  const [, stem = name, digits] = /^(.*?)(\d{1,9})$/.exec(name) ?? []
  const first = digits === undefined ? 1 : Number(digits)
  const before = digits === undefined ? `${name}-` : stem
  return Array.from(
    { length: count },
    (_, at) => `${before}${String(first + at).padStart(digits?.length ?? 1, '0')}`,
  )
}

/** A free name for a VM that is made of a template: "debian-1", then "debian-2". */
export function suggestNameAfter(template: string, taken: Iterable<string>): string {
  const names = new Set([...taken].map((name) => name.toLowerCase()))
  const stem = template.replace(/[-_.]?(template|tmpl)$/i, '').slice(0, 240) || template.slice(0, 240)
  for (let number = 1; ; number += 1) {
    const name = `${stem}-${number}`
    if (!names.has(name.toLowerCase())) return name
  }
}

/** A free name: "web-clone", then "web-clone-2". */
export function suggestCloneName(source: string, taken: Iterable<string>): string {
  const names = new Set([...taken].map((name) => name.toLowerCase()))
  const stem = `${source.slice(0, 240)}-clone`
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem}-${number}`
    if (!names.has(name.toLowerCase())) return name
  }
}
