import {
  isActive,
  foreignReason,
  noAutostartReason,
  templateReason,
  whyNoTemplate,
  type PowerAction,
  type Vm,
} from '../../../shared/model/vm'
import { openDialog } from '../../stores/dialogs'
import { openVm } from '../../stores/route'
import { refOf } from '../../stores/vms'
import { CopyIcon, PencilIcon, PlusIcon, TrashIcon } from '../../ui/icons/general'
import { HostIcon, SnapshotIcon, TemplateIcon, VmIcon } from '../../ui/icons/objects'
import { SaveIcon } from '../../ui/icons/power'
import { DownloadIcon } from '../../ui/icons/storage'
import type { MenuEntry } from '../../ui/Menu'
import { actionLabel, judge, readOnlyReason, vmActions, whyNotNow, type ActionContext } from './actions'
import { openConsoleWindow, runAction, saveScreenshot, setAutostart } from './run'

/** Power actions as menu entries, in the order a menu shows them. */
const menuGroups: readonly (readonly PowerAction[])[] = [
  ['start', 'startPaused', 'resume', 'pause'],
  ['shutdown', 'reboot', 'save'],
  ['reset', 'forceOff'],
]

export function powerEntries(vms: readonly Vm[], context: ActionContext): MenuEntry[] {
  const entries = menuGroups.map((group) => group.map((action) => powerEntry(action, vms, context)))
  // A saved state is rare: its verbs appear when there is one, in place of those that start.
  if (vms.some((vm) => vm.hasSavedState)) {
    entries[0]?.splice(
      0,
      2,
      ...(['restore', 'startAfresh', 'discardSaved'] as const).map((action) =>
        powerEntry(action, vms, context),
      ),
    )
    if (vms.length > 1) entries[0]?.unshift(powerEntry('start', vms, context))
  }
  // So is a guest that sleeps: it is woken, not resumed.
  if (vms.some((vm) => vm.state === 'suspended')) entries[0]?.push(powerEntry('wakeUp', vms, context))
  return entries.flatMap((group, index) => (index === 0 ? group : ['separator' as const, ...group]))
}

function powerEntry(action: PowerAction, vms: readonly Vm[], context: ActionContext): MenuEntry {
  const { able, reason } = judge(action, vms, context)
  const { icon, shortcut, isDanger = false } = vmActions[action]
  const partly = able.length > 0 && able.length < vms.length ? ` (${able.length} of ${vms.length})` : ''
  return {
    id: action,
    label: `${actionLabel(action, able.length)}${partly}`,
    icon,
    shortcut,
    isDanger,
    disabledReason: reason,
    run: () => runAction(action, able),
  }
}

/** Everything that can be done with one or several VMs: the context menu, and the rest behind "More". */
export function vmMenuEntries(vms: readonly Vm[], context: ActionContext): MenuEntry[] {
  const [vm] = vms
  if (vm === undefined) return []
  const entries: MenuEntry[] = [...powerEntries(vms, context), 'separator']
  if (vms.length === 1) {
    entries.unshift(
      { id: 'open', label: 'Open', icon: VmIcon, shortcut: 'Enter', run: () => openVm(refOf(vm)) },
      {
        id: 'console',
        label: 'Open console',
        icon: VmIcon,
        shortcut: 'Ctrl+Shift+O',
        run: () => openVm(refOf(vm), 'console'),
      },
      {
        id: 'consoleWindow',
        label: 'Open console in its own window',
        run: () => openConsoleWindow(vm),
      },
      {
        id: 'screenshot',
        label: 'Save a screenshot…',
        disabledReason: whyNoScreenshot(vm, context),
        run: () => void saveScreenshot(vm),
      },
      'separator',
    )
    entries.splice(
      entries.findIndex((entry) => entry !== 'separator' && entry.id === 'save'),
      0,
      agentEntry(vm, context),
    )
    entries.push(...managementEntries(vm, context))
  } else {
    entries.push(moveEntry(vms, context), deleteEntry(vms, context))
  }
  return entries
}

function whyNoScreenshot(vm: Vm, { hosts }: ActionContext): string | undefined {
  if (hosts[vm.host]?.status.kind !== 'connected') return 'The host is not connected'
  return isActive(vm.state) ? undefined : 'Only possible while the VM runs'
}

function agentEntry(vm: Vm, context: ActionContext): MenuEntry {
  return {
    id: 'askAgent',
    label: 'Ask the guest’s agent…',
    disabledReason: whyNotNow('rebootByAgent', vm, context),
    run: () => openDialog({ kind: 'askAgent', ref: refOf(vm) }),
  }
}

/** To another host; of several VMs all have to be of one host. */
export function moveEntry(vms: readonly Vm[], context: ActionContext): Exclude<MenuEntry, 'separator'> {
  return {
    id: 'move',
    label: 'Move to another host…',
    icon: HostIcon,
    disabledReason: whyNotMoved(vms, context),
    run: () => openDialog({ kind: 'moveVms', refs: vms.map(refOf) }),
  }
}

export function whyNotMoved(vms: readonly Vm[], { hosts, runningByVm }: ActionContext): string | undefined {
  const [first] = vms
  if (!first) return 'Select a virtual machine first'
  const status = hosts[first.host]?.status
  if (status?.kind !== 'connected') return 'The host is not connected'
  if (status.info.isReadOnly) return readOnlyReason
  if (vms.some(({ host }) => host !== first.host)) return 'They are on several hosts: select those of one'
  const task = vms.map(({ host, id }) => runningByVm[`${host}/${id}`]).find((one) => one !== undefined)
  if (task) return `Wait: ${task.title}`
  const others = Object.values(hosts).filter(
    ({ id, status: other }) =>
      id !== first.host && other.kind === 'connected' && other.info.hypervisor === status.info.hypervisor,
  )
  return others.length === 0 ? 'No other host with this hypervisor is connected' : undefined
}

