/** Which device of one definition is meant by a device of another: of the stored and the running one, for instance. */
import type { EditElement } from '../edit/tree'
import type { KindBinding } from './binding'
import { bindings } from './bindings'

/**
 * By name (target, MAC address) where there is one. Devices without a name, and several of the same name, are told apart
 * by where they are plugged in; a lone one is meant even when it was plugged in elsewhere.
 */
export function findTwin(domain: EditElement, element: EditElement): EditElement | undefined {
  const key = keyOf(element)
  const alike = (domain.find('devices')?.children(element.name) ?? []).filter(
    (one) =>
      bindingFor(one) === bindingFor(element) &&
      (key === undefined ? isAlike(one, element) : keyOf(one) === key),
  )
  const address = addressOf(element)
  const inPlace = alike.find((one) => address !== undefined && addressOf(one) === address)
  if (inPlace || alike.length === 0) return inPlace
  return alike.length === 1 || address === undefined || key !== undefined ? alike[0] : undefined
}

export function keyOf(element: EditElement): string | undefined {
  return bindingFor(element)?.key?.(element)
}

function bindingFor(element: EditElement): KindBinding | undefined {
  return bindings.find((one) => one.element === element.name && (one.matches?.(element) ?? true))
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
