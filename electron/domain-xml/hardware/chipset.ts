/**
 * i440FX has a PCI bus and IDE, Q35 has PCI Express and SATA: libvirt refuses a machine type beside controllers and
 * addresses of the other (qemuDomainValidateDevicePCISlots…, qemuValidateDomainDeviceDefControllerIDE). So what ties the
 * devices to the old chipset goes, and libvirt places them anew when it stores the definition.
 */
import { chipsetOf } from '../../../shared/model/hardware/kinds/general'
import type { EditElement } from '../edit/tree'

export function moveToChipset(domain: EditElement, before: string, after: string): void {
  const [from, to] = [chipsetOf(before), chipsetOf(after)]
  const devices = domain.find('devices')
  if (!from || !to || from === to || !devices) return
  for (const device of devices.children()) {
    const isOfChipset =
      device.name === 'controller' &&
      (device.attribute('type') === 'pci' || (to === 'q35' && device.attribute('type') === 'ide'))
    if (isOfChipset) {
      device.remove()
      continue
    }
    const address = device.children('address').find((one) => one.attribute('type') === 'pci')
    address?.remove()
    if (to === 'q35') moveToSata(device)
  }
}

function moveToSata(device: EditElement): void {
  const target = device.find('target')
  if (device.name !== 'disk' || target?.attribute('bus') !== 'ide') return
  target.setAttribute('bus', 'sata')
  device.children('address').at(0)?.remove()
}
