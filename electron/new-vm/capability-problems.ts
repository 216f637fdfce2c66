/** What the hypervisor does not have. Where it does not tell, nothing is claimed. */
import type { GuestCapabilities } from '../../shared/model/host-details'
import type { NewVmInput, PlanProblem } from '../../shared/model/new-vm/new-vm'
import { error } from './problem'
import { guestKindIn } from './resolve'
import type { Surroundings } from './surroundings'

export function capabilityProblems(input: NewVmInput, around: Surroundings): PlanProblem[] {
  const { architecture, osType, virtType, machine } = input.guest
  const kind = guestKindIn(input, around)
  if (!kind) {
    return [
      error(
        'guest',
        `This host does not run ${osType} guests of ${architecture} with ${virtType}`,
        'Choose one of the kinds of guests it offers.',
      ),
    ]
  }
  const problems: PlanProblem[] = []
  const isKnown =
    machine === undefined ||
    kind.machines.length === 0 ||
    kind.machines.some(({ name, canonical }) => name === machine || canonical === machine)
  if (!isKnown)
    problems.push(
      error(
        'guest.machine',
        `This host has no machine type "${machine}" for ${architecture}`,
        'Choose another machine type.',
      ),
    )
  return around.guest ? [...problems, ...lacking(input, around.guest)] : problems
}

function lacking(input: NewVmInput, guest: GuestCapabilities): PlanProblem[] {
  const problems: PlanProblem[] = []
  const { kinds, secureBoot } = guest.firmware
  const firmware = input.firmware ?? 'bios'
  if (firmware !== 'bios' && kinds.length > 0 && !kinds.includes('efi'))
    problems.push(
      error(
        'firmware',
        'This host has no UEFI firmware for such guests',
        'Install it there (packages "ovmf" or "edk2-ovmf"), or choose BIOS.',
      ),
    )
  else if (firmware === 'efi-secure' && secureBoot === 'no')
    problems.push(
      error(
        'firmware',
        'This host has no UEFI firmware with Secure Boot for such guests',
        'Choose UEFI without Secure Boot, or the machine type q35.',
      ),
    )
  if (input.firmware === 'bios' && kinds.length > 0 && !kinds.includes('bios'))
    problems.push(error('firmware', 'Such guests have no BIOS', 'Choose UEFI.'))
  if (input.hasTpm && isMissing(guest, 'tpm', 'backendModel', 'emulator'))
    problems.push(
      error(
        'hasTpm',
        'This host cannot give guests a TPM',
        'Install "swtpm" and "swtpm-tools" there, or leave the TPM out.',
      ),
    )
  if (input.graphics !== 'none' && isMissing(guest, 'graphics', 'type', input.graphics))
    problems.push(
      error(
        'graphics',
        `This host's hypervisor has no ${input.graphics.toUpperCase()} displays`,
        input.graphics === 'spice' ? 'Choose VNC.' : 'Choose another display, or none.',
      ),
    )
  for (const [at, disk] of input.disks.entries())
    if (disk.bus !== undefined && isMissing(guest, 'disk', 'bus', disk.bus))
      problems.push(error(`disks.${at}.bus`, `Such guests have no ${disk.bus} disks`, 'Choose another bus.'))
  return problems
}

/** Said to be missing; a list that is not told, or empty, says nothing. */
function isMissing(guest: GuestCapabilities, group: string, list: string, value: string): boolean {
  const found = guest.devices.find(({ name }) => name === group)
  if (!found) return false
  if (!found.isSupported) return true
  const values = found.values.find(({ name }) => name === list)?.values ?? []
  return values.length > 0 && !values.includes(value)
}
