/** Amounts of memory as definitions write them, in KiB unless they say otherwise. */
import type { EditElement } from '../../domain-xml/edit/tree'
import { unitBytes } from '../../domain-xml/sizes'

export function bytesOf(element: EditElement | undefined): number {
  return Number(element?.text() ?? 0) * (unitBytes(element?.attribute('unit') ?? 'KiB') ?? 0)
}

export function writeKiB(element: EditElement, bytes: number): void {
  element.setAttribute('unit', 'KiB')
  element.setText(String(Math.floor(bytes / 1024)))
}
