/** All kinds in the order in which a VM's hardware is listed. */
import type { KindBinding } from './binding'
import { bootBinding } from './kinds/boot'
import { containerDeviceBinding } from './kinds/container-device'
import { controllerBinding } from './kinds/controller'
import { diskBinding } from './kinds/disk'
import { filesystemBinding } from './kinds/filesystem'
import { generalBinding } from './kinds/general'
import { leaseBinding } from './kinds/lease'
import { mdevDeviceBinding } from './kinds/mdev-device'
import { osBinding } from './kinds/os'
import { nicBinding } from './kinds/nic'
import { graphicsBinding } from './kinds/graphics'
import { pciDeviceBinding } from './kinds/pci-device'
import { rngBinding } from './kinds/rng'
import { scsiDeviceBinding } from './kinds/scsi-device'
import { scsiHostBinding } from './kinds/scsi-host'
import { usbDeviceBinding } from './kinds/usb-device'
import { watchdogBinding } from './kinds/watchdog'
import { cpuBinding } from './kinds/cpu'
import { memoryBinding } from './kinds/memory'

export const bindings: readonly KindBinding[] = [
  generalBinding,
  osBinding,
  cpuBinding,
  memoryBinding,
  bootBinding,
  diskBinding,
  filesystemBinding,
  controllerBinding,
  leaseBinding,
  nicBinding,
  graphicsBinding,
  pciDeviceBinding,
  usbDeviceBinding,
  scsiDeviceBinding,
  scsiHostBinding,
  mdevDeviceBinding,
  containerDeviceBinding,
  watchdogBinding,
  rngBinding,
]

const byId = new Map(bindings.map((binding) => [binding.kind.id, binding]))

export function bindingOf(kind: string): KindBinding | undefined {
  return byId.get(kind)
}
