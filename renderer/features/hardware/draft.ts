/**
 * What a user has changed and not applied yet: a list of changes that is kept short by merging, and what a VM looks like
 * with them. Pure, so that it can be tested without a window.
 */
import type { HardwareChange } from '../../../shared/model/hardware/change'
import type { FieldValue, Values } from '../../../shared/model/hardware/field'
import { kindOf } from '../../../shared/model/hardware/kinds'
import type { HardwareItem, HardwareView, ItemRef } from '../../../shared/model/hardware/view'

export type Changes = readonly HardwareChange[]
type SetChange = Extract<HardwareChange, { kind: 'set' }>

export interface ShownItem extends HardwareItem {
  readonly mark?: 'changed' | 'added' | 'removed'
  /** Fields that differ from what is stored. */
  readonly changedFields: ReadonlySet<string>
}

type Basis = Pick<HardwareView, 'items' | 'pending'>

export function isSameRef(a: ItemRef, b: ItemRef): boolean {
  return a.kind === b.kind && a.key === b.key
}

export function isSameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (a === b) return true
  return typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b)
}

/** What is stored and what was changed, together. Removed items stay, marked, so that they can be brought back. */
export function shownItems(basis: Basis, changes: Changes): ShownItem[] {
  const shown = new Map<string, ShownItem>()
  const nameOf = ({ kind, key }: ItemRef): string => `${kind}\n${key}`
  for (const item of basis.items) shown.set(nameOf(item.ref), { ...item, changedFields: none })
  for (const change of changes) {
    if (change.kind === 'add') {
      const ref = { kind: change.device, key: change.key }
      shown.set(nameOf(ref), {
        ref,
        values: change.values,
        hasMore: false,
        mark: 'added',
        changedFields: none,
      })
    } else if (change.kind === 'remove') {
      const item = shown.get(nameOf(change.item))
      if (item) shown.set(nameOf(change.item), { ...item, mark: 'removed' })
    } else if (change.kind === 'set') {
      const item = shown.get(nameOf(change.item))
      if (item) shown.set(nameOf(change.item), marked(item, afterSet(item.ref.kind, item.values, change)))
    } else if (change.kind === 'boot-order') {
      for (const [name, item] of shown) shown.set(name, inOrder(item, change.order))
    } else if (change.kind === 'as-running') {
      for (const { item: ref, what } of basis.pending) {
        if (!coversPending(change, ref, what.kind === 'changed' ? what.field : undefined)) continue
        const item = shown.get(nameOf(ref))
        if (!item) continue
        if (what.kind === 'added') shown.set(nameOf(ref), { ...item, mark: 'removed' })
        else if (what.kind === 'changed')
          shown.set(nameOf(ref), marked(item, withValue(item.values, what.field, what.now)))
      }
    }
  }
  return [...shown.values()]

  function marked(item: ShownItem, values: Values): ShownItem {
    if (item.mark === 'added') return { ...item, values }
    const stored = basis.items.find(({ ref }) => isSameRef(ref, item.ref))?.values ?? {}
    const fields = new Set(
      [...Object.keys(stored), ...Object.keys(values)].filter((id) => !isSameValue(stored[id], values[id])),
    )
    return {
      ...item,
      values,
      changedFields: fields,
      ...(fields.size > 0 ? { mark: 'changed' as const } : {}),
    }
  }
}

const none: ReadonlySet<string> = new Set()

/** Devices get their places without being marked: it is the boot page that was changed. */
function inOrder(item: ShownItem, order: readonly ItemRef[]): ShownItem {
  if (item.ref.kind === 'boot')
    return { ...item, values: withValue(item.values, 'legacyBoot', undefined), mark: 'changed' }
  if (!canBoot(item)) return item
  const at = order.findIndex((ref) => isSameRef(ref, item.ref))
  return { ...item, values: withValue(item.values, 'bootOrder', at === -1 ? undefined : at + 1) }
}

/** Whether the firmware can be told to start from it. */
export function canBoot({ ref, values }: Pick<HardwareItem, 'ref' | 'values'>): boolean {
  const field = kindOf(ref.kind)?.fields['bootOrder']
  return field !== undefined && (field.when?.(values) ?? true)
}

