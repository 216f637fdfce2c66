/** Creations of VMs that were cut off, and what is left of them on their host. */
import { z } from 'zod'
import { hostId, type VmId } from '../ids'
import type { NewVmInput } from './new-vm'

export interface LeftFile {
  readonly pool: string
  readonly volume: string
  readonly path?: string
  /** What it takes on the host; absent where that could not be read. */
  readonly sizeBytes?: number
  /** Nobody knows whether it was finished. */
  readonly isPartial: boolean
  /** Why it is not removed: "web-02 has it". */
  readonly keptBecause?: string
}

export interface UnfinishedCreation {
  readonly id: string
  /** Of the VM that was to be. */
  readonly name: string
  readonly what: 'create' | 'clone'
  readonly cutOffAtMs: number
  /** It is on the host nevertheless. */
  readonly vm?: VmId
  readonly files: readonly LeftFile[]
  /** The same choices, as far as they are kept: to begin again with. */
  readonly again?: {
    readonly input: NewVmInput
    /** "the password": what has to be entered anew. */
    readonly without: readonly string[]
  }
  readonly cloneOf?: VmId
}

export const unfinishedRef = z.object({ host: hostId, id: z.string().min(1).max(64) })

export const cleanUpInput = unfinishedRef.extend({
  /** Those that the user saw; no others are removed. */
  files: z
    .array(z.object({ pool: z.string().min(1).max(256), volume: z.string().min(1).max(1024) }))
    .max(200),
})
export type CleanUpInput = z.output<typeof cleanUpInput>
