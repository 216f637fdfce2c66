import type { Host } from '../../../shared/model/host'
import type { Task } from '../../../shared/model/task'
import { whyNot, type PowerAction, type Vm } from '../../../shared/model/vm'
import type { Icon } from '../../ui/icons/icon'
import { TrashIcon } from '../../ui/icons/general'
import {
  ForceOffIcon,
  MoonIcon,
  PauseIcon,
  PlayIcon,
  PowerIcon,
  RebootIcon,
  ResetIcon,
  RestoreIcon,
  SaveIcon,
} from '../../ui/icons/power'

export interface VmAction {
  readonly label: string
  /** With one VM selected the question follows, so the label ends in dots. */
  readonly asks?: 'always' | 'many'
  /** "Pausing…": what a row says while the task runs. */
  readonly pendingText: string
  readonly icon: Icon
  readonly shortcut?: string
  readonly isDanger?: boolean
}

/** The one list that toolbar, menus, shortcuts and bulk work are drawn from. When each may be used: powerRules. */
export const vmActions: Record<PowerAction, VmAction> = {
  start: { label: 'Start', pendingText: 'Starting…', icon: PlayIcon, shortcut: 'Ctrl+Shift+S' },
  startPaused: { label: 'Start paused', pendingText: 'Starting…', icon: PauseIcon },
  startAfresh: {
    label: 'Start afresh',
    asks: 'always',
    pendingText: 'Starting…',
    icon: PlayIcon,
    isDanger: true,
  },
  restore: { label: 'Restore', pendingText: 'Restoring…', icon: RestoreIcon, shortcut: 'Ctrl+Shift+S' },
  resume: { label: 'Resume', pendingText: 'Resuming…', icon: PlayIcon, shortcut: 'Ctrl+Shift+P' },
  pause: { label: 'Pause', pendingText: 'Pausing…', icon: PauseIcon, shortcut: 'Ctrl+Shift+P' },
  shutdown: {
    label: 'Shut down',
    asks: 'many',
    pendingText: 'Shutting down…',
    icon: PowerIcon,
    shortcut: 'Ctrl+Shift+D',
  },
  reboot: {
    label: 'Reboot',
    asks: 'many',
    pendingText: 'Rebooting…',
    icon: RebootIcon,
    shortcut: 'Ctrl+Shift+R',
  },
  shutdownByAgent: { label: 'Shut down by agent', pendingText: 'Shutting down…', icon: PowerIcon },
  rebootByAgent: { label: 'Reboot by agent', pendingText: 'Rebooting…', icon: RebootIcon },
  sleep: { label: 'Sleep', pendingText: 'Falling asleep…', icon: MoonIcon },
  hibernate: { label: 'Hibernate', pendingText: 'Hibernating…', icon: MoonIcon },
  hybridSleep: { label: 'Sleep and hibernate', pendingText: 'Falling asleep…', icon: MoonIcon },
  wakeUp: { label: 'Wake up', pendingText: 'Waking up…', icon: PlayIcon, shortcut: 'Ctrl+Shift+P' },
  save: { label: 'Save state', pendingText: 'Saving…', icon: SaveIcon, shortcut: 'Ctrl+Shift+H' },
  reset: { label: 'Reset', asks: 'always', pendingText: 'Resetting…', icon: ResetIcon, isDanger: true },
  forceOff: {
    label: 'Force off',
    asks: 'always',
    pendingText: 'Forcing off…',
    icon: ForceOffIcon,
    shortcut: 'Ctrl+Shift+K',
    isDanger: true,
  },
  discardSaved: {
    label: 'Discard saved state',
    asks: 'always',
    pendingText: 'Discarding saved state…',
    icon: TrashIcon,
    isDanger: true,
  },
}

export function actionLabel(action: PowerAction, count = 1): string {
  const { label, asks } = vmActions[action]
  return asks === 'always' || (asks === 'many' && count > 1) ? `${label}…` : label
}

/** Text for a task of ours that is running on a VM. */
export function pendingText(task: Task): string {
  const action = /^power\.(\w+)$/.exec(task.kind)?.[1]
  if (action !== undefined && action in vmActions) return vmActions[action as PowerAction].pendingText
  const snapshot = /^snapshot\.(\w+)$/.exec(task.kind)?.[1]
  if (snapshot !== undefined) return snapshotTexts[snapshot] ?? 'Working…'
  if (task.kind === 'backup.make') return 'Backing up…'
  if (task.kind === 'saves.save') return 'Saving…'
  if (task.kind.includes('clone')) return 'Cloning…'
  if (task.kind.includes('export')) return 'Exporting…'
  if (task.kind.includes('migrate')) return 'Moving…'
  if (task.kind.includes('delete')) return 'Deleting…'
  if (task.kind.includes('rename')) return 'Renaming…'
  return 'Working…'
}

const snapshotTexts: Readonly<Record<string, string>> = {
  create: 'Taking a snapshot…',
  revert: 'Going back to a snapshot…',
  delete: 'Deleting a snapshot…',
}

/** What the judgement about an action needs to know besides the VM. */
export interface ActionContext {
  readonly hosts: Readonly<Record<string, Host>>
  readonly runningByVm: Readonly<Record<string, Task>>
}

export const readOnlyReason = 'The connection to this host is read-only'

/** Undefined when it may be done, otherwise why not. */
export function whyNotNow(action: PowerAction, vm: Vm, context: ActionContext): string | undefined {
  const status = context.hosts[vm.host]?.status
  if (status?.kind !== 'connected') return 'The host is not connected'
  if (status.info.isReadOnly) return readOnlyReason
  const reason = whyNot(action, vm, status.features)
  if (reason !== undefined) return reason
  const task = context.runningByVm[`${vm.host}/${vm.id}`]
  // Pulling the plug is the way out when something else hangs.
  return task && action !== 'forceOff' ? `Wait: ${task.title}` : undefined
}

/** The VMs of a selection the action can be used on, and why it cannot be used at all. */
export function judge(
  action: PowerAction,
  vms: readonly Vm[],
  context: ActionContext,
): { able: readonly Vm[]; reason: string | undefined } {
  const [first] = vms
  if (first === undefined) return { able: [], reason: 'Select a virtual machine first' }
  const able = vms.filter((vm) => whyNotNow(action, vm, context) === undefined)
  if (able.length > 0) return { able, reason: undefined }
  const reason = whyNotNow(action, first, context)
  return {
    able,
    reason:
      vms.length === 1 ? reason : `None of the ${vms.length} selected can do this. ${reason ?? ''}`.trim(),
  }
}

/** Start, resume, wake up and restore share one place in toolbars: whichever fits the selection. */
export function primaryAction(vms: readonly Vm[], context: ActionContext): PowerAction {
  const candidates = ['start', 'resume', 'wakeUp', 'restore'] as const
  return candidates.find((action) => judge(action, vms, context).able.length > 0) ?? 'start'
}
