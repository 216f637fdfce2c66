import { z } from 'zod'
import { hostId } from './ids'

/** A piece of the host's hardware that may be given to a VM, or that leads to one that may. Read on demand. */
export type NodeDevice =
  | PciDevice
  | UsbDevice
  | ScsiDevice
  | ScsiHost
  | ScsiGeneric
  | StorageDevice
  | NetDevice
  | MdevDevice
  | DrmDevice
  | VdpaDevice
  | CssDevice
  | CcwDevice
  | ApCard
  | ApQueue
  | ApMatrix

export type NodeDeviceKind = NodeDevice['kind']

/** What every one has. */
export interface NodeDeviceCommon {
  /** How the host names it ("pci_0000_01_00_0"): unique, and what actions take. */
  readonly name: string
  /** Name of the device it hangs on. */
  readonly parent?: string
  /** In the host's /sys. */
  readonly path?: string
  /** The host's driver that has it now; absent when none has. */
  readonly driver?: string
  /** Names of the VMs whose definition, live or stored, gives it to them. */
  readonly usedBy: readonly string[]
  /** Definitions could not all be read: there may be more in `usedBy`. */
  readonly isUseUncertain: boolean
  /** The host itself would suffer were it taken away. False also when nobody could tell. */
  readonly isHostCritical: boolean
  /** Said when it is: one sentence. */
  readonly whyCritical?: string
}

export interface PciAddress {
  readonly domain: number
  readonly bus: number
  readonly slot: number
  readonly function: number
}

export interface PciDevice extends NodeDeviceCommon {
  readonly kind: 'pci'
  readonly address: PciAddress
  /** "0000:01:00.0". */
  readonly addressText: string
  /** "030000": base class, subclass and interface in hexadecimal, where the host tells. */
  readonly classCode?: string
  /** What the class means, in words. */
  readonly className: string
  /** "10de", as lspci writes them. */
  readonly vendorId?: string
  readonly productId?: string
  readonly vendorName?: string
  readonly productName?: string
  /** Devices that the IOMMU cannot tell apart; absent without IOMMU. Members are address texts. */
  readonly iommuGroup?: { readonly number: number; readonly members: readonly string[] }
  readonly numaNode?: number
  /** It connects other devices, and goes to no VM. */
  readonly isBridge: boolean
  /** It can be split (SR-IOV): the functions made so far, as address texts. */
  readonly sriov?: { readonly maxVfs?: number; readonly vfs: readonly string[] }
  /** It is such a part: address of the physical function. */
  readonly physicalFunction?: string
  readonly mdevTypes: readonly MdevType[]
  /** The firmware shows its screen on it. Absent where nobody tells. */
  readonly isBootVga?: boolean
}

export interface MdevType {
  readonly id: string
  readonly name?: string
  /** "vfio-pci", "vfio-ccw", "vfio-ap". */
  readonly deviceApi?: string
  readonly availableInstances?: number
}

export interface UsbDevice extends NodeDeviceCommon {
  readonly kind: 'usb'
  readonly bus: number
  /** Changes at every plugging in. */
  readonly device: number
  /** "1.4": the socket, which stays. */
  readonly port?: string
  readonly vendorId?: string
  readonly productId?: string
  readonly vendorName?: string
  readonly productName?: string
  readonly isHub: boolean
}

export interface ScsiDevice extends NodeDeviceCommon {
  readonly kind: 'scsi'
  readonly host: number
  readonly bus: number
  readonly target: number
  readonly lun: number
  /** "disk", "cdrom", "tape", "changer"… */
  readonly type?: string
  /** "/dev/sdb", and what it is. */
  readonly block?: string
  readonly model?: string
  readonly vendor?: string
  readonly sizeBytes?: number
  /** "/dev/sg1". */
  readonly generic?: string
}

export interface ScsiHost extends NodeDeviceCommon {
  readonly kind: 'scsi-host'
  readonly host: number
  readonly uniqueId?: number
  readonly fibreChannel?: { readonly wwnn?: string; readonly wwpn?: string; readonly fabricWwn?: string }
  readonly virtualPorts?: { readonly max: number; readonly count: number }
}

export interface ScsiGeneric extends NodeDeviceCommon {
  readonly kind: 'scsi-generic'
  readonly char: string
}

