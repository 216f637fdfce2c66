import { z } from 'zod'
import type { ErrorData } from '../../errors'
import { hostId, vmRef, type HostId, type VmId } from '../ids'
import type { PlanProblem } from '../new-vm/new-vm'
import type { VmState } from '../vm'

/** How a guest goes on once it is restored: as it was when it was saved, or in this state. */
export const resumeStates = ['as-it-was', 'running', 'paused'] as const
export type ResumeState = (typeof resumeStates)[number]

/** A place on the host. A line break in it would be none of the user's doing. */
export const savedPath = z
  .string()
  .max(4096)
  .regex(/^\/[^\p{Cc}]*[^\p{Cc}/]$/u, 'Give the whole path of a file: /folder/name')
const folderPath = z.string().regex(/^\/[^\p{Cc}]{0,4095}$/u, 'Give the whole path of a folder: /folder')

const saveOptions = z.object({
  resume: z.enum(resumeStates),
  /** Past the page cache of the host: a large guest would push everything else out of it. */
  bypassCache: z.boolean(),
})
export type SaveOptions = z.output<typeof saveOptions>

/** Without a path the plan proposes one. */
export const savePlanInput = vmRef.extend({ path: savedPath.optional(), ...saveOptions.shape })
export type SavePlanRequest = Omit<z.output<typeof savePlanInput>, 'host' | 'vm'>
export const saveToFileInput = vmRef.extend({ path: savedPath, ...saveOptions.shape })
export type SaveToFileInput = z.output<typeof saveToFileInput>

/** What saving to a file comes to, before it is done. */
export interface SavePlan {
  readonly path: string
  /** Folders that are known to be there, the roomiest first. */
  readonly folders: readonly SaveFolder[]
  /** No file gets larger than this, but for what the devices add. */
  readonly memoryBytes: number
  /** What the guest has touched of it, as the host counts; absent where it does not tell. */
  readonly inUseBytes?: number
  /** Left in the folder of `path`; absent where nobody can tell. */
  readonly freeBytes?: number
  readonly problems: readonly PlanProblem[]
  readonly command?: string
}

export interface SaveFolder {
  readonly path: string
  /** The pool whose folder it is. */
  readonly pool?: string
  readonly freeBytes?: number
}

/** A file with the memory of a guest. */
export interface SavedFile {
  readonly path: string
  readonly name: string
  readonly vm: VmId
  readonly memoryBytes: number
  readonly sizeBytes?: number
  readonly savedAtMs?: number
}

export interface SavedFiles {
  readonly folder: string
  readonly folders: readonly SaveFolder[]
  readonly files: readonly SavedFile[]
  /** There are more files in the folder than were looked at. */
  readonly isTruncated: boolean
  /** Why the folder could not be looked at. */
  readonly error?: ErrorData
}

/** One file, and what restoring it would come to now. */
export interface SavedFileReport {
  readonly file: SavedFile
  /** How it goes on when it is restored as it was; absent where nobody can tell. */
  readonly wasRunning?: boolean
  /** The VM of this UUID, as it is now; absent: the host knows none. */
  readonly vmNow?: { readonly name: string; readonly state: VmState }
  /** `error`: it cannot be restored. `warning` with the field `written`: only if the user insists. */
  readonly problems: readonly PlanProblem[]
}

export const savedFilesInput = z.object({ host: hostId, folder: folderPath.optional() })
export const savedFileRef = z.object({ host: hostId, path: savedPath })
export type SavedFileRef = z.output<typeof savedFileRef>
export const restoreFileInput = savedFileRef.extend({
  ...saveOptions.shape,
  /** Although the VM has been on since: what it wrote then does not fit the memory that comes back. */
  evenWritten: z.boolean(),
})
export type RestoreFileInput = z.output<typeof restoreFileInput>

/** What libvirt keeps for a VM itself ("Save state"). */
export interface ManagedSave {
  readonly memoryBytes: number
  readonly savedAtMs?: number
  readonly sizeBytes?: number
  readonly wasRunning?: boolean
}

/** A VM that was saved to a file, and has not been on since: a start would boot it anew. */
export interface KnownSave {
  readonly host: HostId
  readonly vm: VmId
  readonly path: string
  readonly savedAtMs: number
}

/** Whose saved memory: that of a VM, or that in a file. */
export const savedOf = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('managed'), vm: vmRef.shape.vm }),
  z.object({ kind: z.literal('file'), path: savedPath }),
])
export type SavedOf = z.output<typeof savedOf>
export const savedDefinitionInput = z.object({ host: hostId, of: savedOf })
export const editSavedInput = savedDefinitionInput.extend({
  /** Fingerprint of the definition that was shown; another one is a conflict, and nothing is stored. */
  base: z.string().max(128),
  xml: z.string().max(1_000_000),
  resume: z.enum(resumeStates),
})
export type EditSavedInput = z.output<typeof editSavedInput>

/** The name a saved state is proposed under: whose, and when. */
export function savedFileName(vm: string, atMs: number): string {
  const when = new Date(atMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  return `${vm.replaceAll(/[^A-Za-z0-9_.+-]/g, '_').slice(0, 200)}-${when}.save`
}

export function folderOfPath(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')))
}
