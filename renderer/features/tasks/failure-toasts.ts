import type { Task } from '../../../shared/model/task'
import { onUnclaimedTaskEnd } from '../../stores/task-claims'
import { taskVmKey } from '../../stores/tasks'
import { showToast } from '../../stores/toasts'
import { getVm } from '../../stores/vms'

/** A failed task that no dialog waits for is told by a toast that names its VM. Returns unsubscribe. */
export function toastFailures(): () => void {
  return onUnclaimedTaskEnd((task) => {
    if (task.state !== 'failed' || task.error === undefined) return
    showToast({ tone: 'error', title: failureTitle(task), error: task.error })
  })
}

function failureTitle(task: Task): string {
  const key = taskVmKey(task)
  const name = key === undefined ? undefined : getVm(key)?.name
  // A task's title names its VM already ("Pausing web-01"), except when it was renamed meanwhile.
  const doing = name === undefined || task.title.includes(name) ? task.title : `${name}: ${task.title}`
  return `${doing} failed`
}
