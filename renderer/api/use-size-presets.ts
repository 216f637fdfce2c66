import { useState } from 'react'
import type { SaveSizePreset, SizePreset } from '../../shared/model/new-vm/size-preset'
import { api } from './client'
import { useAnswer } from './use-answer'

export interface KeptSizes {
  readonly presets: readonly SizePreset[]
  /** Ends with the error of main, to be shown at the name. */
  readonly save: (preset: SaveSizePreset) => Promise<void>
  readonly remove: (id: string) => Promise<void>
}

/** The sizes that the user kept under a name. */
export function useSizePresets(): KeptSizes {
  const answer = useAnswer('size presets', () => api.sizePresets.list())
  const [changed, setChanged] = useState<readonly SizePreset[]>()
  return {
    presets: changed ?? answer.value ?? [],
    save: async (preset) => setChanged(await api.sizePresets.save(preset)),
    remove: async (id) => setChanged(await api.sizePresets.remove({ id })),
  }
}
