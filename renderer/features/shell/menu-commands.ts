import { api } from '../../api/client'
import { giveCommand, onCommand } from '../../stores/commands'
import { openDialog } from '../../stores/dialogs'
import { remember, useRemembered } from '../../stores/remembered'
import { go, openVm, useRoute } from '../../stores/route'
import { useSelection } from '../../stores/selection'
import { refOf, useVms, vmsAt } from '../../stores/vms'
import { vmKey } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { newVmFromMenu } from '../hosts/new-vm-entry'
import { deleteFromMenu, exportFromMenu } from '../vm-actions/shortcuts'

/** What the application menu's entries do. The filter box answers "focusFilter" itself. */
export function obeyMenuCommands(): () => void {
  const stops = [
    api.app.onMenuCommand(({ command }) => giveCommand(command)),
    onCommand('newVm', newVmFromMenu),
    onCommand('addHost', () => openDialog({ kind: 'addHost' })),
    onCommand('importHosts', () => openDialog({ kind: 'importHosts' })),
    onCommand('recipes', () => openDialog({ kind: 'recipes' })),
    onCommand('preferences', () => openDialog({ kind: 'preferences' })),
    onCommand('about', () => openDialog({ kind: 'about' })),
    onCommand('showTasks', () => remember({ tasksOpen: !useRemembered.getState().tasksOpen })),
    onCommand('showTop', () => go({ kind: 'top' })),
    onCommand('deleteVm', () => deleteFromMenu(vmsAtHand())),
    onCommand('exportVm', () => exportFromMenu(vmsAtHand())),
    onCommand('showScreens', () => go({ kind: 'wall' })),
    onCommand('openConsole', () => {
      const [vm] = vmsAtHand()
      if (vm) openVm(refOf(vm), 'console')
    }),
  ]
  return () => stops.forEach((stop) => stop())
}

/** The VM whose page is open, or those marked in the table. */
function vmsAtHand(): Vm[] {
  const { route } = useRoute.getState()
  const keys = route.kind === 'vm' ? [vmKey(route.ref)] : useSelection.getState().selected
  return vmsAt(useVms.getState().byKey, keys)
}
