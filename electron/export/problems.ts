/** What stands against an export, and what its user should know. */
import type { ExportInput, ExportPlan } from '../../shared/model/export'
import type { PlanProblem } from '../../shared/model/new-vm/new-vm'
import { isActive } from '../../shared/model/vm'
import { formatBytes } from '../../shared/units'
import { nvramPath } from '../clone/definition'
import type { CloneSurroundings } from '../clone/surroundings'
import { error, warning } from '../new-vm/problem'
import { lostInOvf } from './ovf/lost'

export function exportProblems(
  input: ExportInput,
  plan: Omit<ExportPlan, 'problems'>,
  around: CloneSurroundings,
  hasVariables: boolean,
): PlanProblem[] {
  return [
    ...stateProblems(around),
    ...diskProblems(input, plan),
    ...roomProblems(input, plan),
    ...(input.kind === 'ovf'
      ? lostInOvf(around.original.root).map((text) => warning(undefined, text))
      : bundleWarnings(around, hasVariables)),
  ]
}

function stateProblems({ vm }: CloneSurroundings): PlanProblem[] {
  if (isActive(vm.state))
    return [
      error(
        'vm',
        `${vm.name} is ${vm.state === 'paused' ? 'paused' : 'on'}, and goes on writing to its disks.`,
        'Shut it down first: what is copied meanwhile would be damaged.',
      ),
    ]
  if (!vm.hasSavedState) return []
  return [
    warning(
      'vm',
      `${vm.name} has a saved state, which does not come along.`,
      'What it had not yet written to its disks is not in the export. Start it and shut it down for a clean one.',
    ),
  ]
}

function diskProblems(
  { disks: wished }: ExportInput,
  { disks }: Omit<ExportPlan, 'problems'>,
): PlanProblem[] {
  return disks.flatMap(({ target, device, whyNot, isIncluded, layerCount }): PlanProblem[] => {
    const field = `disks.${target}`
    if (wished?.includes(target) === true && whyNot !== undefined)
      return [error(field, `${target} cannot come along: ${whyNot}.`, 'Leave it out.')]
    if (whyNot !== undefined && device !== 'cdrom' && device !== 'floppy')
      return [warning(field, `${target} does not come along: ${whyNot}.`)]
    if (isIncluded && layerCount > 0)
      return [
        warning(
          field,
          `${target} is built on ${layerCount === 1 ? 'another image' : `${layerCount} other images`}: it becomes one image that needs none of them. Its snapshots stay here.`,
        ),
      ]
    return []
  })
}

function roomProblems(
  input: ExportInput,
  { disks, pools, pool, neededBytes, freeBytes }: Omit<ExportPlan, 'problems'>,
): PlanProblem[] {
  const found: PlanProblem[] = []
  const made = disks.filter(({ isConverted }) => isConverted)
  // one after the other, so the largest is what there has to be room for
  const mostBytes = Math.max(0, ...made.map((disk) => disk.neededBytes ?? 0))
  const room = pools.find(({ name }) => name === pool)
  if (made.length > 0 && !room)
    found.push(
      error(
        'pool',
        input.pool === undefined
          ? 'No active pool of this host can keep the images that have to be made first.'
          : `The pool "${input.pool}" is not active or keeps no image files.`,
        'Start or make a pool that is a folder of the host.',
      ),
    )
  else if (room?.freeBytes !== undefined && room.freeBytes < mostBytes)
    found.push(
      error(
        'pool',
        `An image of about ${formatBytes(mostBytes)} has to be made first, and ${room.name} has ${formatBytes(room.freeBytes)} left.`,
        'Choose another pool, or free some space in it.',
      ),
    )
  if (freeBytes !== undefined && freeBytes < neededBytes)
    found.push(
      error(
        'file',
        `It takes about ${formatBytes(neededBytes)}, and the disk of this computer has ${formatBytes(freeBytes)} left there.`,
        'Choose another folder, or leave disks out.',
      ),
    )
  return found
}

function bundleWarnings({ original }: CloneSurroundings, hasVariables: boolean): PlanProblem[] {
  const { root } = original
  const devices = root.find('devices')
  const hasPassword = devices?.children('graphics').some((one) => one.attribute('passwd') !== undefined)
  return [
    ...(nvramPath(root) !== undefined && !hasVariables
      ? [
          warning(
            undefined,
            'Its UEFI variables cannot be read and do not come along: boot entries and keys are made anew.',
          ),
        ]
      : []),
    ...(devices?.children('tpm').some((one) => one.find('backend')?.attribute('type') === 'emulator') === true
      ? [
          warning(
            undefined,
            'What is in its TPM does not come along: unlock what it protects, such as BitLocker, before.',
          ),
        ]
      : []),
    ...(devices && devices.children('hostdev').length > 0
      ? [warning(undefined, 'It has hardware of this host, which another host does not have.')]
      : []),
    ...(hasPassword === true
      ? [warning(undefined, 'The definition is kept as it is, with the password of its console in it.')]
      : []),
  ]
}
