import type { Task } from '../../../shared/model/task'
import { onUnclaimedTaskEnd } from '../../stores/task-claims'
import { taskVmKey } from '../../stores/tasks'
import { openDialog } from '../../stores/dialogs'
import { showToast, type Toast } from '../../stores/toasts'
import { getVm, refOf } from '../../stores/vms'

/** A failed task that no dialog waits for is told by a toast that names its VM. Returns unsubscribe. */
export function toastFailures(): () => void {
  return onUnclaimedTaskEnd((task) => {
    if (task.state !== 'failed' || task.error === undefined) return
    const way = wayOut(task)
    showToast({
      tone: 'error',
      title: failureTitle(task),
      error: task.error,
      task: task.id,
      ...(way ? { action: way } : {}),
    })
  })
}

/** A saved state that cannot be restored is in the way of every start: what is left is to give it up. */
function wayOut(task: Task): Toast['action'] {
  const key = task.kind === 'power.restore' ? taskVmKey(task) : undefined
  const vm = key === undefined ? undefined : getVm(key)
  if (vm?.hasSavedState !== true) return undefined
  return {
    label: 'Discard saved state…',
    run: () => openDialog({ kind: 'confirmPower', action: 'discardSaved', refs: [refOf(vm)] }),
  }
}

function failureTitle(task: Task): string {
  const key = taskVmKey(task)
  const name = key === undefined ? undefined : getVm(key)?.name
  // A task's title names its VM already ("Pausing web-01"), except when it was renamed meanwhile.
  const doing = name === undefined || task.title.includes(name) ? task.title : `${name}: ${task.title}`
  return `${doing} failed`
}
