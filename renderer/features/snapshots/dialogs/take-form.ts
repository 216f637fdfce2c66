import type { VmRef } from '../../../../shared/model/ids'
import {
  createSnapshotInput,
  snapshotName,
  type CreateSnapshotInput,
} from '../../../../shared/model/snapshots/inputs'
import type { SnapshotDiskChoice, SnapshotView } from '../../../../shared/model/snapshots/snapshot'

export type DiskKind = 'none' | 'internal' | 'external'

/** What the user has chosen; what is absent is as usual. */
export interface TakeForm {
  readonly name?: string
  readonly description: string
  readonly kind?: 'internal' | 'external'
  readonly withMemory?: boolean
  readonly memoryFile: string
  readonly live?: boolean
  readonly quiesce?: boolean
  readonly reuse: boolean
  /** The name of a snapshot that is to be replaced; with another name it counts no more. */
  readonly replaces?: string
  readonly disks: Readonly<Record<string, { readonly kind?: DiskKind; readonly file?: string }>>
}

export const emptyForm: TakeForm = { description: '', memoryFile: '', reuse: false, disks: {} }

/** The form with what is usual in the place of what was not chosen, and without what does not go together. */
export function completed(form: TakeForm, view: SnapshotView): Omit<CreateSnapshotInput, 'host' | 'vm'> {
  const kind = form.kind ?? view.usual ?? 'external'
  const isExternal = kind === 'external'
  const withMemory = isExternal && view.offers.memory.isAllowed && (form.withMemory ?? true)
  const memoryFile = form.memoryFile.trim()
  const name = form.name ?? view.nextName
  return {
    name,
    ...(form.replaces === name && isTaken(view, name) ? { replace: true } : {}),
    description: form.description,
    kind,
    withMemory,
    ...(withMemory && memoryFile !== '' ? { memoryFile } : {}),
    // the agent freezes file systems for a copy of disks; memory holds what is not yet written
    quiesce: isExternal && !withMemory && view.offers.quiesce.isAllowed && (form.quiesce ?? true),
    live: withMemory && view.offers.live.isAllowed && (form.live ?? true),
    reuse: isExternal && form.reuse,
    disks: view.disks.flatMap((disk) => {
      const chosen = form.disks[disk.target]
      const diskKind = kindOf(form, disk, kind)
      const file = diskKind === 'external' ? (chosen?.file ?? '').trim() : ''
      if (diskKind === disk.usual[kind] && file === '') return []
      return [{ target: disk.target, kind: diskKind, ...(file === '' ? {} : { file }) }]
    }),
  }
}

function isTaken({ snapshots }: SnapshotView, name: string): boolean {
  return snapshots.some((snapshot) => snapshot.name === name)
}

/** What becomes of a disk; what was chosen for the other kind of snapshot does not count. */
export function kindOf(form: TakeForm, disk: SnapshotDiskChoice, kind: 'internal' | 'external'): DiskKind {
  const chosen = form.disks[disk.target]?.kind
  return chosen === 'none' || chosen === kind ? chosen : disk.usual[kind]
}

/** What keeps the form from being sent, by its field. */
export function problemsOf(
  ref: VmRef,
  form: TakeForm,
  view: SnapshotView,
): { readonly name?: string | undefined; readonly other?: string | undefined } {
  const wish = completed(form, view)
  const name = snapshotName.safeParse(wish.name)
  if (!name.success) return { name: name.error.issues[0]?.message }
  if (wish.replace !== true && isTaken(view, wish.name))
    return { name: `There is a snapshot ${wish.name} already` }
  const all = createSnapshotInput.safeParse({ ...ref, ...wish })
  if (!all.success) return { other: all.error.issues[0]?.message }
  const kept = view.disks.some((disk) => kindOf(form, disk, wish.kind) !== 'none')
  return kept || wish.withMemory ? {} : { other: 'Every disk is left out: nothing would be kept' }
}
