import type { DefinitionText } from '../../shared/model/hardware/view'
import type { VmId } from '../../shared/model/ids'
import type {
  EditSavedInput,
  ManagedSave,
  RestoreFileInput,
  SavedFileReport,
  SavedFiles,
  SavedOf,
  SavePlan,
  SavePlanRequest,
  SaveToFileInput,
} from '../../shared/model/save/saved-state'
import type { DumpMemoryInput } from '../../shared/model/save/memory-dump'
import type { ActionContext } from './backend'

export type SaveRequest = Omit<SaveToFileInput, 'host' | 'vm'>
export type DumpRequest = Omit<DumpMemoryInput, 'host' | 'vm'>
export type RestoreRequest = Omit<RestoreFileInput, 'host'>

/**
 * Guests whose memory is in files of the host. Methods end with an AppError: invalid (with the field) for what cannot be,
 * not-found for what is gone, already-exists for a file that is there, unsupported where the host cannot.
 */
export interface SaveSession {
  /** What it would come to and what stands against it. Changes nothing. */
  savePlan(vm: VmId, request: SavePlanRequest): Promise<SavePlan>
  /** Refuses what the plan calls an error. Ends when the file is written; cancelled, the guest goes on and no file stays. */
  saveToFile(vm: VmId, request: SaveRequest, context: ActionContext): Promise<void>
  /**
   * Writes the memory for debuggers, where saving to that path could write. Ends when the file is written; cancelled, no file
   * stays. One of the memory only cannot be cancelled.
   */
  dumpMemory(vm: VmId, request: DumpRequest, context: ActionContext): Promise<void>
  /** Of a folder, or of the one that is proposed. */
  savedFiles(folder?: string): Promise<SavedFiles>
  savedFile(path: string): Promise<SavedFileReport>
  /** Held against a fresh look. The file stays. */
  restoreFile(request: RestoreRequest): Promise<void>
  /** Only of a saved state, and only in the folder of a pool: libvirt deletes no other files. */
  deleteFile(path: string): Promise<void>
  managedSave(vm: VmId): Promise<ManagedSave>
  /** The definition a guest comes back with. Secrets are marks. */
  savedDefinition(of: SavedOf): Promise<DefinitionText>
  /** Refused by the host when the guest would notice: the hardware its memory was saved with stays. */
  editSaved(input: Omit<EditSavedInput, 'host'>): Promise<void>
}
