import { useMemo } from 'react'
import type { ErrorData } from '../../../shared/errors'
import type { Kind } from '../../../shared/model/hardware/kind'
import { isSameRef, type ShownItem } from './draft'
import { hardwareParts } from './hardware-parts'
import type { HardwareScope } from './hardware-scope'
import { applyFix, edit, fieldEffect, fieldProblem, problemsOf, type HardwareSession } from './session'

/** What the form of one item reads and writes. */
export function useItemScope(session: HardwareSession, item: ShownItem, kind: Kind): HardwareScope {
  return useMemo(() => {
    const { view, state, context, lockedReason } = session
    const stored = view.items.find(({ ref }) => isSameRef(ref, item.ref))
    const { failure } = state
    const isRefused = failure?.item !== undefined && isSameRef(failure.item, item.ref)
    const whyOff = lockedReason ?? (item.mark === 'removed' ? 'This is to be removed' : undefined)
    return {
      ...hardwareParts,
      target: session.target,
      kind,
      item: item.ref,
      values: item.values,
      context,
      set: (values) => edit(session, item.ref, values),
      ...(whyOff === undefined ? {} : { disabledReason: whyOff }),
      problemAt: (id) =>
        fieldProblem(item, id) ??
        (isRefused && failure.error.field === id ? refusalText(failure.error) : undefined),
      problems: problemsOf(item, context),
      fix: (fixes) => applyFix(session, fixes),
      addDevices: (device, all) =>
        applyFix(
          session,
          all.map((values) => ({ kind: 'add', device, values })),
        ),
      isChanged: (id) => item.changedFields.has(id),
      ...(stored ? { undo: (id: string) => edit(session, item.ref, { [id]: stored.values[id] }) } : {}),
      waitingAt: (id) => {
        if (!view.isRunning || !item.changedFields.has(id)) return undefined
        const effect = fieldEffect(session, item, id, state.when)
        return effect.when === 'now' ? undefined : effect.why
      },
      runningAt: (id) => {
        const found = view.pending.find(
          ({ item: ref, what }) => isSameRef(ref, item.ref) && what.kind === 'changed' && what.field === id,
        )
        return found?.what.kind === 'changed' ? { value: found.what.now } : undefined
      },
    }
  }, [session, item, kind])
}

function refusalText({ message, cure }: ErrorData): string {
  return cure === undefined ? message : `${message}. ${cure}`
}
