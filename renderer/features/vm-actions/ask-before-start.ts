import type { VmRef } from '../../../shared/model/ids'
import type { PowerAction } from '../../../shared/model/vm'
import { openDialog } from '../../stores/dialogs'
import { savesOf, useKnownSaves } from '../../stores/known-saves'

/** To its host a VM that was saved to a file is just off, so the question comes from here. True: it is asked. */
export function askBeforeStart(action: PowerAction, refs: readonly VmRef[]): boolean {
  const { saves } = useKnownSaves.getState()
  if ((action !== 'start' && action !== 'startPaused') || !refs.some((ref) => savesOf(saves, ref).length > 0))
    return false
  openDialog({ kind: 'startSaved', refs, action })
  return true
}
