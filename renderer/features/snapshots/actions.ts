import type { VmRef } from '../../../shared/model/ids'
import type { Snapshot } from '../../../shared/model/snapshots/snapshot'
import { openDialog } from '../../stores/dialogs'
import { CopyIcon, PencilIcon, TrashIcon } from '../../ui/icons/general'
import { UndoIcon } from '../../ui/icons/hardware'
import type { MenuEntry } from '../../ui/Menu'
import { whyRefused } from './words'

type Entry = Exclude<MenuEntry, 'separator'>

/** What can be done with one snapshot; buttons, menu and keys are drawn from it. */
export function snapshotEntries(
  ref: VmRef,
  { name, actions, disks }: Snapshot,
  lockedReason: string | undefined,
): Record<'revert' | 'clone' | 'edit' | 'delete' | 'deleteWithChildren' | 'forget', Entry> {
  return {
    revert: {
      id: 'revert',
      label: 'Go back to it…',
      icon: UndoIcon,
      disabledReason: lockedReason ?? whyRefused(actions.revert),
      run: () => openDialog({ kind: 'revertSnapshot', ref, name }),
    },
    clone: {
      id: 'clone',
      label: 'New VM from it…',
      icon: CopyIcon,
      disabledReason:
        lockedReason ??
        (disks.some(({ kind }) => kind !== 'none') ? undefined : 'It keeps nothing of any disk'),
      run: () => openDialog({ kind: 'cloneVm', ref, snapshot: name }),
    },
    edit: {
      id: 'edit',
      label: 'Edit…',
      icon: PencilIcon,
      shortcut: 'F2',
      disabledReason: lockedReason ?? whyRefused(actions.edit),
      run: () => openDialog({ kind: 'editSnapshot', ref, name }),
    },
    delete: {
      id: 'delete',
      label: 'Delete…',
      icon: TrashIcon,
      shortcut: 'Delete',
      isDanger: true,
      disabledReason: lockedReason ?? whyRefused(actions.delete),
      run: () => openDialog({ kind: 'deleteSnapshots', ref, names: [name] }),
    },
    deleteWithChildren: {
      id: 'deleteWithChildren',
      label: 'Delete with all made after it…',
      isDanger: true,
      disabledReason: lockedReason ?? whyRefused(actions.deleteWithChildren),
      run: () => openDialog({ kind: 'deleteSnapshots', ref, names: [name], withChildren: true }),
    },
    forget: {
      id: 'forget',
      label: 'Forget, and leave its data…',
      disabledReason: lockedReason ?? whyRefused(actions.forget),
      run: () => openDialog({ kind: 'deleteSnapshots', ref, names: [name], metadataOnly: true }),
    },
  }
}

export function menuEntries(ref: VmRef, snapshot: Snapshot, lockedReason: string | undefined): MenuEntry[] {
  const entries = snapshotEntries(ref, snapshot, lockedReason)
  return [
    entries.revert,
    entries.clone,
    entries.edit,
    'separator',
    entries.delete,
    entries.deleteWithChildren,
    entries.forget,
  ]
}
