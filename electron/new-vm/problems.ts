/** What stands against a new VM, or what its user should know before: of each, where it is and what to do. */
import type { NewVmInput, PlanProblem } from '../../shared/model/new-vm/new-vm'
import type { OsKnowledge } from '../../shared/model/os/os'
import { answersProblems } from './answers-problems'
import { capabilityProblems } from './capability-problems'
import { cloudProblems } from './cloud-problems'
import { containerProblems } from './container-problems'
import { hostProblems } from './host-problems'
import { imageProblems } from './image-problems'
import { networkProblems } from './network-problems'
import { originalProblems } from './original-problems'
import { osProblems } from './os-problems'
import { error, warning } from './problem'
import type { Resolved } from './resolve'
import type { Surroundings } from './surroundings'
import { volumeProblems } from './volume-problems'

export function problemsOf(
  input: NewVmInput,
  around: Surroundings,
  resolved: Resolved,
  os: OsKnowledge | undefined,
): PlanProblem[] {
  return [
    ...nameProblems(input, around),
    ...sourceProblems(input),
    ...unseenProblems(input, os),
    ...capabilityProblems(input, around),
    ...hostProblems(input, around),
    ...osProblems(input, os),
    ...volumeProblems(input, around, resolved),
    ...imageProblems(input, around),
    ...originalProblems(input, around),
    ...cloudProblems(input, around),
    ...containerProblems(input, around),
    ...answersProblems(input, around, os),
    ...networkProblems(input, around),
    ...unread(around),
  ]
}

function nameProblems({ name }: NewVmInput, { vms }: Surroundings): PlanProblem[] {
  if (!vms?.some((vm) => vm.name === name)) return []
  return [error('name', `There is already a VM called "${name}" on this host`, 'Choose another name.')]
}

function sourceProblems({ source, guest, disks }: NewVmInput): PlanProblem[] {
  if (source.kind === 'import' && disks.length === 0)
    return [
      error('disks', 'There is no disk with a system yet', 'Choose the disk that the VM shall start from.'),
    ]
  if (source.kind === 'import' && disks[0]?.kind === 'new' && !disks[0].original)
    return [
      error(
        'disks.0',
        'The first disk will be empty, so there is no system on it',
        'Choose an existing disk, or another way to install.',
      ),
    ]
  // pygrub and the like read a kernel off a disk; there is no firmware that could start a disc or ask the network
  if (['xen', 'xenpvh'].includes(guest.osType) && ['iso', 'drive', 'network-boot'].includes(source.kind))
    return [
      error(
        'source',
        'Paravirtualised Xen guests have no firmware: they start neither from discs nor from the network',
        'Import a disk that has a system, or choose a fully virtualised guest (hvm).',
      ),
    ]
  return []
}

/** What a disc starts shows itself on a screen, unless whoever sits at its menu says otherwise. */
function unseenProblems({ source, graphics, guest }: NewVmInput, os: OsKnowledge | undefined): PlanProblem[] {
  if (graphics !== 'none' || guest.osType !== 'hvm') return []
  if (source.kind !== 'iso' && source.kind !== 'drive') return []
  return [
    warning(
      'graphics',
      os?.family === 'winnt'
        ? 'The setup of Windows needs a display'
        : 'Without a display the installer is seen only if its disc uses the serial line by itself',
      os?.family === 'winnt'
        ? 'Choose VNC or SPICE.'
        : 'Choose a display, or Network install, which tells the installer to use the text console.',
    ),
  ]
}

function unread({ unread: missed }: Surroundings): PlanProblem[] {
  if (missed.length === 0) return []
  return [
    warning(
      undefined,
      `Not everything could be checked: the host did not tell ${missed.join(', ')}`,
      'Check again, or go on: what is wrong there shows when the VM is created or started.',
    ),
  ]
}
