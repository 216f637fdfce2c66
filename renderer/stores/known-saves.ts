import { create } from 'zustand'
import type { VmRef } from '../../shared/model/ids'
import type { KnownSave } from '../../shared/model/save/saved-state'

/** Files that VMs were saved to and were not on since, as main knows them. Only api/sync.ts writes here. */
export const useKnownSaves = create<{ readonly saves: readonly KnownSave[] }>(() => ({ saves: [] }))

export function replaceKnownSaves(saves: readonly KnownSave[]): void {
  useKnownSaves.setState({ saves })
}

export function savesOf(saves: readonly KnownSave[], { host, vm }: VmRef): readonly KnownSave[] {
  return saves.filter((one) => one.host === host && one.vm === vm)
}
