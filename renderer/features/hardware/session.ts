import { createContext, useContext, useMemo } from 'react'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import { effectOf } from '../../../shared/model/hardware/effects'
import { problemOf, type Values } from '../../../shared/model/hardware/field'
import type { CheckContext, Fix, HardwareContext, Problem } from '../../../shared/model/hardware/kind'
import { kindOf } from '../../../shared/model/hardware/kinds'
import type { ChangeEffect, HardwareView, ItemRef } from '../../../shared/model/hardware/view'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import { useHost } from '../../stores/hosts'
import { useVm } from '../../stores/vms'
import { addDevice, editItem, isSameRef, newKey, shownItems, type Changes, type ShownItem } from './draft'
import { useGuestCapabilities, useHostChoices } from '../../form/host-data'
import { usePlace } from './place'
import { hardwareOf, putChanges, useVmHardware, type VmHardware } from './store'
import { whyLocked } from './locked'

/** All that the pages and dialogs of one VM's hardware go by: what is stored, what was changed, and what follows. */
export interface HardwareSession {
  readonly target: VmRef
  readonly key: string
  readonly state: VmHardware
  readonly view: HardwareView
  readonly changes: Changes
  /** With the changes; removed ones are marked. */
  readonly items: readonly ShownItem[]
  /** With the changes, without what was removed: what rules go by. */
  readonly context: HardwareContext
  /** As stored: what effects go by. */
  readonly storedContext: HardwareContext
  /** Why nothing can be changed now. */
  readonly lockedReason?: string
}

export const SessionContext = createContext<HardwareSession | undefined>(undefined)

export function useSession(): HardwareSession {
  const session = useContext(SessionContext)
  if (!session) throw new Error('Hardware is drawn outside of its page')
  return session
}

/** Undefined until the VM's hardware has been read. */
export function useHardwareSession(target: VmRef): HardwareSession | undefined {
  const key = vmKey(target)
  const state = useVmHardware(key)
  const host = useHost(target.host)
  const vm = useVm(key)
  const { view, changes } = state
  const isConnected = host?.status.kind === 'connected'
  const capabilities = useGuestCapabilities(target.host, view?.guest, isConnected)
  const macs = useHostChoices(target.host, isConnected).value?.macs.items
  const info = host?.status.kind === 'connected' ? host.status.info : undefined
  const usualNetwork = host?.usualNetwork
  const forwardsItself = host?.uri.startsWith('qemu-direct') === true
  const { isDraft } = usePlace()
  const lockedReason = whyLocked(host, view, isDraft || vm !== undefined, vm)

  const items = useMemo(() => (view ? shownItems(view, changes) : []), [view, changes])
  const storedContext = useMemo((): HardwareContext | undefined => {
    if (!view) return undefined
    const others = macs?.filter(({ vmName }) => vmName !== view.name).map(({ mac }) => mac)
    return {
      ...view.guest,
      isRunning: view.isRunning,
      items: view.items,
      ...(info ? { hostCpus: info.cpuCount, hostMemoryBytes: info.memoryBytes } : {}),
      ...(others ? { otherMacs: others } : {}),
      ...(usualNetwork === undefined ? {} : { usualNetwork }),
      ...(forwardsItself ? { forwardsItself } : {}),
      ...(capabilities ? { capabilities } : {}),
    }
  }, [view, macs, info, capabilities, usualNetwork, forwardsItself])
  return useMemo(() => {
    if (!view || !storedContext) return undefined
    return {
      target,
      key,
      state,
      view,
      changes,
      items,
      storedContext,
      context: { ...storedContext, items: items.filter(({ mark }) => mark !== 'removed') },
      ...(lockedReason === undefined ? {} : { lockedReason }),
    }
    // `target` is made anew at each drawing; `key` says the same
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key, state, view, changes, items, storedContext, lockedReason])
}

/** Sets fields of an item; undefined unsets. */
export function edit(session: Pick<HardwareSession, 'key' | 'view'>, ref: ItemRef, values: Values): void {
  putChanges(session.key, editItem(session.view, hardwareOf(session.key).changes, ref, values))
}

/** Does what a problem's button offers. */
export function applyFix(session: Pick<HardwareSession, 'key' | 'view'>, fixes: readonly Fix[]): void {
  let { changes } = hardwareOf(session.key)
  for (const fix of fixes) {
    if (fix.kind === 'add') {
      changes = addDevice(changes, fix.device, newKey(changes), fix.values)
    } else {
      const unset = Object.fromEntries((fix.unset ?? []).map((id) => [id, undefined]))
      changes = editItem(session.view, changes, fix.item, { ...fix.values, ...unset })
    }
  }
  putChanges(session.key, changes)
}

/** What a kind's own rules find about an item as it is shown. */
export function problemsOf(item: ShownItem, context: HardwareContext): readonly Problem[] {
  const kind = kindOf(item.ref.kind)
  const check: CheckContext = { ...context, self: item.ref }
  return kind?.check?.(item.values, check) ?? []
}

/** What is wrong with what was entered in a field, as long as it is shown. */
export function fieldProblem(item: ShownItem, id: string): string | undefined {
  const field = kindOf(item.ref.kind)?.fields[id]
  if (!field || field.isReadOnly) return undefined
  if (item.mark !== 'added' && !item.changedFields.has(id)) return undefined
  if (field.when && !field.when(item.values)) return undefined
  return problemOf(field, item.values[id])
}

export interface Blocker {
  readonly item: ItemRef
  readonly field?: string
  readonly message: string
}

/** What keeps the changes from being applied; oddities of items that nobody touches do not. */
export function blockersOf({ items, context }: Pick<HardwareSession, 'items' | 'context'>): Blocker[] {
  return items.flatMap((item): Blocker[] => {
    if (item.mark !== 'added' && item.mark !== 'changed') return []
    const kind = kindOf(item.ref.kind)
    const fields = Object.keys(kind?.fields ?? {}).flatMap((id): Blocker[] => {
      const message = fieldProblem(item, id)
      return message === undefined ? [] : [{ item: item.ref, field: id, message }]
    })
    const rules = problemsOf(item, context)
      .filter(({ severity }) => severity === 'error')
      .map(
        ({ message, field, item: other }): Blocker => ({
          item: other ?? item.ref,
          message,
          ...(field === undefined ? {} : { field }),
        }),
      )
    return [...fields, ...rules]
  })
}

export function effectsOf(
  changes: readonly HardwareChange[],
  session: Pick<HardwareSession, 'storedContext'>,
  when: 'now' | 'next-start',
): ChangeEffect[] {
  return changes.map((change) => effectOf(change, session.storedContext, when))
}

/** When a change of this one field would take effect. */
export function fieldEffect(
  session: Pick<HardwareSession, 'storedContext'>,
  item: ShownItem,
  id: string,
  when: 'now' | 'next-start',
): ChangeEffect {
  const value = item.values[id]
  const change: HardwareChange = {
    kind: 'set',
    item: { ...item.ref },
    values: {},
    ...(value === undefined ? { unset: [id] } : {}),
  }
  if (value !== undefined) change.values = { [id]: value }
  return effectOf(change, session.storedContext, when)
}

export function findItem(items: readonly ShownItem[], ref: ItemRef): ShownItem | undefined {
  return items.find((item) => isSameRef(item.ref, ref))
}
