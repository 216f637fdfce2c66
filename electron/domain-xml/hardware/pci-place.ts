/** PCI addresses of the host in definitions, as forms have them: "0000:41:00.0". */
import { pciText } from '../../../shared/model/node-device'
import type { EditElement } from '../edit/tree'
import { pciAddressOf } from '../pci-address'

export function addressElementText(address: EditElement | undefined): string | undefined {
  const found = pciAddressOf(address)
  return found && pciText(found)
}

const pattern = /^(?:([0-9a-f]{1,8}):)?([0-9a-f]{1,2}):([0-9a-f]{1,2})\.([0-7])$/i

export function isPciText(text: string): boolean {
  return pattern.test(text)
}

/** Text that is no address leaves the element as it is. */
export function writePciAddress(address: EditElement, text: string): void {
  if (addressElementText(address) === text.toLowerCase()) return
  const [, domain = '0', bus, slot, fn] = pattern.exec(text) ?? []
  if (bus === undefined || slot === undefined || fn === undefined) return
  const set = (name: string, part: string, digits: number): void =>
    address.setAttribute(
      name,
      `0x${part
        .toLowerCase()
        .replace(/^0+(?=.)/, '')
        .padStart(digits, '0')}`,
    )
  set('domain', domain, 4)
  set('bus', bus, 2)
  set('slot', slot, 2)
  set('function', fn, 1)
}
