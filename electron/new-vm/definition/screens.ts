/** What a user sees and hears of a new VM, and by what its pointer moves. */
import { channel } from '../../../shared/model/hardware/kinds/channel'
import { graphics } from '../../../shared/model/hardware/kinds/graphics'
import { input as inputDevice } from '../../../shared/model/hardware/kinds/input'
import { redirdev } from '../../../shared/model/hardware/kinds/redirdev'
import { sound } from '../../../shared/model/hardware/kinds/sound'
import { video } from '../../../shared/model/hardware/kinds/video'
import { offers, type HardwareContext } from '../../../shared/model/hardware/kind'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import { usbOf } from './controllers'
import type { Draft } from './draft'
import type { NewGuest } from './guest'

export function addScreens(draft: Draft, input: NewVmInput, guest: NewGuest): void {
  if (input.graphics === 'none') return
  const isSpice = input.graphics === 'spice'
  draft.device(graphics, { type: input.graphics })
  if (isSpice && guest.isQemu)
    draft.plainDevice(channel, { type: 'spicevmc', targetType: 'virtio', name: 'com.redhat.spice.0' })
  if (guest.isQemu || guest.isXen) {
    const model = videoModel(draft.context, guest, isSpice)
    draft.device(video, model === undefined ? {} : { model })
  }
  for (const { type, bus } of inputDevices(guest)) draft.plainDevice(inputDevice, { type, bus })
  if (!isSpice || !guest.isQemu || !guest.isHvm) return
  if (guest.isX86 || guest.hasPorts) draft.device(sound)
  // a viewer hands over two USB devices at a time: virt-install's number, which old controllers have room for
  if (guest.isX86)
    for (let port = 0; port < 2; port += 1) draft.plainDevice(redirdev, { bus: 'usb', type: 'spicevmc' })
}

/** Undefined: what the hardware editor begins with. */
export function videoModel(context: HardwareContext, guest: NewGuest, isSpice: boolean): string | undefined {
  if (!guest.isX86 || !guest.isQemu) return undefined
  const drivesVirtio = guest.drives('virtio1-gpu')
  if (
    drivesVirtio === undefined ||
    (drivesVirtio && offers(context.capabilities, 'video', 'modelType', 'virtio') !== false)
  )
    return drivesVirtio === undefined ? undefined : 'virtio'
  const hasQxl =
    guest.drives('qxl') === true && offers(context.capabilities, 'video', 'modelType', 'qxl') !== false
  return isSpice && hasQxl ? 'qxl' : 'vga'
}

/** Tablets tell where the pointer is, so that it need not be caught; machines without PS/2 lack a keyboard as well. */
export function inputDevices(guest: NewGuest): readonly { type: string; bus: string }[] {
  if (!guest.isHvm) return []
  if (guest.isS390) return ['tablet', 'keyboard'].map((type) => ({ type, bus: 'virtio' }))
  if (guest.isX86) return guest.isQemu || guest.isXen ? [{ type: 'tablet', bus: 'usb' }] : []
  return usbOf(guest) === 'none' ? [] : ['tablet', 'keyboard'].map((type) => ({ type, bus: 'usb' }))
}
