import { createContext, useContext } from 'react'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import type { ChangePreview } from '../../../shared/model/hardware/view'
import type { VmRef } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { closeDialog, openDialog, type HardwareDialogRequest } from '../../stores/dialogs'

/** Whose hardware the editor shows: a VM's, on its page; or that of one which is not made yet, over the wizard. */
export interface EditorPlace {
  /** There is no VM: changes are kept by whoever makes it, and nothing is applied. */
  readonly isDraft: boolean
  readonly openDialog: (dialog: HardwareDialogRequest) => void
  readonly closeDialog: () => void
  readonly preview: (
    target: VmRef,
    base: string,
    changes: readonly HardwareChange[],
    when: 'now' | 'next-start',
  ) => Promise<ChangePreview>
}

const onItsPage: EditorPlace = {
  isDraft: false,
  openDialog,
  closeDialog,
  preview: (target, base, changes, when) =>
    api.hardware.preview({ ...target, base, changes: [...changes], when }),
}

export const PlaceContext = createContext(onItsPage)

export function usePlace(): EditorPlace {
  return useContext(PlaceContext)
}
