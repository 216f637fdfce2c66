import type { Kind } from './kind'
import { boot } from './kinds/boot'
import { containerDevice } from './kinds/container-device'
import { controller } from './kinds/controller'
import { crypto } from './kinds/crypto'
import { disk } from './kinds/disk'
import { filesystem } from './kinds/filesystem'
import { general } from './kinds/general'
import { iommu } from './kinds/iommu'
import { lease } from './kinds/lease'
import { mdevDevice } from './kinds/mdev-device'
import { nvram } from './kinds/nvram'
import { os } from './kinds/os'
import { nic } from './kinds/nic'
import { graphics } from './kinds/graphics'
import { panic } from './kinds/panic'
import { pciDevice } from './kinds/pci-device'
import { pstore } from './kinds/pstore'
import { qemu } from './kinds/qemu'
import { video } from './kinds/video'
import { sound } from './kinds/sound'
import { audio } from './kinds/audio'
import { input } from './kinds/input'
import { serial } from './kinds/serial'
import { parallel } from './kinds/parallel'
import { textConsole } from './kinds/console'
import { channel } from './kinds/channel'
import { redirdev } from './kinds/redirdev'
import { redirFilter } from './kinds/redir-filter'
import { hub } from './kinds/hub'
import { smartcard } from './kinds/smartcard'
import { rng } from './kinds/rng'
import { scsiDevice } from './kinds/scsi-device'
import { scsiHost } from './kinds/scsi-host'
import { security } from './kinds/security'
import { shmem } from './kinds/shmem'
import { smbios } from './kinds/smbios'
import { tpm } from './kinds/tpm'
import { usbDevice } from './kinds/usb-device'
import { vsock } from './kinds/vsock'
import { watchdog } from './kinds/watchdog'
import { cpu } from './kinds/cpu'
import { memory } from './kinds/memory'
import { vcpuTuning } from './kinds/vcpu-tuning'
import { numa } from './kinds/numa'
import { features } from './kinds/features'
import { clock } from './kinds/clock'
import { limits } from './kinds/limits'
import { events } from './kinds/events'
import { balloon } from './kinds/balloon'
import { memoryDevice } from './kinds/memory-device'

/** Every kind of hardware, in the order of the list on a VM's hardware page. */
export const hardwareKinds: readonly Kind[] = [
  general,
  os,
  cpu,
  vcpuTuning,
  memory,
  numa,
  boot,
  features,
  clock,
  events,
  limits,
  smbios,
  security,
  qemu,
  disk,
  filesystem,
  controller,
  lease,
  nic,
  graphics,
  video,
  sound,
  audio,
  input,
  serial,
  parallel,
  textConsole,
  channel,
  pciDevice,
  usbDevice,
  scsiDevice,
  scsiHost,
  mdevDevice,
  containerDevice,
  redirdev,
  redirFilter,
  hub,
  smartcard,
  tpm,
  watchdog,
  rng,
  panic,
  vsock,
  balloon,
  memoryDevice,
  iommu,
  shmem,
  crypto,
  pstore,
  nvram,
]

const byId = new Map(hardwareKinds.map((kind) => [kind.id, kind]))

export function kindOf(id: string): Kind | undefined {
  return byId.get(id)
}
