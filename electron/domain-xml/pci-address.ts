import type { PciAddress } from '../../shared/model/node-device'
import type { XmlElement } from './document'
import { integerOf } from './numbers'

/** From the attributes of an `<address>`, as guests' and hosts' documents have it; undefined for another kind of address. */
export function pciAddressOf(element: Pick<XmlElement, 'attribute'> | undefined): PciAddress | undefined {
  if (!element) return undefined
  const part = (name: string): number | undefined => integerOf(element.attribute(name))
  const [domain, bus, slot, fn] = [part('domain') ?? 0, part('bus'), part('slot'), part('function') ?? 0]
  return bus === undefined || slot === undefined ? undefined : { domain, bus, slot, function: fn }
}
