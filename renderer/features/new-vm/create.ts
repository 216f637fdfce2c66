import { vmKey } from '../../../shared/model/ids'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import type { Wishes } from '../../../shared/model/new-vm/wishes'
import type { Task } from '../../../shared/model/task'
import { api } from '../../api/client'
import { closeDialog, openDialog, useDialog, type DialogRequest } from '../../stores/dialogs'
import { go, openVm, useRoute } from '../../stores/route'
import { claimTask, claimTasks } from '../../stores/task-claims'
import { showToast } from '../../stores/toasts'
import { useVms } from '../../stores/vms'
import { forgetFailed, keepFailed } from './failed-drafts'
import { rememberTree } from './recent-trees'

/** Begins it and closes the dialog; what the host refuses at once is thrown, to be shown where it was typed. */
export async function createVm(input: NewVmInput, wishes: Wishes): Promise<void> {
  if (input.count !== undefined) return createSeries(input, wishes)
  const claim = await claimTask(() => api.newVm.create(input))
  closeDialog()
  if (input.source.kind === 'tree') rememberTree(input.source.url)
  await tellEnd(input, claim.ended, (task) => {
    const { error } = task
    keepFailed(input.host, {
      wishes,
      name: input.name,
      ...(error && task.state === 'failed' ? { error } : {}),
    })
    return { kind: 'newVm', host: input.host }
  })
}

/** Several end with one word about all of them, whoever has gone elsewhere meanwhile. */
async function createSeries(input: NewVmInput, wishes: Wishes): Promise<void> {
  const claims = await claimTasks(() => api.newVm.createSeries(input))
  closeDialog()
  const { host, name } = input
  const tasks = await Promise.all(claims.map(({ ended }) => ended))
  const failed = tasks.filter(({ state }) => state !== 'succeeded')
  const open = { label: 'Show the host', run: () => go({ kind: 'host', host }) }
  if (failed.length === 0) {
    forgetFailed(host)
    showToast({ tone: 'success', title: `${tasks.length} VMs were created`, action: open })
    return
  }
  // what was made keeps its names, so going on with the rest is up to the user
  keepFailed(host, { wishes, name })
  const error = failed.find((task) => task.error !== undefined)?.error
  showToast({
    tone: error ? 'error' : 'info',
    title: `${failed.length} of ${tasks.length} VMs were not created: ${failed.map(nameOf).join(', ')}`,
    ...(error ? { error } : {}),
    action: open,
  })
}

function nameOf({ title }: Task): string {
  return title.replace(/^Creating /, '')
}

/** What is told of a VM in the end, however it was described. */
export type Made = Pick<NewVmInput, 'host' | 'name' | 'startsNow'> & Partial<Pick<NewVmInput, 'source'>>

/** Opens it when it has been made; `onFailed` keeps what was entered and says where it can be changed. */
export async function tellEnd(
  made: Made,
  ended: Promise<Task>,
  onFailed: (task: Task) => DialogRequest,
): Promise<void> {
  const { route } = useRoute.getState()
  const task = await ended
  if (task.state === 'succeeded') {
    forgetFailed(made.host)
    // whoever went on to something else meanwhile is not taken away from it
    const isWaiting = useRoute.getState().route === route && useDialog.getState().open === undefined
    tellMade(made, task, isWaiting)
  } else tellFailed(made, task, onFailed)
}

function tellMade(input: Made, task: Task, isWaiting: boolean): void {
  const open = (): void => openMade(input, task)
  if (isWaiting) open()
  else
    showToast({
      tone: 'success',
      title: `${input.name} was created`,
      action: { label: 'Open it', run: open },
    })
}

function openMade({ host, startsNow, source }: Made, { vm }: Task): void {
  // containers have no screen to look at
  const hasConsole = startsNow && source?.kind !== 'container'
  if (vm !== undefined) openVm({ host, vm }, hasConsole ? 'console' : 'overview')
}

function tellFailed(input: Made, task: Task, onFailed: (task: Task) => DialogRequest): void {
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
  const again = onFailed(task)
  const action = { label: 'Change and try again', run: () => openDialog(again) }
  if (task.state === 'failed' && error)
    showToast({ tone: 'error', title: `${name} was not created`, error, action })
  else showToast({ tone: 'info', title: `Creating ${name} was cancelled`, action })
}
