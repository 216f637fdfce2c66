/** Controllers a new VM begins with; libvirt adds those that are missing. */
import { controller } from '../../../shared/model/hardware/kinds/controller'
import { itemsOf } from '../../../shared/model/hardware/kind'
import type { Draft } from './draft'
import type { NewGuest } from './guest'

/** As many as virt-install leaves: the devices of the beginning, and a handful that are plugged in later. */
const portCount = 14

export function addControllers(draft: Draft, guest: NewGuest): void {
  if (!guest.isQemu || !guest.isHvm) return
  if (guest.hasPorts) {
    draft.plainDevice(controller, { type: 'pci', model: 'pcie-root' })
    for (let port = 0; port < portCount; port += 1)
      draft.plainDevice(controller, { type: 'pci', model: 'pcie-root-port' })
  }
  const usb = usbOf(guest)
  if (usb === 'usb3') draft.plainDevice(controller, { type: 'usb', model: 'qemu-xhci', ports: 15 })
  if (usb === 'usb2') {
    draft.plainDevice(controller, { type: 'usb', index: 0, model: 'ich9-ehci1' })
    for (const [at, model] of ['ich9-uhci1', 'ich9-uhci2', 'ich9-uhci3'].entries())
      draft.plainDevice(controller, { type: 'usb', index: 0, model, masterPort: at * 2 })
  }
  // what libvirt would add by itself is an old LSI card
  if (itemsOf(draft.context, 'disk').some(({ values }) => values['bus'] === 'scsi'))
    draft.plainDevice(controller, { type: 'scsi', index: 0, model: 'virtio-scsi' })
}

export function usbOf(guest: NewGuest): 'usb2' | 'usb3' | 'none' {
  if (!guest.isQemu || guest.isS390 || guest.machine === 'microvm') return 'none'
  if (guest.isX86) return guest.drives('usb3') === false ? 'usb2' : 'usb3'
  return guest.isPower || guest.hasPorts ? 'usb3' : 'none'
}
