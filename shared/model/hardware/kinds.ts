import type { Kind } from './kind'
import { boot } from './kinds/boot'
import { containerDevice } from './kinds/container-device'
import { controller } from './kinds/controller'
import { disk } from './kinds/disk'
import { filesystem } from './kinds/filesystem'
import { general } from './kinds/general'
import { lease } from './kinds/lease'
import { mdevDevice } from './kinds/mdev-device'
import { os } from './kinds/os'
import { nic } from './kinds/nic'
import { graphics } from './kinds/graphics'
import { pciDevice } from './kinds/pci-device'
import { rng } from './kinds/rng'
import { scsiDevice } from './kinds/scsi-device'
import { scsiHost } from './kinds/scsi-host'
import { usbDevice } from './kinds/usb-device'
import { watchdog } from './kinds/watchdog'
import { cpu } from './kinds/cpu'
import { memory } from './kinds/memory'

/** Every kind of hardware, in the order of the list on a VM's hardware page. */
export const hardwareKinds: readonly Kind[] = [
  general,
  os,
  cpu,
  memory,
  boot,
  disk,
  filesystem,
  controller,
  lease,
  nic,
  graphics,
  pciDevice,
  usbDevice,
  scsiDevice,
  scsiHost,
  mdevDevice,
  containerDevice,
  watchdog,
  rng,
]

const byId = new Map(hardwareKinds.map((kind) => [kind.id, kind]))

export function kindOf(id: string): Kind | undefined {
  return byId.get(id)
}
