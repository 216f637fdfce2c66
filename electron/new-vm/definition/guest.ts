/** What kind of machine a new VM is and which devices its system has drivers for: what all choices of devices go by. */
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import type { OsDevice, OsKnowledge } from '../../../shared/model/os/os'
import type { CreationFacts } from '../facts'

export interface NewGuest {
  readonly isQemu: boolean
  readonly isKvm: boolean
  readonly isXen: boolean
  /** Its devices are emulated, as those of a real computer are. */
  readonly isHvm: boolean
  readonly isX86: boolean
  readonly isArm64: boolean
  readonly isRiscv: boolean
  readonly isPower: boolean
  readonly isS390: boolean
  readonly isQ35: boolean
  readonly isWindows: boolean
  /** Devices sit in ports of PCI Express, of which a guest has as many as it began with. */
  readonly hasPorts: boolean
  readonly machine: string | undefined
  readonly firmware: 'efi' | 'efi-secure' | 'other'
  /** Whether its system has a driver for one of these; `undefined` where nobody knows the system. */
  drives(...devices: OsDevice[]): boolean | undefined
}

export function newGuest(input: NewVmInput, facts: CreationFacts, os: OsKnowledge | undefined): NewGuest {
  const { architecture, osType, virtType } = input.guest
  const machine = machineOf(input, facts)
  const isX86 = /^(x86_64|i.86)$/.test(architecture)
  const isVirt = /^virt(-|$)/.test(machine ?? '')
  const isArm64 = architecture === 'aarch64'
  const isRiscv = architecture.startsWith('riscv')
  return {
    isQemu: virtType === 'kvm' || virtType === 'qemu' || virtType === 'hvf',
    isKvm: virtType === 'kvm',
    isXen: virtType === 'xen',
    isHvm: osType === 'hvm',
    isX86,
    isArm64,
    isRiscv,
    isPower: architecture.startsWith('ppc64'),
    isS390: architecture.startsWith('s390'),
    isQ35: isX86 && /q35/.test(machine ?? ''),
    isWindows: os === undefined ? /microsoft|\/win/i.test(input.osId ?? '') : os.family === 'winnt',
    hasPorts: (isX86 && /q35/.test(machine ?? '')) || ((isArm64 || isRiscv) && isVirt),
    machine,
    firmware: firmwareOf(input, facts, os, isArm64 && isVirt),
    // those of which no device is known are older than such devices
    drives: (...devices) => os && devices.some((device) => os.devices.includes(device)),
  }
}

/** What the host takes when none is named is named, so that an update of the host gives the guest no other chipset. */
function machineOf({ guest }: NewVmInput, { capabilities, guestKind }: CreationFacts): string | undefined {
  if (guest.osType !== 'hvm' || guest.virtType === 'xen') return guest.machine
  return guest.machine ?? capabilities.machine ?? guestKind.machines[0]?.name
}

/** Arm's "virt" has nothing else that finds a disk, and some systems can no longer start from a BIOS. */
function firmwareOf(
  input: NewVmInput,
  { capabilities }: CreationFacts,
  os: OsKnowledge | undefined,
  isArmVirt: boolean,
): NewGuest['firmware'] {
  if (input.guest.osType !== 'hvm') return 'other'
  if (input.firmware !== undefined) return input.firmware === 'bios' ? 'other' : input.firmware
  const { kinds } = capabilities.firmware
  if (isArmVirt) return kinds.length === 0 || kinds.includes('efi') ? 'efi' : 'other'
  return kinds.includes('efi') && needsEfi(os, input.guest.architecture) ? 'efi' : 'other'
}

export function needsEfi(os: OsKnowledge | undefined, architecture: string): boolean {
  const supported = (type: 'bios' | 'efi'): boolean | undefined =>
    os?.firmware.find((one) => one.type === type && (one.arch === architecture || one.arch === 'all'))
      ?.isSupported
  return supported('efi') === true && supported('bios') === false
}
