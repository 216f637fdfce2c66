/** What stands against a clone, and what its user should know. */
import type { CloneInput, PlannedClone, PlannedCloneDisk } from '../../shared/model/clone'
import type { PlanProblem } from '../../shared/model/new-vm/new-vm'
import { isActive } from '../../shared/model/vm'
import { formatBytes } from '../../shared/units'
import type { EditElement } from '../domain-xml/edit/tree'
import { isTemplate } from '../domain-xml/template-mark'
import { error, warning } from '../new-vm/problem'
import { basePath, poolFor } from './disk-plans'
import { snapshotNotes } from './as-of-snapshot'
import { sizeProblems } from './size'
import type { CloneSurroundings } from './surroundings'

export function cloneProblems(
  input: CloneInput,
  clones: readonly PlannedClone[],
  notes: readonly string[],
  around: CloneSurroundings,
): PlanProblem[] {
  return [
    ...nameProblems(clones, around),
    ...(clones[0] ? clones[0].disks.flatMap((disk) => diskProblems(input, disk, around)) : []),
    ...sizeProblems(around.original.root, input),
    ...(around.snapshot
      ? snapshotNotes(around.snapshot, around.vm.name, clones[0]?.nvram !== undefined)
      : sourceProblems(clones, around)),
    ...spaceProblems(clones, around),
    ...identityWarnings(clones, around),
    ...notes.map((note) => warning(undefined, `${note}, so they cannot both run as they are.`)),
    ...around.unread.map((what) =>
      warning(undefined, `The host did not tell ${what}, so this is not checked.`),
    ),
  ]
}

function nameProblems(clones: readonly PlannedClone[], { vms }: CloneSurroundings): PlanProblem[] {
  const there = new Set(vms.map(({ name }) => name))
  const taken = clones.map(({ name }) => name).filter((name) => there.has(name))
  return [
    ...taken.map((name) => error('name', `There is already a VM called "${name}".`, 'Choose another name.')),
    ...clones
      .filter(({ name }) => name.length > 255)
      .map(() => error('name', 'With its number the name is too long.', 'Choose a shorter name.')),
  ]
}

function diskProblems(input: CloneInput, disk: PlannedCloneDisk, around: CloneSurroundings): PlanProblem[] {
  const { target, how, whyNot, from } = disk
  const field = `disks.${target}`
  const wish = input.disks.find((one) => one.target === target)
  const source = around.disks.find((one) => one.target === target)
  const reason = whyNot[how]
  if (reason !== undefined && (how === 'copy' || how === 'linked'))
    return [
      error(
        field,
        `${target} cannot be ${how === 'copy' ? 'copied' : 'linked'}: ${reason}.`,
        'Share or skip it.',
      ),
    ]
  const found: PlanProblem[] = []
  if (how === 'copy' || how === 'linked') {
    if (wish?.pool !== undefined && source && !poolFor(source, how, wish.pool, around))
      found.push(
        error(
          `${field}.pool`,
          `The pool "${wish.pool}" is not active or does not take this.`,
          'Choose another pool.',
        ),
      )
    else if (input.count === 1 && wish?.volume !== undefined && isVolumeTaken(disk, around))
      found.push(
        error(
          `${field}.volume`,
          `There is already a volume "${wish.volume}" in the pool "${disk.pool ?? ''}".`,
          'Choose another name.',
        ),
      )
  }
  // nobody starts a template
  if (how === 'linked' && source && !isTemplate(around.original.root))
    found.push(
      warning(
        field,
        `${basePath(source, around) ?? from ?? target} becomes the base of the clone: what is written to it from then on destroys the clone.`,
        source.moment === 'below'
          ? `Leave the snapshot where it is as long as the clone is needed. Innkeeper does not merge into this file then.`
          : `Do not start ${around.vm.name} again, nor change or delete this disk, as long as the clone is needed.`,
      ),
    )
  const isData = disk.device === 'disk' || disk.device === 'lun'
  if (how === 'share' && isData && source && !source.isReadOnly && !source.isShareable)
    found.push(
      warning(
        field,
        `Both VMs have ${from ?? target} as a disk to write to. When both run, its data are destroyed.`,
        'Copy it, or never run both at once.',
      ),
    )
  if (how === 'skip' && isData && wish === undefined)
    found.push(warning(field, `The clone has no ${target}: ${whyNot.copy ?? 'it is a device of the host'}.`))
  return found
}

