import type { VmId } from '../../../shared/model/ids'
import type { FakeDefinition, Run } from './model'

export interface SavedGuest {
  readonly run: Run
  readonly wasRunning: boolean
  readonly definition: FakeDefinition
  /** What the guest comes back with. */
  readonly xml: string
  readonly savedAtMs: number
  /** The VM was on since. */
  readonly isOvertaken: boolean
}

/** Files of a demo host that hold the memory of guests, by their paths. */
export class SavedMemory extends Map<string, SavedGuest> {
  /** A guest that runs writes to its disks: what was saved before no longer fits them. */
  overtake(vm: VmId): void {
    for (const [path, saved] of this)
      if (saved.definition.id === vm) this.set(path, { ...saved, isOvertaken: true })
  }
}