/** Whether taking back (`as-running`) reaches what waits of an item. */
export function coversPending(
  change: Extract<HardwareChange, { kind: 'as-running' }>,
  ref: ItemRef,
  field: string | undefined,
): boolean {
  return (
    (change.item === undefined || isSameRef(change.item, ref)) &&
    (change.field === undefined || change.field === field)
  )
}

/** As main does it: fields that stop to make sense beside the new values go, unless they were set just now. */
function afterSet(kindId: string, before: Values, change: Pick<SetChange, 'values' | 'unset'>): Values {
  let after: Values = { ...before, ...change.values }
  for (const id of change.unset ?? []) after = withValue(after, id, undefined)
  for (const [id, field] of Object.entries(kindOf(kindId)?.fields ?? {})) {
    if (!field.when || after[id] === undefined || id in change.values) continue
    if (field.when(before) && !field.when(after)) after = withValue(after, id, undefined)
  }
  return after
}

function withValue(values: Values, id: string, value: FieldValue | undefined): Values {
  const { [id]: _, ...rest } = values
  return value === undefined ? rest : { ...rest, [id]: value }
}

/** Sets (or, with undefined, unsets) fields of an item; what comes to nothing leaves no change behind. */
export function editItem(basis: Basis, changes: Changes, ref: ItemRef, edits: Values): Changes {
  const addedAt = changes.findIndex(
    (change) => change.kind === 'add' && change.key === ref.key && change.device === ref.kind,
  )
  const added = changes[addedAt]
  if (added?.kind === 'add') {
    const fresh = Object.fromEntries(
      Object.entries({ ...added.values, ...edits }).filter(([, value]) => value !== undefined),
    )
    const kept = Object.fromEntries(Object.entries(fresh).filter(([id]) => makesSense(ref.kind, id, fresh)))
    return changes.with(addedAt, { ...added, values: sendable(kept) })
  }
  const at = changes.findIndex((change) => change.kind === 'set' && isSameRef(change.item, ref))
  const existing = changes[at]
  const others = changes.filter((_, index) => index !== at)
  const before = shownItems(basis, others).find((item) => isSameRef(item.ref, ref))?.values ?? {}
  const draft = new Map<string, FieldValue | undefined>()
  if (existing?.kind === 'set') {
    for (const [id, value] of Object.entries(existing.values)) draft.set(id, value)
    for (const id of existing.unset ?? []) draft.set(id, undefined)
  }
  for (const [id, value] of Object.entries(edits)) draft.set(id, value)
  for (const [id, value] of draft) if (isSameValue(before[id], value)) draft.delete(id)
  const next = afterSet(ref.kind, before, splitDraft(draft))
  // typed for a choice that was taken back
  for (const [id, value] of draft) {
    if (value !== undefined && !makesSense(ref.kind, id, next)) draft.delete(id)
  }
  const { values, unset } = splitDraft(draft)
  if (draft.size === 0) return others
  const change: SetChange = { kind: 'set', item: ref, values, ...(unset.length > 0 ? { unset } : {}) }
  // what is said of a place after the order was made counts more than the order
  const isLater = bootFields.some((id) => id in edits) && others.some(({ kind }) => kind === 'boot-order')
  if (isLater) return [...others, change]
  return at === -1 ? [...changes, change] : changes.with(at, change)
}

function splitDraft(draft: ReadonlyMap<string, FieldValue | undefined>) {
  const set = [...draft].filter((pair): pair is [string, FieldValue] => pair[1] !== undefined)
  return {
    // the contract's lists are mutable, ours are not
    values: Object.fromEntries(set) as SetChange['values'],
    unset: [...draft].filter(([, value]) => value === undefined).map(([id]) => id),
  }
}

function makesSense(kindId: string, id: string, values: Values): boolean {
  return kindOf(kindId)?.fields[id]?.when?.(values) ?? true
}

/** Values as the contract takes them. */
export function sendable(values: Values): SetChange['values'] {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as SetChange['values']
}

export function addDevice(changes: Changes, device: string, key: string, values: Values): Changes {
  return [...changes, { kind: 'add', device, key, values: sendable(values) }]
}

/** A name of our own for a new device, which no item has. */
export function newKey(changes: Changes): string {
  let number = 1
  const taken = new Set(changes.flatMap((change) => ('key' in change ? [change.key] : [])))
  while (taken.has(`new-${number}`)) number += 1
  return `new-${number}`
}