function isVolumeTaken(disk: PlannedCloneDisk, { volumeNames }: CloneSurroundings): boolean {
  return volumeNames.get(disk.pool ?? '')?.has(disk.volume ?? '') === true
}

function sourceProblems(clones: readonly PlannedClone[], around: CloneSurroundings): PlanProblem[] {
  const { vm } = around
  const read = (clones[0]?.disks ?? []).filter(({ how }) => how === 'copy' || how === 'linked')
  if (read.length === 0) return []
  if (vm.state === 'paused')
    return [
      warning(
        'vm',
        `${vm.name} is paused: what it had not written yet is not in the copy, which is as after a power failure.`,
        'Shut it off for a clean copy.',
      ),
    ]
  if (isActive(vm.state))
    return [
      error(
        'vm',
        `${vm.name} is on and writes to its disks while they would be copied.`,
        'Shut it down or pause it first.',
      ),
    ]
  const others = read.flatMap(({ target, from }) => {
    const source = around.disks.find((one) => one.target === target)
    const path = source && basePath(source, around)
    return (around.usage?.users[path ?? from ?? ''] ?? []).filter(
      (user) =>
        user.vm !== vm.id && user.isRunning === true && user.isReadOnly !== true && user.kind === 'disk',
    )
  })
  return [
    ...[...new Set(others.map(({ name }) => name))].map((name) =>
      error('vm', `${name} runs and writes to a disk that would be copied.`, `Shut ${name} down first.`),
    ),
    ...(vm.hasSavedState
      ? [
          warning(
            'vm',
            `${vm.name} has a saved state: its disks are as they were at that moment, as after a power failure.`,
            'Start it and shut it down for a clean copy.',
          ),
        ]
      : []),
  ]
}

function spaceProblems(clones: readonly PlannedClone[], { pools }: CloneSurroundings): PlanProblem[] {
  const disks = clones.flatMap((clone) => clone.disks)
  return pools.flatMap(({ name, availableBytes }) => {
    const needed = disks.reduce((sum, disk) => (disk.pool === name ? sum + (disk.neededBytes ?? 0) : sum), 0)
    const first = disks.find((disk) => disk.pool === name)
    return first === undefined || availableBytes === undefined || needed <= availableBytes
      ? []
      : [
          error(
            `disks.${first.target}.pool`,
            `The pool "${name}" has ${formatBytes(availableBytes)} free, and the copies take about ${formatBytes(needed)}.`,
            'Choose another pool, or make room.',
          ),
        ]
  })
}

function identityWarnings(
  clones: readonly PlannedClone[],
  { original, vm }: CloneSurroundings,
): PlanProblem[] {
  const { root } = original
  const found: PlanProblem[] = []
  if (hasTpm(root))
    found.push(
      warning(
        undefined,
        'What is in the TPM is not copied. A disk that is encrypted with its help (BitLocker) asks for its recovery key.',
      ),
    )
  const isEfi = root.find('os', 'nvram') !== undefined || root.find('os')?.attribute('firmware') === 'efi'
  if (isEfi && clones[0]?.nvram === undefined)
    found.push(
      warning(
        undefined,
        'The UEFI variables cannot be copied: the clone starts with fresh ones, without boot entries and keys of its own.',
      ),
    )
  if ((root.find('devices')?.children('filesystem').length ?? 0) > 0)
    found.push(warning(undefined, `The clone shares the same folders of the host as ${vm.name}.`))
  return found
}

function hasTpm(root: EditElement): boolean {
  return (root.find('devices')?.children('tpm') ?? []).some(
    (tpm) => tpm.find('backend')?.attribute('type') === 'emulator',
  )
}
