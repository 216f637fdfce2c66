/** Which kind of guest, machine and firmware a new VM gets where the user did not say. */
import type { GuestCapabilities, GuestKind, HostCapabilities } from '../host-details'
import type { OsKnowledge } from '../os/os'
import type { Firmware, NewVmInput } from './new-vm'
import type { Wishes } from './wishes'

/** Faster first: hardware virtualisation, then emulation. */
const virtTypes = ['kvm', 'xen', 'hvf', 'qemu', 'test']

/** Containers have no firmware, disks or discs as these have. */
export function isMachine({ osType }: GuestKind): boolean {
  return osType !== 'exe' && osType !== 'uml'
}

/** libvirt's LXC driver: it has nothing else, and nothing else has them. */
export function isContainerKind({ osType }: GuestKind): boolean {
  return osType === 'exe'
}

/** What the wizard makes there: VMs, or containers where there are no VMs. */
export function kindsToMake({ guests }: HostCapabilities): readonly GuestKind[] {
  const machines = guests.filter(isMachine)
  return machines.length > 0 ? machines : guests.filter(isContainerKind)
}

export function bestVirtType(kind: GuestKind): string | undefined {
  const names = kind.virtTypes.map(({ name }) => name)
  return virtTypes.find((name) => names.includes(name)) ?? names[0]
}

/** The kind that fits what was chosen; the host's own architecture, with acceleration, where nothing was. */
export function guestKindFor(
  capabilities: HostCapabilities,
  wishes: Pick<Wishes, 'architecture' | 'osType' | 'virtType'>,
  hostArchitecture: string,
): GuestKind | undefined {
  const score = (kind: GuestKind): number => {
    const names = kind.virtTypes.map(({ name }) => name)
    return (
      points(wishes.architecture === undefined ? undefined : kind.architecture === wishes.architecture, 64) +
      points(wishes.osType === undefined ? undefined : kind.osType === wishes.osType, 32) +
      points(wishes.virtType === undefined ? undefined : names.includes(wishes.virtType), 16) +
      points(kind.architecture === hostArchitecture, 8) +
      points(kind.osType === 'hvm', 4) +
      points(names.includes('kvm') || names.includes('xen'), 2)
    )
  }
  const [first, ...others] = kindsToMake(capabilities)
  if (!first) return undefined
  return others.reduce((best, kind) => (score(kind) > score(best) ? kind : best), first)
}

function points(fits: boolean | undefined, worth: number): number {
  return fits === true ? worth : 0
}

/** Undefined: the hypervisor's own choice. */
export function machineFor(kind: GuestKind, os: OsKnowledge | undefined): string | undefined {
  const has = (name: string): boolean => kind.machines.some((machine) => machine.name === name)
  if (kind.architecture === 'x86_64' || kind.architecture === 'i686') {
    // an old system finds no driver for what q35 has
    const knowsQ35 = os === undefined || os.devices.includes('q35')
    if (knowsQ35 && has('q35')) return 'q35'
    return has('pc') ? 'pc' : undefined
  }
  return has('virt') ? 'virt' : undefined
}

export interface FirmwareFacts {
  readonly kind: GuestKind
  readonly guest: GuestCapabilities | undefined
  readonly os: OsKnowledge | undefined
  /** The disc starts with UEFI and with nothing else. */
  readonly isEfiOnly: boolean
}

/** Undefined: the hypervisor's own choice, which starts everything older. */
export function firmwareFor({ kind, guest, os, isEfiOnly }: FirmwareFacts): Firmware | undefined {
  if (kind.osType !== 'hvm' || guest?.firmware.kinds.includes('efi') !== true) return undefined
  const canSecure = guest.firmware.secureBoot === 'yes'
  if (os && needsSecureBoot(os)) return canSecure ? 'efi-secure' : 'efi'
  if (isEfiOnly || needsEfi(kind, os) || !guest.firmware.kinds.includes('bios')) return 'efi'
  return undefined
}

function needsEfi({ architecture }: GuestKind, os: OsKnowledge | undefined): boolean {
  if (architecture === 'aarch64' || architecture === 'riscv64' || architecture === 'loongarch64') return true
  const told = os?.firmware.filter(({ arch }) => arch === architecture || arch === 'all') ?? []
  return (
    told.some(({ type, isSupported }) => type === 'efi' && isSupported) &&
    told.some(({ type, isSupported }) => type === 'bios' && !isSupported)
  )
}

/** Setup of Windows 11 refuses computers without Secure Boot and a TPM. */
function needsSecureBoot({ shortIds }: OsKnowledge): boolean {
  return shortIds.some((id) => id.startsWith('win11'))
}

export function tpmFor(os: OsKnowledge | undefined, guest: GuestCapabilities | undefined): boolean {
  if (!os || !needsSecureBoot(os)) return false
  return hasDevice(guest, 'tpm', 'backendModel', 'emulator') !== false
}

/** Undefined where the host does not tell. */
export function hasDevice(
  guest: GuestCapabilities | undefined,
  group: string,
  list: string,
  value: string,
): boolean | undefined {
  const found = guest?.devices.find(({ name }) => name === group)
  if (!found) return undefined
  if (!found.isSupported) return false
  const values = found.values.find(({ name }) => name === list)?.values ?? []
  return values.length === 0 ? undefined : values.includes(value)
}

/** The console of this app speaks VNC. */
export function graphicsFor(guest: GuestCapabilities | undefined): NewVmInput['graphics'] {
  if (hasDevice(guest, 'graphics', 'type', 'vnc') !== false) return 'vnc'
  return hasDevice(guest, 'graphics', 'type', 'spice') === true ? 'spice' : 'none'
}
