/** What stands against saving a guest to a file, and against restoring one: the same for every hypervisor. */
import { formatBytes } from '../../units'
import type { PlanProblem } from '../new-vm/new-vm'
import { isActive, templateReason, vmStateText, type VmState } from '../vm'
import { folderOfPath } from './saved-state'

export interface SaveFound {
  readonly name: string
  readonly state: VmState
  readonly path: string
  readonly isTaken: boolean
  /** False: the folder is not there. Absent: nobody can tell. */
  readonly hasFolder?: boolean
  readonly memoryBytes: number
  readonly inUseBytes?: number
  readonly freeBytes?: number
  readonly isPersistent: boolean
}

export function saveProblems(found: SaveFound): PlanProblem[] {
  const { name, state, path } = found
  const problems: PlanProblem[] = []
  if (state !== 'running' && state !== 'paused')
    problems.push({
      level: 'error',
      message: `${name} is ${vmStateText[state].toLowerCase()}: only a running or paused VM has memory to save.`,
    })
  if (found.hasFolder === false)
    problems.push({
      level: 'error',
      field: 'path',
      message: `There is no folder ${folderOfPath(path)} on the host.`,
      cure: 'Choose one of those below, or make it first.',
    })
  if (found.isTaken)
    problems.push({
      level: 'error',
      field: 'path',
      message: `There is already a file ${path}.`,
      cure: 'Choose another name: it would be overwritten.',
    })
  problems.push(...roomProblems(found))
  if (!found.isPersistent)
    problems.push({
      level: 'warning',
      message: `${name} is transient: it is gone from the list once it is saved.`,
      cure: 'Restoring the file brings it back. It is found under the saved states of the host.',
    })
  return problems
}

/** What a guest never touched is not written, so a file may turn out smaller than its memory but hardly than what is in use. */
export function roomProblems({
  path,
  memoryBytes,
  inUseBytes,
  freeBytes,
}: Pick<SaveFound, 'path' | 'memoryBytes' | 'inUseBytes' | 'freeBytes'>): PlanProblem[] {
  if (freeBytes === undefined) return []
  const folder = folderOfPath(path)
  const neededBytes = Math.min(memoryBytes, inUseBytes ?? memoryBytes)
  if (freeBytes < neededBytes)
    return [
      {
        level: 'error',
        field: 'path',
        message: `${folder} has ${formatBytes(freeBytes)} left, and the guest uses ${formatBytes(neededBytes)} of memory.`,
        cure: 'Choose a folder with more room, or free some.',
      },
    ]
  if (freeBytes >= memoryBytes) return []
  return [
    {
      level: 'warning',
      field: 'path',
      message: `${folder} has ${formatBytes(freeBytes)} left: enough for what the guest uses now, but not for all of its ${formatBytes(memoryBytes)} of memory.`,
      cure: 'If it does not fit, nothing is saved and the guest goes on.',
    },
  ]
}

export interface RestoreFound {
  readonly name: string
  readonly savedAtMs?: number
  /** The VM of the saved UUID, if the host knows one. */
  readonly vmNow?: {
    readonly name: string
    readonly state: VmState
    readonly hasSavedState: boolean
    readonly isTemplate: boolean
  }
  /** Another VM that has the saved name. */
  readonly isNameTaken: boolean
  /** Disks that were written to after the memory was saved. */
  readonly writtenDisks: readonly string[]
}

/** What this field of a problem needs is that the user insists. */
export const writtenField = 'written'

export function restoreProblems({ name, vmNow, isNameTaken, writtenDisks }: RestoreFound): PlanProblem[] {
  const error = (message: string, cure?: string): PlanProblem => ({
    level: 'error',
    message,
    ...(cure === undefined ? {} : { cure }),
  })
  if (vmNow && isActive(vmNow.state))
    return [
      error(
        `${vmNow.name} is ${vmStateText[vmNow.state].toLowerCase()}, and it is this VM that the file has the memory of.`,
        'Shut it down or force it off first. What it has done since it was saved is then lost.',
      ),
    ]
  if (vmNow?.isTemplate === true) return [error(`${vmNow.name}: ${templateReason}.`)]
  const problems: PlanProblem[] = []
  if (vmNow && vmNow.name !== name)
    problems.push(
      error(
        `The VM is called ${vmNow.name} now, and ${name} in the file.`,
        'Rename it back, or change the name in the definition of the file.',
      ),
    )
  else if (isNameTaken)
    problems.push(error(`Another VM of this host is called ${name}.`, 'Rename that one first.'))
  if (vmNow?.hasSavedState === true)
    problems.push({
      level: 'warning',
      message: `${vmNow.name} has another saved state too, which the host keeps itself.`,
      cure: 'Its disks fit only one of the two. Discard the other once this one runs.',
    })
  if (!vmNow)
    problems.push({
      level: 'warning',
      message: `The host knows no VM ${name}: it comes back as a transient one, which is gone when it stops.`,
    })
  if (writtenDisks.length > 0)
    problems.push({
      level: 'warning',
      field: writtenField,
      message: `Disks were written to after it was saved: ${writtenDisks.join(', ')}.`,
      cure: 'The memory in the file no longer fits them. A guest that goes on with both destroys its file systems.',
    })
  return problems
}
