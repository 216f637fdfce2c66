/**
 * A device with a place in the boot order cannot stand beside `<os><boot dev>` (formatdomain.html#bios-bootloader):
 * what those said becomes places of devices, behind the ones that have been given one.
 */
import { own } from '../../../shared/model/hardware/own'
import { EditElement } from '../edit/tree'

const devices: Record<string, (device: EditElement) => boolean> = {
  hd: (device) => device.name === 'disk' && ['disk', 'lun'].includes(device.attribute('device') ?? 'disk'),
  cdrom: (device) => device.name === 'disk' && device.attribute('device') === 'cdrom',
  fd: (device) => device.name === 'disk' && device.attribute('device') === 'floppy',
  network: (device) => device.name === 'interface',
}

export function settleBootOrder(device: EditElement, domain: EditElement): void {
  if (device.find('boot')?.attribute('order') === undefined) return
  const boots = domain.find('os')?.children('boot') ?? []
  if (boots.length === 0) return
  const all = domain.find('devices')?.children() ?? []
  const orderOf = (one: EditElement): number => Number(one.find('boot')?.attribute('order') ?? 0)
  let last = Math.max(0, ...all.map(orderOf))
  for (const boot of boots) {
    const suits = own(devices, boot.attribute('dev') ?? '')
    // the first disk, the first drive, but every network card
    const wanted = suits ? all.filter(suits) : []
    for (const one of boot.attribute('dev') === 'network' ? wanted : wanted.slice(0, 1)) {
      if (orderOf(one) > 0) continue
      last += 1
      const place = one.find('boot') ?? one.insert(new EditElement('boot'))
      place.setAttribute('order', String(last))
    }
    boot.remove()
  }
}
