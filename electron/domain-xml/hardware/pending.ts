/** What differs between the running guest and what its next start will use. */
import type { Field, Values } from '../../../shared/model/hardware/field'
import type { PendingDifference } from '../../../shared/model/hardware/view'
import type { EditElement } from '../edit/tree'
import { findItems, isSameItem, readValues, type PlacedItem } from './items'

/** The same item of the running guest: by name, or for numbered ones by what it is when the numbers have shifted. */
export function findRunning(item: PlacedItem, running: readonly PlacedItem[]): PlacedItem | undefined {
  return running.find((one) => isSameItem(one.ref, item.ref))
}

export function pendingDifferences(stored: EditElement, running: EditElement): PendingDifference[] {
  const now = findItems(running)
  const next = findItems(stored)
  const differences: PendingDifference[] = []
  for (const item of next) {
    const twin = findRunning(item, now)
    if (!twin) {
      differences.push({ item: item.ref, what: { kind: 'added' } })
      continue
    }
    const [nowValues, nextValues] = [readValues(twin), readValues(item)]
    for (const [id, field] of Object.entries(item.binding.kind.fields)) {
      if (isSetByRunning(field, nowValues, nextValues, id) || isSame(nowValues[id], nextValues[id])) continue
      if (item.binding.kind.isMadeFrom?.(id, nowValues, nextValues)) continue
      differences.push({
        item: item.ref,
        what: { kind: 'changed', field: id, now: nowValues[id], next: nextValues[id] },
      })
    }
  }
  for (const item of now) {
    if (!findRunning(item, next)) differences.push({ item: item.ref, what: { kind: 'removed' } })
  }
  return differences
}

/** What the hypervisor fills in when it starts a guest is no difference: the next start fills it in anew. */
function isSetByRunning(field: Field, now: Values, next: Values, id: string): boolean {
  return (
    field.isReadOnly === true ||
    (field.isFilledIn === true && now[id] !== undefined && next[id] === undefined)
  )
}

function isSame(a: Values[string], b: Values[string]): boolean {
  return (
    a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
  )
}
