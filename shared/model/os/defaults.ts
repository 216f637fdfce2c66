/**
 * What a new VM should be given for an operating system. What is known of it decides; where nothing is known, what runs
 * almost everywhere: devices that need no driver of their own.
 */
import type { OsDevice, OsKnowledge, OsResources } from './os'
import { editionLimits, hypervFeatures, isWindows, needsLocalTime, type EditionLimits } from './windows'

const mib = 1024 * 1024
const gib = 1024 * mib

export interface OsDefaults {
  readonly vcpuCount: number
  readonly memoryBytes: number
  readonly diskBytes: number
  readonly diskBus: 'virtio' | 'sata' | 'ide' | 'scsi'
  readonly cdromBus: 'sata' | 'ide' | 'scsi'
  /** Absent: the hypervisor's own choice. */
  readonly nicModel?: string
  readonly videoModel: 'virtio' | 'qxl' | 'vga'
  /** A word of the machine type: "q35"; absent: the hypervisor's own choice. */
  readonly machine?: 'q35' | 'pc'
  readonly firmware: 'bios' | 'efi' | 'efi-secure'
  readonly hasTpm: boolean
  readonly clock: 'utc' | 'localtime'
  /** Names of libvirt's features; empty: none. */
  readonly hyperv: readonly string[]
  readonly hasRng: boolean
  readonly hasBalloon: boolean
  readonly usb: 'xhci' | 'ehci'
  readonly soundModel?: 'ich9' | 'ich6' | 'ac97'
  readonly topology: { readonly sockets: number; readonly cores: number; readonly threads: number }
  /** Of editions that use no more, whatever the VM has. */
  readonly limits?: EditionLimits
}

export interface OsPlace {
  readonly architecture: string
  /** The hypervisor emulates or runs hardware, and has virtio; Xen's own kinds do not. */
  readonly hasVirtio?: boolean
}

export function osDefaults(os: OsKnowledge | undefined, place: OsPlace): OsDefaults {
  const { architecture } = place
  const isX86 = architecture === 'x86_64' || architecture === 'i686'
  const virtio = place.hasVirtio !== false
  const has = (...devices: OsDevice[]): boolean =>
    os !== undefined && devices.some((device) => os.devices.includes(device))
  const machine = isX86 ? (os === undefined || has('q35') ? 'q35' : 'pc') : undefined
  const sizes = sizesOf(os, architecture)
  const firmware = firmwareOf(os, architecture, isX86)
  const limits = os && editionLimits(os)
  const nicModel = nicOf(has, virtio, machine)
  const soundModel = soundOf(has, isX86)
  const plainBus = machine === undefined ? 'scsi' : machine === 'q35' ? 'sata' : 'ide'
  return {
    ...sizes,
    diskBus: virtio && has('virtio-block', 'virtio1-block') ? 'virtio' : plainBus,
    cdromBus: plainBus,
    ...(nicModel === undefined ? {} : { nicModel }),
    videoModel: has('virtio1-gpu') ? 'virtio' : has('qxl') && isX86 ? 'qxl' : 'vga',
    ...(machine === undefined ? {} : { machine }),
    firmware,
    hasTpm: firmware === 'efi-secure',
    clock: os && needsLocalTime(os) ? 'localtime' : 'utc',
    hyperv: os && isX86 ? hypervFeatures(os) : [],
    hasRng: virtio && has('virtio-rng', 'virtio1-rng'),
    hasBalloon: virtio && has('virtio-balloon', 'virtio1-balloon'),
    usb: has('usb3') || os === undefined ? 'xhci' : 'ehci',
    ...(soundModel === undefined ? {} : { soundModel }),
    // Windows counts sockets for its licence; others do not care
    topology: { sockets: 1, cores: sizes.vcpuCount, threads: 1 },
    ...(limits === undefined ? {} : { limits }),
  }
}

function sizesOf(
  os: OsKnowledge | undefined,
  architecture: string,
): Pick<OsDefaults, 'vcpuCount' | 'memoryBytes' | 'diskBytes'> {
  const told = ['all', architecture].flatMap((arch) => os?.resources.filter((one) => one.arch === arch) ?? [])
  const least: OsResources = Object.assign({}, ...told.map(({ minimum }) => minimum))
  const good: OsResources = Object.assign({}, ...told.map(({ recommended }) => recommended))
  const isOld = os?.releaseDate !== undefined && os.releaseDate < '2003'
  return {
    vcpuCount: Math.max(good.cpuCount ?? 0, least.cpuCount ?? 0, isOld ? 1 : 2),
    memoryBytes: roundUp(good.memoryBytes ?? twice(least.memoryBytes) ?? 2 * gib, mib),
    diskBytes: roundUp(good.storageBytes ?? roomFor(least.storageBytes) ?? 20 * gib, gib),
  }
}

/** The minimum is for a system that does nothing. */
function twice(bytes: number | undefined): number | undefined {
  return bytes === undefined ? undefined : bytes * 2
}

/** Large minima have room in them already. */
function roomFor(bytes: number | undefined): number | undefined {
  return bytes !== undefined && bytes >= 32 * gib ? bytes : twice(bytes)
}

function roundUp(bytes: number, unit: number): number {
  return Math.ceil(bytes / unit) * unit
}

/** BIOS where it is possible, as snapshots with memory and old tools know it better. */
function firmwareOf(
  os: OsKnowledge | undefined,
  architecture: string,
  isX86: boolean,
): OsDefaults['firmware'] {
  if (!isX86) return architecture === 'aarch64' || architecture === 'riscv64' ? 'efi' : 'bios'
  const needsEfi =
    os?.firmware.some(
      ({ arch, type, isSupported }) => arch === architecture && type === 'bios' && !isSupported,
    ) === true
  if (!needsEfi) return 'bios'
  return os !== undefined && isWindows(os) ? 'efi-secure' : 'efi'
}

function nicOf(
  has: (...devices: OsDevice[]) => boolean,
  hasVirtio: boolean,
  machine: OsDefaults['machine'],
): string | undefined {
  if (hasVirtio && has('virtio-net', 'virtio1-net')) return 'virtio'
  if (machine === undefined) return undefined
  if (machine === 'q35') return 'e1000e'
  if (has('e1000')) return 'e1000'
  if (has('rtl8139')) return 'rtl8139'
  if (has('pcnet')) return 'pcnet'
  return has('ne2k') ? 'ne2k_pci' : 'e1000'
}

function soundOf(
  has: (...devices: OsDevice[]) => boolean,
  isX86: boolean,
): OsDefaults['soundModel'] | undefined {
  if (!isX86) return undefined
  if (has('ich9')) return 'ich9'
  if (has('ich6')) return 'ich6'
  return has('ac97') ? 'ac97' : undefined
}
