import type { PowerAction, Vm } from '../../../shared/model/vm'
import { showToast } from '../../stores/toasts'
import { judge, vmActions, type ActionContext } from './actions'
import { deleteEntry, managementEntries } from './menu-entries'
import { runAction } from './run'
import { actionContext } from './use-action-context'

interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/**
 * The verbs' shortcuts on the VMs at hand. All power verbs need Ctrl+Shift, so that neither typing nor a key meant for
 * a guest stops a machine. Returns whether the key was one of them.
 */
export function runShortcut(event: KeyPress, vms: readonly Vm[]): boolean {
  if (vms.length === 0) return false
  const context = actionContext()
  if ((event.ctrlKey || event.metaKey) && event.shiftKey && !event.altKey) {
    const wanted = `Ctrl+Shift+${event.key.toUpperCase()}`
    const actions = (Object.keys(vmActions) as PowerAction[]).filter(
      (action) => vmActions[action].shortcut === wanted,
    )
    for (const action of actions) {
      const { able } = judge(action, vms, context)
      if (able.length > 0) {
        runAction(action, able)
        break
      }
    }
    return actions.length > 0 || (wanted === 'Ctrl+Shift+L' && runEntry('clone', vms, context))
  }
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false
  if (event.key === 'F2') return runEntry('rename', vms, context)
  if (event.key !== 'Delete') return false
  const { disabledReason, run } = deleteEntry(vms, context)
  if (disabledReason === undefined) run()
  return true
}

/** Whether there is such an entry for these VMs; one that cannot be used now does nothing. */
function runEntry(id: string, [vm, ...more]: readonly Vm[], context: ActionContext): boolean {
  if (vm === undefined || more.length > 0) return false
  const entry = managementEntries(vm, context).find((other) => other !== 'separator' && other.id === id)
  if (entry !== undefined && entry !== 'separator' && entry.disabledReason === undefined) entry.run()
  return true
}

/** From the application menu, which cannot know what is selected, nor grey what cannot be done: so it is said. */
export function deleteFromMenu(vms: readonly Vm[]): void {
  const [first] = vms
  if (first === undefined) return
  const { disabledReason, run } = deleteEntry(vms, actionContext())
  const title = vms.length === 1 ? `${first.name} cannot be deleted: ${disabledReason}` : disabledReason
  if (disabledReason === undefined) run()
  else showToast({ tone: 'info', title: title ?? disabledReason })
}

export function exportFromMenu([vm, ...more]: readonly Vm[]): void {
  if (vm === undefined || more.length > 0) return
  const entry = managementEntries(vm, actionContext()).find(
    (one) => one !== 'separator' && one.id === 'export',
  )
  if (entry === undefined || entry === 'separator') return
  if (entry.disabledReason === undefined) entry.run()
  else showToast({ tone: 'info', title: `${vm.name} cannot be exported: ${entry.disabledReason}` })
}
