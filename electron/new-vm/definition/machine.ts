/** The pages of a new VM: who it is, its processor and memory, firmware, features and clock. */
import { boot } from '../../../shared/model/hardware/kinds/boot'
import { clock } from '../../../shared/model/hardware/kinds/clock'
import { cpu } from '../../../shared/model/hardware/kinds/cpu'
import { events } from '../../../shared/model/hardware/kinds/events'
import { features } from '../../../shared/model/hardware/kinds/features'
import { general } from '../../../shared/model/hardware/kinds/general'
import { memory } from '../../../shared/model/hardware/kinds/memory'
import { os as osPage } from '../../../shared/model/hardware/kinds/os'
import type { Values } from '../../../shared/model/hardware/field'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import type { CreationFacts } from '../facts'
import type { Draft } from './draft'
import type { NewGuest } from './guest'
import { hypervFeatures } from './hyperv'

const mebibyte = 1024 ** 2

/** Emulators take whole mebibytes. */
export function memoryMebibytes({ memoryBytes }: NewVmInput): number {
  return Math.ceil(memoryBytes / mebibyte)
}

export function writeMachine(draft: Draft, input: NewVmInput, facts: CreationFacts, guest: NewGuest): void {
  const { virtType, osType, architecture } = input.guest
  draft.write('@type', virtType)
  draft.write('name', input.name)
  draft.write('uuid', facts.uuid)
  draft.write('os/type', osType)
  draft.write('os/type/@arch', architecture)
  draft.write('os/type/@machine', guest.machine)
  // Xen's tools find their own programs
  if (guest.isQemu) draft.write('devices/emulator', emulatorOf(input, facts))
  else draft.write('devices', '')
  draft.page(general, { description: input.description === '' ? undefined : input.description })
  draft.page(osPage, { id: input.osId })
  const bytes = memoryMebibytes(input) * mebibyte
  draft.page(memory, { maximum: bytes, current: bytes })
  draft.page(features, featuresOf(facts, input, guest))
  draft.page(boot, firmwareOf(facts, guest))
  draft.page(cpu, { maximum: input.vcpuCount, ...processorOf(input, facts, guest) })
  if (guest.isHvm) draft.page(clock, clockOf(guest))
  draft.page(events, eventsOf(guest))
}

export function emulatorOf(
  { guest }: NewVmInput,
  { capabilities, guestKind }: CreationFacts,
): string | undefined {
  return capabilities.emulator ?? guestKind.virtTypes.find(({ name }) => name === guest.virtType)?.emulator
}

function featuresOf(facts: CreationFacts, input: NewVmInput, guest: NewGuest): Values {
  if (!guest.isHvm) return {}
  const told = facts.guestKind.features
  const has = (name: string): boolean =>
    told.length === 0 ? guest.isX86 && name !== 'pae' : told.includes(name)
  // elsewhere ACPI comes from the firmware: libvirt refuses it without UEFI
  const hasAcpi = guest.isX86 || guest.firmware !== 'other'
  const isPae = has('pae') || (guest.isXen && input.guest.architecture === 'x86_64')
  return {
    acpi: hasAcpi && has('acpi') ? true : undefined,
    apic: has('apic') ? true : undefined,
    pae: guest.isX86 && isPae ? true : undefined,
    // it upsets the pointer of guests that look for VMware there, and QEMU leaves it on
    vmport: guest.isX86 && guest.isQemu ? false : undefined,
    // keeps the guest from changing what Secure Boot trusts; the firmware for it does not start without
    smm: guest.firmware === 'efi-secure' && guest.isX86 ? true : undefined,
    ...hypervFeatures(facts, guest),
  }
}

/**
 * Secure Boot is said by features of the firmware, which libvirt has since 7.2; a host that tells about TPMs has 8.6. Older
 * ones would refuse the definition, and go by whether the firmware is protected.
 */
export function takesFirmwareFeatures({ capabilities }: CreationFacts): boolean {
  return capabilities.devices.some(({ name }) => name === 'tpm')
}

function firmwareOf(facts: CreationFacts, guest: NewGuest): Values {
  if (guest.firmware === 'other') return {}
  const isSecure = guest.firmware === 'efi-secure'
  if (!takesFirmwareFeatures(facts)) return { firmware: 'efi', loaderSecure: isSecure ? true : undefined }
  // a host's firmware may have it switched on when nobody asks
  const mayBeSecure = facts.capabilities.firmware.secureBoot === 'yes'
  return {
    firmware: 'efi',
    secureBoot: isSecure || (mayBeSecure ? false : undefined),
    enrolledKeys: isSecure ? true : undefined,
  }
}

/** Undefined: what the hypervisor gives. */
export function cpuModeOf(facts: CreationFacts, guest: NewGuest): string | undefined {
  if (!guest.isQemu || !guest.isHvm) return undefined
  const { cpuModes } = facts.capabilities
  const offers = (mode: string): boolean =>
    cpuModes.length === 0
      ? guest.isKvm
      : cpuModes.some(({ name, isSupported }) => name === mode && isSupported)
  if (guest.isKvm) {
    if (guest.isX86 || guest.isArm64) return ['host-passthrough', 'host-model'].find((mode) => offers(mode))
    return guest.isS390 && offers('host-model') ? 'host-model' : undefined
  }
  // QEMU's "virt" would get a processor of 32 bits
  if (guest.isArm64) return 'custom'
  // what emulators give by themselves is too old for systems built for x86-64-v2 and later
  return guest.isX86 && offers('maximum') ? 'maximum' : undefined
}

export const arm64Model = 'cortex-a57'

function processorOf(input: NewVmInput, facts: CreationFacts, guest: NewGuest): Values {
  const mode = cpuModeOf(facts, guest)
  return {
    mode,
    ...(mode === 'custom' ? { model: arm64Model, match: 'exact' } : {}),
    ...(hasOneSocket(input, guest) ? { sockets: 1, cores: input.vcpuCount, threads: 1 } : {}),
  }
}

/** Windows for desktops uses one or two sockets, however many processors there are. */
export function hasOneSocket({ vcpuCount }: NewVmInput, guest: NewGuest): boolean {
  return guest.isWindows && guest.isQemu && guest.isX86 && vcpuCount > 1
}

/** Ticks that came late are made up for as each timer bears it; HPET costs much and gives nothing. */
function clockOf(guest: NewGuest): Values {
  const offset = guest.isWindows ? 'localtime' : 'utc'
  if (!guest.isX86 || !guest.isQemu) return { offset }
  return {
    offset,
    rtcTickPolicy: 'catchup',
    pitTickPolicy: 'delay',
    hpetPresent: false,
    ...(guest.isWindows && guest.isKvm ? { hypervClockPresent: true } : {}),
  }
}

/** Guests that may suspend take the host's request to shut down for one to suspend. */
function eventsOf(guest: NewGuest): Values {
  return {
    onPoweroff: 'destroy',
    onReboot: 'restart',
    onCrash: 'destroy',
    ...(guest.isX86 && guest.isQemu ? { suspendToMemory: false, suspendToDisk: false } : {}),
  }
}