export interface StorageDevice extends NodeDeviceCommon {
  readonly kind: 'storage'
  readonly block: string
  readonly bus?: string
  /** "disk", "cdrom", "floppy". */
  readonly driveType?: string
  readonly model?: string
  readonly vendor?: string
  readonly serial?: string
  readonly sizeBytes?: number
  readonly isRemovable: boolean
}

export interface NetDevice extends NodeDeviceCommon {
  readonly kind: 'net'
  readonly interface: string
  readonly mac?: string
  readonly isUp?: boolean
  readonly speedMbit?: number
}

export interface MdevDevice extends NodeDeviceCommon {
  readonly kind: 'mdev'
  /** Absent for one that is defined without. */
  readonly uuid?: string
  readonly type?: string
  /** Of the device it is a part of. */
  readonly parentAddress?: string
  readonly iommuGroup?: number
  readonly attributes: readonly { readonly name: string; readonly value: string }[]
}

export interface DrmDevice extends NodeDeviceCommon {
  readonly kind: 'drm'
  /** "render" nodes draw for guests without owning the screen. */
  readonly type: string
  /** "/dev/dri/renderD128". */
  readonly node?: string
}

export interface VdpaDevice extends NodeDeviceCommon {
  readonly kind: 'vdpa'
  readonly char?: string
}

/** Of mainframes: "fe.0.0001" in three numbers. */
export interface CcwAddress {
  readonly cssid: number
  readonly ssid: number
  readonly devno: number
}

export interface CssDevice extends NodeDeviceCommon {
  readonly kind: 'css'
  readonly address: CcwAddress
  /** What hangs on the subchannel. */
  readonly channelDevice?: CcwAddress
  readonly mdevTypes: readonly MdevType[]
}

export interface CcwDevice extends NodeDeviceCommon {
  readonly kind: 'ccw'
  readonly address: CcwAddress
}

export interface ApCard extends NodeDeviceCommon {
  readonly kind: 'ap-card'
  readonly adapter: number
}

export interface ApQueue extends NodeDeviceCommon {
  readonly kind: 'ap-queue'
  readonly adapter: number
  readonly domain: number
}

export interface ApMatrix extends NodeDeviceCommon {
  readonly kind: 'ap-matrix'
  readonly mdevTypes: readonly MdevType[]
}

export const bindActions = ['detach', 'reattach', 'reset'] as const
export type BindAction = (typeof bindActions)[number]

/** `detach`: from the host's driver, so that VMs can have it; `reattach`: back to it; `reset`: as after power-on. */
export const bindDeviceInput = z.object({
  host: hostId,
  name: z.string().min(1).max(256),
  action: z.enum(bindActions),
})

export function pciText({ domain, bus, slot, function: fn }: PciAddress): string {
  const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0')
  return `${hex(domain, 4)}:${hex(bus, 2)}:${hex(slot, 2)}.${fn.toString(16)}`
}

/** Base class and, where it says more, subclass (PCI Code and ID Assignment Specification). */
const pciClasses: Record<string, string> = {
  '00': 'Old device',
  '01': 'Storage controller',
  '0101': 'IDE controller',
  '0104': 'RAID controller',
  '0106': 'SATA controller',
  '0107': 'SAS controller',
  '0108': 'NVMe drive',
  '02': 'Network card',
  '0207': 'InfiniBand card',
  '03': 'Graphics card',
  '0302': '3D accelerator',
  '04': 'Multimedia device',
  '0401': 'Audio device',
  '0403': 'Audio device',
  '05': 'Memory controller',
  '06': 'Bridge',
  '0600': 'Host bridge',
  '0601': 'ISA bridge',
  '0604': 'PCI bridge',
  '07': 'Communication device',
  '08': 'System device',
  '0806': 'IOMMU',
  '09': 'Input device',
  '0a': 'Docking station',
  '0b': 'Processor',
  '0c': 'Serial bus controller',
  '0c03': 'USB controller',
  '0c04': 'Fibre Channel adapter',
  '0c05': 'SMBus controller',
  '0d': 'Wireless card',
  '0280': 'Wireless or other network card',
  '10': 'Encryption device',
  '11': 'Signal processor',
  '12': 'Accelerator',
}

export function pciClassName(code: string | undefined): string {
  if (code === undefined) return 'PCI device'
  return pciClasses[code.slice(0, 4)] ?? pciClasses[code.slice(0, 2)] ?? 'PCI device'
}
