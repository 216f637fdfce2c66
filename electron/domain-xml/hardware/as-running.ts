/** Takes back what waits for the next start: the stored definition becomes what runs now, for one field, item or all. */
import { AppError } from '../../../shared/errors'
import type { ItemRef } from '../../../shared/model/hardware/view'
import type { EditDocument } from '../edit/tree'
import { writeField } from './field-xml'
import { findItems, isSameItem, readValues, type PlacedItem } from './items'
import { leavingRef, pendingDifferences } from './pending'
import { pairTwins } from './twins'

export function takeAsRunning(
  stored: EditDocument,
  running: EditDocument,
  ref: ItemRef | undefined,
  field: string | undefined,
): void {
  // one field taken back may leave another that only stood beside it
  for (let rounds = 0; rounds < 3 && takeOnce(stored, running, ref, field); rounds += 1);
}

/** Whether there was anything to take back. */
function takeOnce(
  stored: EditDocument,
  running: EditDocument,
  ref: ItemRef | undefined,
  field: string | undefined,
): boolean {
  const differences = pendingDifferences(stored.root, running.root).filter(
    ({ item, what }) =>
      (ref === undefined || isSameItem(item, ref)) &&
      (field === undefined || (what.kind === 'changed' && what.field === field)),
  )
  const now = findItems(running.root)
  const next = findItems(stored.root)
  const { runningOf, runningOnly } = pairTwins(next, now)
  const of = (items: readonly PlacedItem[], wanted: ItemRef): PlacedItem => {
    const found = items.find((item) => isSameItem(item.ref, wanted))
    if (!found) throw new AppError('not-found', 'This is no longer there')
    return found
  }
  for (const { item, what } of differences) {
    switch (what.kind) {
      case 'added':
        of(next, item).element.remove()
        break
      case 'removed': {
        const element = runningOnly.find((one) => isSameItem(leavingRef(one), item))?.element
        if (!element) break
        const devices = stored.root.find('devices')
        const copy = element.clone()
        // what belongs to this run only
        copy.find('alias')?.remove()
        devices?.insert(copy, devices.children(element.name).at(-1))
        break
      }
      case 'changed': {
        const target = of(next, item)
        const source = runningOf.get(target)
        const spec = target.binding.kind.fields[what.field]
        const place = target.binding.fields[what.field]
        if (source && spec && place !== undefined)
          writeField(target.element, spec, place, readValues(source)[what.field])
        break
      }
      case 'other':
        break
    }
  }
  return differences.length > 0
}
