/** All kinds in the order in which a VM's hardware is listed. */
import type { KindBinding } from './binding'
import { bootBinding } from './kinds/boot'
import { containerDeviceBinding } from './kinds/container-device'
import { controllerBinding } from './kinds/controller'
import { cryptoBinding } from './kinds/crypto'
import { diskBinding } from './kinds/disk'
import { filesystemBinding } from './kinds/filesystem'
import { generalBinding } from './kinds/general'
import { iommuBinding } from './kinds/iommu'
import { leaseBinding } from './kinds/lease'
import { mdevDeviceBinding } from './kinds/mdev-device'
import { nvramBinding } from './kinds/nvram'
import { osBinding } from './kinds/os'
import { nicBinding } from './kinds/nic'
import { graphicsBinding } from './kinds/graphics'
import { panicBinding } from './kinds/panic'
import { pciDeviceBinding } from './kinds/pci-device'
import { pstoreBinding } from './kinds/pstore'
import { qemuBinding } from './kinds/qemu'
import { videoBinding } from './kinds/video'
import { soundBinding } from './kinds/sound'
import { audioBinding } from './kinds/audio'
import { inputBinding } from './kinds/input'
import { serialBinding } from './kinds/serial'
import { parallelBinding } from './kinds/parallel'
import { textConsoleBinding } from './kinds/console'
import { channelBinding } from './kinds/channel'
import { redirdevBinding } from './kinds/redirdev'
import { redirFilterBinding } from './kinds/redir-filter'
import { hubBinding } from './kinds/hub'
import { smartcardBinding } from './kinds/smartcard'
import { rngBinding } from './kinds/rng'
import { scsiDeviceBinding } from './kinds/scsi-device'
import { scsiHostBinding } from './kinds/scsi-host'
import { securityBinding } from './kinds/security'
import { shmemBinding } from './kinds/shmem'
import { smbiosBinding } from './kinds/smbios'
import { tpmBinding } from './kinds/tpm'
import { usbDeviceBinding } from './kinds/usb-device'
import { vsockBinding } from './kinds/vsock'
import { watchdogBinding } from './kinds/watchdog'
import { cpuBinding } from './kinds/cpu'
import { memoryBinding } from './kinds/memory'
import { vcpuTuningBinding } from './kinds/vcpu-tuning'
import { numaBinding } from './kinds/numa'
import { featuresBinding } from './kinds/features'
import { clockBinding } from './kinds/clock'
import { limitsBinding } from './kinds/limits'
import { eventsBinding } from './kinds/events'
import { balloonBinding } from './kinds/balloon'
import { memoryDeviceBinding } from './kinds/memory-device'

export const bindings: readonly KindBinding[] = [
  generalBinding,
  osBinding,
  cpuBinding,
  vcpuTuningBinding,
  memoryBinding,
  numaBinding,
  bootBinding,
  featuresBinding,
  clockBinding,
  eventsBinding,
  limitsBinding,
  smbiosBinding,
  securityBinding,
  qemuBinding,
  diskBinding,
  filesystemBinding,
  controllerBinding,
  leaseBinding,
  nicBinding,
  graphicsBinding,
  videoBinding,
  soundBinding,
  audioBinding,
  inputBinding,
  serialBinding,
  parallelBinding,
  textConsoleBinding,
  channelBinding,
  pciDeviceBinding,
  usbDeviceBinding,
  scsiDeviceBinding,
  scsiHostBinding,
  mdevDeviceBinding,
  containerDeviceBinding,
  redirdevBinding,
  redirFilterBinding,
  hubBinding,
  smartcardBinding,
  tpmBinding,
  watchdogBinding,
  rngBinding,
  panicBinding,
  vsockBinding,
  balloonBinding,
  memoryDeviceBinding,
  iommuBinding,
  shmemBinding,
  cryptoBinding,
  pstoreBinding,
  nvramBinding,
]

const byId = new Map(bindings.map((binding) => [binding.kind.id, binding]))

export function bindingOf(kind: string): KindBinding | undefined {
  return byId.get(kind)
}
