import { errorData } from '../../../shared/errors'
import type { VmRef } from '../../../shared/model/ids'
import type { PowerAction, Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { openDialog } from '../../stores/dialogs'
import { useRemembered } from '../../stores/remembered'
import { showToast } from '../../stores/toasts'
import { getVm, refOf } from '../../stores/vms'
import { download, pictureName } from '../../ui/download'
import { vmActions } from './actions'
import { askBeforeStart } from './ask-before-start'

/** Does it, after asking where data could be lost. */
export function runAction(action: PowerAction, vms: readonly Vm[]): void {
  if (vms.length === 0) return
  if (askBeforeStart(action, vms.map(refOf))) return
  const { asks } = vmActions[action]
  const isSkipped = useRemembered.getState().skipConfirm.includes(action) && vms.length === 1
  if ((asks === 'always' && !isSkipped) || (asks === 'many' && vms.length > 1)) {
    openDialog({ kind: 'confirmPower', action, refs: vms.map(refOf) })
  } else {
    for (const vm of vms) void perform(action, refOf(vm))
  }
}

/** The task shows how it goes and tells its own failure; here only a request that was refused at once is told. */
export async function perform(action: PowerAction, ref: VmRef): Promise<void> {
  try {
    await api.vms.power({ ...ref, action })
  } catch (error) {
    const name = getVm(`${ref.host}/${ref.vm}`)?.name ?? 'VM'
    showToast({ tone: 'error', title: `${name}: ${vmActions[action].label} failed`, error: errorData(error) })
  }
}

export async function setAutostart(vm: Vm, autostart: boolean): Promise<void> {
  try {
    await api.vms.setAutostart({ ...refOf(vm), autostart })
  } catch (error) {
    showToast({ tone: 'error', title: `${vm.name}: autostart was not changed`, error: errorData(error) })
  }
}

export function openConsoleWindow(vm: Vm): void {
  api.console.detach(refOf(vm)).catch((error: unknown) => {
    showToast({ tone: 'error', title: `${vm.name}: no window was opened`, error: errorData(error) })
  })
}

/** As large as the screen is; the hypervisor takes it, so the console need not be open. */
export async function saveScreenshot(vm: Vm): Promise<void> {
  try {
    const url = await api.console.picture({ ...refOf(vm), maxWidthPx: 16_384 })
    if (url === null) showToast({ tone: 'info', title: `${vm.name} has no screen to take a picture of` })
    else download(url, pictureName(vm.name, 'png'))
  } catch (error) {
    showToast({ tone: 'error', title: `No screenshot of ${vm.name} could be taken`, error: errorData(error) })
  }
}
