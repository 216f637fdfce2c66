import { errorData } from '../../../shared/errors'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import { changeTitle } from '../../../shared/model/hardware/title'
import type { ApplyOutcome, HardwareItem } from '../../../shared/model/hardware/view'
import type { VmRef } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { closeDialog, openDialog } from '../../stores/dialogs'
import { answeredByTask } from '../../stores/task-claims'
import { expectOtherUses } from '../../form/host-data'
import { placeOfRefusal } from './refusal'
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
    const outcome = await send(target, base, changes, when)
    if (outcome.kind === 'conflict') {
      openDialog({ kind: 'hardwareConflict', ref: target, conflict: outcome })
      await readHardware(target)
      return
    }
    const lines = outcome.results.map((result, index) => {
      const change = changes[index]
      const title = change ? changeTitle(change, items) : ''
      return result.canBeForced && change?.kind === 'set'
        ? { ...result, title, forced: { ...change, isForced: true as const } }
        : { ...result, title }
    })
    closeDialog()
    expectOtherUses(target.host)
    putHardware(key, { changes: [], base: undefined })
    const before = view.items
    await readHardware(target)
    showFirstNew(key, changes, before)
    // what was announced for the next start is in the list of what waits; what came otherwise is said
    const late = lines.filter((line) => line.whyNotNow !== undefined)
    if (late.length > 0) putHardware(key, { outcome: late })
    const waits = view.isRunning && lines.every((line) => line.when === 'next-start')
    putHardware(key, { done: doneText(lines.length, waits) })
  } catch (reason) {
    const failure = placeOfRefusal(changes, items, errorData(reason))
    closeDialog()
    putHardware(key, { failure, ...(failure.item ? { page: pageOf(failure.item) } : {}) })
  } finally {
    putHardware(key, { isApplying: false })
  }
}

/** What the task says when it fails is said where the changes are, not by a toast as well. */
function send(
  target: VmRef,
  base: string,
  changes: readonly HardwareChange[],
  when: 'now' | 'next-start',
): Promise<ApplyOutcome> {
  return answeredByTask(
    (task) => task.kind === 'vm.hardware' && task.host === target.host && task.vm === target.vm,
    () => api.hardware.apply({ ...target, base, changes: [...changes], when }),
  )
}

function doneText(count: number, waits: boolean): string {
  const what = count === 1 ? 'The change' : `${count} changes`
  return waits ? `${what} stored for the next start` : `${what} applied`
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

/** Applies other changes than those of the forms: a text from the XML page, or a definition from the history. */
export async function applyOther(
  target: VmRef,
  base: string,
  changes: readonly HardwareChange[],
): Promise<'applied' | 'conflict'> {
  const outcome = await send(target, base, changes, 'next-start')
  if (outcome.kind === 'conflict') {
    openDialog({ kind: 'hardwareConflict', ref: target, conflict: outcome })
    return 'conflict'
  }
  expectOtherUses(target.host)
  return 'applied'
}
