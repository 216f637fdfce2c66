/** Whether two elements are the same device, one of the stored and one of the running definition. */
import type { EditElement } from '../edit/tree'
import { bindings } from './bindings'

export function isSamePlug(a: EditElement, b: EditElement): boolean {
  if (a.name !== b.name) return false
  const binding = bindings.find((one) => one.element === a.name && (one.matches?.(a) ?? true))
  const [keyA, keyB] = [binding?.key?.(a), binding?.key?.(b)]
  if (keyA !== undefined || keyB !== undefined) return keyA === keyB
  // devices without a name are told apart by where they are plugged in
  const [addressA, addressB] = [addressOf(a), addressOf(b)]
  return addressA === undefined || addressB === undefined ? isAlike(a, b) : addressA === addressB
}

function addressOf(element: EditElement): string | undefined {
  const address = element.find('address')
  return address
    ?.attributeNames()
    .toSorted()
    .map((name) => `${name}=${address.attribute(name)}`)
    .join(' ')
}

function isAlike(a: EditElement, b: EditElement): boolean {
  return a
    .attributeNames()
    .every((name) => b.attribute(name) === undefined || a.attribute(name) === b.attribute(name))
}
