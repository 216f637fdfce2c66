import { errorData, type ErrorData } from '../../../shared/errors'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import { changeTitle } from '../../../shared/model/hardware/title'
import type { HardwareItem, ItemRef } from '../../../shared/model/hardware/view'
import type { VmRef } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { closeDialog, openDialog } from '../../stores/dialogs'
import { showToast } from '../../stores/toasts'
import type { HardwareSession } from './session'
import { hardwareOf, pageOf, putHardware } from './store'
import { readHardware } from './use-hardware-view'

/** Applies what was changed. A refusal is put at its field and nothing that was entered is lost. */
export async function applyDraft(session: HardwareSession): Promise<void> {
  const { key, target, view, items } = session
  const { changes, base = view.base, when, isApplying } = hardwareOf(key)
  if (isApplying || changes.length === 0) return
  putHardware(key, { isApplying: true, failure: undefined, outcome: undefined })
  try {
    const outcome = await api.hardware.apply({ ...target, base, changes: [...changes], when })
    if (outcome.kind === 'conflict') {
      openDialog({ kind: 'hardwareConflict', ref: target, conflict: outcome })
      await readHardware(target)
      return
    }
    const lines = outcome.results.map((result, index) => {
      const change = changes[index]
      return { ...result, title: change ? changeTitle(change, items) : '' }
    })
    closeDialog()
    putHardware(key, { changes: [], base: undefined })
    const before = view.items
    await readHardware(target)
    showFirstNew(key, changes, before)
    const late = lines.filter((line) => line.when !== 'now')
    if (view.isRunning && late.length > 0) putHardware(key, { outcome: late })
    else showToast({ tone: 'success', title: `${view.name}: ${doneText(lines.length)}` })
  } catch (reason) {
    const error = errorData(reason)
    const item = itemWith(changes, error)
    closeDialog()
    putHardware(key, {
      failure: { error, ...(item ? { item } : {}) },
      ...(item ? { page: pageOf(item) } : {}),
    })
  } finally {
    putHardware(key, { isApplying: false })
  }
}

function doneText(count: number): string {
  return count === 1 ? 'the change was applied' : `${count} changes were applied`
}

/** The device that was added is the one to look at. */
function showFirstNew(
  key: string,
  changes: readonly HardwareChange[],
  before: readonly HardwareItem[],
): void {
  if (!changes.some(({ kind }) => kind === 'add' || kind === 'add-xml')) return
  const known = new Set(before.map(({ ref }) => pageOf(ref)))
  const fresh = hardwareOf(key).view?.items.find(({ ref }) => !known.has(pageOf(ref)))
  const { page } = hardwareOf(key)
  if (fresh && page?.includes('new-')) putHardware(key, { page: pageOf(fresh.ref) })
}

function itemWith(changes: readonly HardwareChange[], { field }: ErrorData): ItemRef | undefined {
  if (field === undefined) return undefined
  for (const change of changes) {
    if (change.kind === 'set' && (field in change.values || change.unset?.includes(field))) return change.item
    if (change.kind === 'add' && field in change.values) return { kind: change.device, key: change.key }
  }
  return undefined
}

/** Reads the definition with other changes than those of the forms, such as a text from the XML page. */
export async function applyOther(
  target: VmRef,
  base: string,
  changes: readonly HardwareChange[],
): Promise<'applied' | 'conflict'> {
  const outcome = await api.hardware.apply({ ...target, base, changes: [...changes], when: 'next-start' })
  if (outcome.kind === 'conflict') {
    openDialog({ kind: 'hardwareConflict', ref: target, conflict: outcome })
    return 'conflict'
  }
  return 'applied'
}
