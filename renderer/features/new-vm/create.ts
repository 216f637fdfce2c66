import { vmKey } from '../../../shared/model/ids'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import type { Wishes } from '../../../shared/model/new-vm/wishes'
import type { Task } from '../../../shared/model/task'
import { api } from '../../api/client'
import { closeDialog, openDialog, useDialog } from '../../stores/dialogs'
import { openVm, useRoute } from '../../stores/route'
import { claimTask } from '../../stores/task-claims'
import { showToast } from '../../stores/toasts'
import { useVms } from '../../stores/vms'
import { forgetFailed, keepFailed } from './failed-drafts'
import { rememberTree } from './recent-trees'

/** Begins it and closes the dialog; what the host refuses at once is thrown, to be shown where it was typed. */
export async function createVm(input: NewVmInput, wishes: Wishes): Promise<void> {
  const claim = await claimTask(() => api.newVm.create(input))
  closeDialog()
  if (input.source.kind === 'tree') rememberTree(input.source.url)
  const { route } = useRoute.getState()
  const task = await claim.ended
  if (task.state === 'succeeded') {
    forgetFailed(input.host)
    // whoever went on to something else meanwhile is not taken away from it
    const isWaiting = useRoute.getState().route === route && useDialog.getState().open === undefined
    tellMade(input, task, isWaiting)
  } else tellFailed(input, wishes, task)
}

function tellMade(input: NewVmInput, task: Task, isWaiting: boolean): void {
  const open = (): void => openMade(input, task)
  if (isWaiting) open()
  else
    showToast({
      tone: 'success',
      title: `${input.name} was created`,
      action: { label: 'Open it', run: open },
    })
}

function openMade({ host, startsNow }: NewVmInput, { vm }: Task): void {
  if (vm !== undefined) openVm({ host, vm }, startsNow ? 'console' : 'overview')
}

function tellFailed(input: NewVmInput, wishes: Wishes, task: Task): void {
  const { host, name } = input
  const { error } = task
  const isThere = task.vm !== undefined && useVms.getState().byKey.has(vmKey({ host, vm: task.vm }))
  if (isThere) {
    forgetFailed(host)
    const action = { label: 'Open it', run: () => openMade({ ...input, startsNow: false }, task) }
    showToast({
      tone: 'error',
      title: error?.message ?? `${name} was created, and not started`,
      ...(error ? { error } : {}),
      action,
    })
    return
  }
  keepFailed(host, { wishes, name, ...(error && task.state === 'failed' ? { error } : {}) })
  const action = { label: 'Change and try again', run: () => openDialog({ kind: 'newVm', host }) }
  if (task.state === 'failed' && error)
    showToast({ tone: 'error', title: `${name} was not created`, error, action })
  else showToast({ tone: 'info', title: `Creating ${name} was cancelled`, action })
}
