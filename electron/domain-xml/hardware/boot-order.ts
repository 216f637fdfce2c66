/** Boot order by device, which libvirt does not let stand beside `<os><boot dev>` (formatdomain.html#bios-bootloader). */
import { AppError } from '../../../shared/errors'
import { writeAt } from '../edit/path'
import type { EditElement } from '../edit/tree'
import type { PlacedItem } from './items'

const bootable = ['disk', 'interface', 'hostdev', 'redirdev']

export function writeBootOrder(domain: EditElement, order: readonly PlacedItem[]): void {
  const wrong = order.find(({ element }) => !bootable.includes(element.name))
  if (wrong) throw new AppError('invalid', `A VM cannot start from ${wrong.binding.kind.label.toLowerCase()}`)
  const os = domain.find('os')
  for (const boot of os?.children('boot') ?? []) boot.remove()
  const places = new Map(order.map(({ element }, index) => [element, String(index + 1)]))
  for (const device of domain.find('devices')?.children() ?? []) {
    if (bootable.includes(device.name)) writeAt(device, 'boot/@order', places.get(device))
    const boot = device.find('boot')
    if (boot && !places.has(device)) boot.remove()
  }
}
