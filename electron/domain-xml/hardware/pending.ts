/** What differs between the running guest and what its next start will use. */
import type { Field, Values } from '../../../shared/model/hardware/field'
import type { ItemRef, PendingDifference } from '../../../shared/model/hardware/view'
import type { EditElement } from '../edit/tree'
import { findItems, isSameValue, readValues, type PlacedItem } from './items'
import { isNumbered, pairTwins } from './twins'

export function pendingDifferences(stored: EditElement, running: EditElement): PendingDifference[] {
  const next = findItems(stored)
  const { runningOf, runningOnly } = pairTwins(next, findItems(running))
  const differences: PendingDifference[] = []
  for (const item of next) {
    const twin = runningOf.get(item)
    if (!twin) {
      differences.push({ item: item.ref, what: { kind: 'added' } })
      continue
    }
    const [nowValues, nextValues] = [readValues(twin), readValues(item)]
    for (const [id, field] of Object.entries(item.binding.kind.fields)) {
      if (isSetByRunning(field, nowValues, nextValues, id) || isSameValue(nowValues[id], nextValues[id]))
        continue
      if (item.binding.kind.isMadeFrom?.(id, nowValues, nextValues)) continue
      differences.push({
        item: item.ref,
        what: { kind: 'changed', field: id, now: nowValues[id], next: nextValues[id] },
      })
    }
  }
  for (const item of runningOnly) differences.push({ item: leavingRef(item), what: { kind: 'removed' } })
  return differences
}

/** Of numbered items the number may be that of another one in the stored definition. */
export function leavingRef(item: PlacedItem): ItemRef {
  return isNumbered(item) ? { ...item.ref, key: `running ${item.ref.key}` } : item.ref
}

/** What the hypervisor fills in when it starts a guest is no difference: the next start fills it in anew. */
function isSetByRunning(field: Field, now: Values, next: Values, id: string): boolean {
  return (
    field.isReadOnly === true ||
    (field.isFilledIn === true && now[id] !== undefined && next[id] === undefined)
  )
}
