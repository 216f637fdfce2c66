/** A change in the words of the form, for tasks, history and lists. */
import type { HardwareChange } from './change'
import { changedFields } from './effects'
import { kindOf } from './kinds'
import type { HardwareItem, ItemRef } from './view'

export function titleOf(items: readonly HardwareItem[], ref: ItemRef): string {
  const kind = kindOf(ref.kind)
  const item = items.find((one) => one.ref.kind === ref.kind && one.ref.key === ref.key)
  return kind ? (item ? kind.title(item.values) : kind.label) : ref.kind
}

export function changeTitle(change: HardwareChange, items: readonly HardwareItem[]): string {
  switch (change.kind) {
    case 'set': {
      const kind = kindOf(change.item.kind)
      const labels = changedFields(change).map((id) => kind?.fields[id]?.label ?? id)
      return `${titleOf(items, change.item)}: ${labels.join(', ')}${change.isForced ? ', by force' : ''}`
    }
    case 'add': {
      const kind = kindOf(change.device)
      return `Add ${kind?.title(change.values) ?? change.device}`
    }
    case 'add-xml':
      return 'Add a copied device'
    case 'remove':
      return `Remove ${titleOf(items, change.item)}`
    case 'boot-order':
      return 'Boot order'
    case 'as-running':
      return change.item
        ? `Revert ${titleOf(items, change.item)}`
        : 'Revert everything that waits for the next start'
    case 'definition':
      return 'XML definition'
  }
}

export function changesTitle(changes: readonly HardwareChange[], items: readonly HardwareItem[]): string {
  const [first] = changes
  if (!first) return 'Nothing'
  const title = changeTitle(first, items)
  return changes.length === 1 ? title : `${title} and ${changes.length - 1} more`
}