/** Those that run are asked about in the dialog; those that cannot be deleted at all are left out and counted. */
export function deleteEntry(vms: readonly Vm[], context: ActionContext): Exclude<MenuEntry, 'separator'> {
  const able = vms.filter((vm) => whyNotDeleted(vm, context) === undefined)
  const [first] = vms
  const reason = first && able.length === 0 ? whyNotDeleted(first, context) : undefined
  const partly = able.length > 0 && able.length < vms.length ? ` (${able.length} of ${vms.length})` : ''
  return {
    id: 'delete',
    label: `Delete…${partly}`,
    icon: TrashIcon,
    shortcut: 'Delete',
    isDanger: true,
    disabledReason:
      reason === undefined || vms.length === 1
        ? reason
        : `None of the ${vms.length} selected can be deleted. ${reason}`,
    run: () => openDialog({ kind: 'deleteVm', refs: able.map(refOf) }),
  }
}

function whyNotDeleted(vm: Vm, { hosts }: ActionContext): string | undefined {
  const status = hosts[vm.host]?.status
  if (status?.kind !== 'connected') return 'The host is not connected'
  if (status.info.isReadOnly) return readOnlyReason
  if (!status.features.canDelete) return 'This hypervisor cannot do this'
  if (vm.isForeign === true) return foreignReason
  return vm.isTemplate === true ? templateReason : undefined
}

export function managementEntries(vm: Vm, context: ActionContext): MenuEntry[] {
  const status = context.hosts[vm.host]?.status
  const features = status?.kind === 'connected' ? status.features : undefined
  const cannot = (
    isAble: boolean | undefined,
    reason = 'This hypervisor cannot do this',
  ): string | undefined => {
    if (!features) return 'The host is not connected'
    if (status?.kind === 'connected' && status.info.isReadOnly) return readOnlyReason
    if (vm.isForeign === true) return foreignReason
    return isAble ? undefined : reason
  }
  const autostartReason =
    cannot(features?.canAutostart, noAutostartReason) ??
    (vm.isPersistent ? undefined : 'Not possible for a transient VM') ??
    (vm.isTemplate === true && !vm.autostart ? templateReason : undefined)
  return [
    {
      id: 'autostart',
      label: vm.autostart ? 'Turn autostart off' : 'Turn autostart on',
      disabledReason: autostartReason,
      run: () => void setAutostart(vm, !vm.autostart),
    },
    {
      id: 'saveToFile',
      label: 'Save to file…',
      icon: SaveIcon,
      disabledReason:
        cannot(features?.canSave) ??
        (vm.state === 'running' || vm.state === 'paused'
          ? undefined
          : 'Only possible when the VM is running or paused'),
      run: () => openDialog({ kind: 'saveToFile', ref: refOf(vm) }),
    },
    {
      id: 'dumpMemory',
      label: 'Write memory to a file…',
      disabledReason:
        cannot(features?.canSave) ??
        (vm.state === 'running' || vm.state === 'paused'
          ? undefined
          : 'Only possible when the VM is running or paused'),
      run: () => openDialog({ kind: 'dumpMemory', ref: refOf(vm) }),
    },
    {
      id: 'rename',
      label: 'Rename…',
      icon: PencilIcon,
      shortcut: 'F2',
      disabledReason:
        cannot(features?.canRename) ??
        (isActive(vm.state) ? 'Only possible while the VM is shut off' : undefined),
      run: () => openDialog({ kind: 'renameVm', ref: refOf(vm) }),
    },
    ...(vm.isTemplate === true
      ? [
          {
            id: 'from-template',
            label: 'New VM from this template…',
            icon: PlusIcon,
            disabledReason: cannot(true),
            run: () => openDialog({ kind: 'newVmFromTemplate', host: vm.host, template: vm.id }),
          },
        ]
      : []),
    {
      id: 'clone',
      label: 'Clone…',
      icon: CopyIcon,
      shortcut: 'Ctrl+Shift+L',
      disabledReason:
        cannot(true) ?? (vm.isPersistent ? undefined : 'Not possible for a VM that is gone once it stops'),
      run: () => openDialog({ kind: 'cloneVm', ref: refOf(vm) }),
    },
    moveEntry([vm], context),
    {
      id: 'snapshot',
      label: 'Take a snapshot…',
      icon: SnapshotIcon,
      disabledReason: cannot(true),
      run: () => {
        openVm(refOf(vm), 'snapshots')
        openDialog({ kind: 'takeSnapshot', ref: refOf(vm) })
      },
    },
    {
      id: 'export',
      label: 'Export…',
      icon: DownloadIcon,
      // it reads only
      disabledReason: features
        ? vm.isForeign === true
          ? foreignReason
          : undefined
        : 'The host is not connected',
      run: () => openDialog({ kind: 'exportVm', ref: refOf(vm) }),
    },
    {
      id: 'seed',
      label: 'Cloud-init seed…',
      disabledReason:
        cannot(true) ??
        (vm.isPersistent ? undefined : 'Not possible for a VM that is gone once it stops') ??
        (vm.isTemplate === true ? templateReason : undefined),
      run: () => openDialog({ kind: 'cloudSeed', ref: refOf(vm) }),
    },
    {
      id: 'template',
      label: vm.isTemplate === true ? 'No longer a template…' : 'Make it a template…',
      icon: TemplateIcon,
      disabledReason: cannot(true) ?? (vm.isTemplate === true ? undefined : whyNoTemplate(vm)),
      run: () => openDialog({ kind: 'templateMark', ref: refOf(vm) }),
    },
    deleteEntry([vm], context),
  ]
}
