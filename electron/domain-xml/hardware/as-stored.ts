/**
 * A new device as the host has stored it: with the address, and for a network card the MAC address, that it was given
 * there, so that the guest finds the same device again at the next start.
 */
import type { EditElement } from '../edit/tree'
import { findTwin, keyOf } from './same-plug'

/** `sent` is the definition that was stored and holds `device`; `stored` is what the host made of it. */
export function asStored(
  device: EditElement,
  sent: EditElement,
  stored: EditElement,
): EditElement | undefined {
  const all = sent.find('devices')?.children(device.name) ?? []
  const found = stored.find('devices')?.children(device.name) ?? []
  // the host keeps the order, but for disks, which have names
  const inPlace = found.length === all.length ? found[all.indexOf(device)] : undefined
  const key = keyOf(device)
  if (inPlace && (key === undefined || keyOf(inPlace) === key)) return inPlace.clone()
  return key === undefined ? undefined : findTwin(stored, device)?.clone()
}