export function removeItem(changes: Changes, ref: ItemRef): Changes {
  const isAdded = changes.some(
    (change) => (change.kind === 'add' || change.kind === 'add-xml') && change.key === ref.key,
  )
  const rest = changes.flatMap((change): HardwareChange[] => {
    if (change.kind === 'set' || change.kind === 'remove' || change.kind === 'as-running')
      return change.item && isSameRef(change.item, ref) ? [] : [change]
    if (change.kind === 'add' || change.kind === 'add-xml') return change.key === ref.key ? [] : [change]
    if (change.kind === 'boot-order')
      return [{ ...change, order: change.order.filter((one) => !isSameRef(one, ref)) }]
    return [change]
  })
  return isAdded ? rest : [...rest, { kind: 'remove', item: { ...ref } }]
}

export function undoRemove(changes: Changes, ref: ItemRef): Changes {
  return changes.filter((change) => change.kind !== 'remove' || !isSameRef(change.item, ref))
}

export function undoChange(changes: Changes, index: number): Changes {
  const undone = changes[index]
  const rest = changes.toSpliced(index, 1)
  return undone?.kind === 'add' || undone?.kind === 'add-xml'
    ? rest.filter((change) => change.kind !== 'set' || change.item.key !== undone.key)
    : rest
}

const bootFields = ['bootOrder', 'legacyBoot']

/** One order at a time; it replaces what was said of places one by one. */
export function setBootOrder(changes: Changes, order: readonly ItemRef[]): Changes {
  return [...undoBootOrder(changes), { kind: 'boot-order', order: order.map((ref) => ({ ...ref })) }]
}

/** Places as they are stored. */
export function undoBootOrder(changes: Changes): Changes {
  return changes.flatMap((change): HardwareChange[] => {
    if (change.kind === 'boot-order') return []
    if (change.kind !== 'set' && change.kind !== 'add') return [change]
    const kept = Object.entries(change.values).filter(([id]) => !bootFields.includes(id))
    const values = Object.fromEntries(kept) as SetChange['values']
    if (change.kind === 'add') return [{ ...change, values }]
    const { unset: before = [], ...rest } = change
    const unset = before.filter((id) => !bootFields.includes(id))
    if (kept.length === 0 && unset.length === 0) return []
    return [{ ...rest, values, ...(unset.length > 0 ? { unset } : {}) }]
  })
}

/** Takes back what waits for the next start: of one field, one item, or all. */
export function revertPending(changes: Changes, item?: ItemRef, field?: string): Changes {
  if (item === undefined)
    return [...changes.filter((change) => change.kind !== 'as-running'), { kind: 'as-running' }]
  return [...changes, { kind: 'as-running', item: { ...item }, ...(field === undefined ? {} : { field }) }]
}

/** How many things a user has changed: fields count one by one. */
export function countChanges(changes: Changes): number {
  return changes.reduce(
    (sum, change) =>
      sum + (change.kind === 'set' ? Object.keys(change.values).length + (change.unset?.length ?? 0) : 1),
    0,
  )
}

/**
 * The same changes on a newer view: what no longer has its item is lost, what is stored already is done. The order of
 * the rest stays.
 */
export function rebase(view: Basis, changes: Changes): { changes: Changes; lost: Changes } {
  const lost: HardwareChange[] = []
  const exists = (ref: ItemRef): boolean => view.items.some((item) => isSameRef(item.ref, ref))
  const isOurs = (ref: ItemRef): boolean =>
    changes.some((change) => (change.kind === 'add' || change.kind === 'add-xml') && change.key === ref.key)
  const kept = changes.flatMap((change): HardwareChange[] => {
    switch (change.kind) {
      case 'remove':
        // it is gone already, which is what was wanted
        return exists(change.item) ? [change] : []
      case 'set': {
        if (isOurs(change.item)) return [change]
        if (!exists(change.item)) {
          lost.push(change)
          return []
        }
        const unset = Object.fromEntries((change.unset ?? []).map((id) => [id, undefined]))
        return [...editItem(view, [], change.item, { ...change.values, ...unset })]
      }
      case 'as-running':
        return view.pending.length > 0 ? [change] : []
      case 'boot-order':
        return [{ ...change, order: change.order.filter((ref) => exists(ref) || isOurs(ref)) }]
      case 'add':
      case 'add-xml':
      case 'definition':
        return [change]
    }
  })
  return { changes: kept, lost }
}
