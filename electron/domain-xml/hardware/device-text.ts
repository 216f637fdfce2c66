import { AppError } from '../../../shared/errors'
import type { ItemRef } from '../../../shared/model/hardware/view'
import { EditDocument } from '../edit/tree'
import { maskSecrets } from '../secrets'
import { findItems, isSameItem } from './items'

/**
 * A device to be added to another VM: without what only makes sense in this one, such as its place on the bus, its place in
 * the boot order, or a MAC address.
 */
export function deviceText(document: EditDocument, ref: ItemRef): string {
  const found = findItems(document.root).find((item) => isSameItem(item.ref, ref))
  if (!found || found.binding.element === undefined) {
    throw new AppError('not-found', 'The VM no longer has this device')
  }
  // through a document of its own, so that passwords are left out in the same way as everywhere
  const copy = EditDocument.parse(found.element.toString(), 'a device')
  for (const name of ['address', 'alias', 'boot'])
    for (const child of copy.root.children(name)) child.remove()
  if (copy.root.name === 'interface') copy.root.find('mac')?.remove()
  return maskSecrets(copy)
}
