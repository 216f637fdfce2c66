import type { VmRef } from '../../../../shared/model/ids'
import type { PlanProblem } from '../../../../shared/model/new-vm/new-vm'
import { roomProblems } from '../../../../shared/model/save/save-rules'
import { folderOfPath, savedPath } from '../../../../shared/model/save/saved-state'
import type { SnapshotView } from '../../../../shared/model/snapshots/snapshot'
import { isActive, type Vm } from '../../../../shared/model/vm'
import { formatBytes } from '../../../../shared/units'
import { api } from '../../../api/client'
import { useAsked } from '../../../api/use-asked'
import type { completed } from './take-form'

export interface MemoryRoom {
  /** What the memory will take, and how much is left where it goes. */
  readonly text: string
  readonly problems: readonly PlanProblem[]
}

/** What the memory of a running guest will take, as the host counts it; undefined where none is kept. */
export function useMemoryRoom(
  target: VmRef,
  vm: Vm,
  view: SnapshotView,
  wish: ReturnType<typeof completed>,
): MemoryRoom | undefined {
  const isKept = isActive(vm.state) && (wish.kind === 'internal' || wish.withMemory)
  const path = wish.memoryFile ?? usualFile(vm, view)
  const isAsked = isKept && path !== undefined && savedPath.safeParse(path).success
  const { value } = useAsked(
    isAsked ? { ...target, path, resume: 'as-it-was' as const, bypassCache: false } : undefined,
    (input) => api.saves.plan(input),
  )
  if (!isKept) return undefined
  const memoryBytes = value?.memoryBytes ?? vm.maxMemoryBytes
  const inUseBytes = value?.inUseBytes
  const room = {
    memoryBytes,
    ...(inUseBytes === undefined ? {} : { inUseBytes }),
    ...(value?.freeBytes === undefined ? {} : { freeBytes: value.freeBytes }),
  }
  return {
    text: roomText(room, value === undefined ? undefined : folderOfPath(value.path)),
    problems: value === undefined ? [] : problemsOf(wish, { ...room, path: value.path }, value.problems),
  }
}

/** Where the host puts it unless told: beside the first disk. Only the folder counts here. */
function usualFile(vm: Vm, { disks }: SnapshotView): string | undefined {
  const first = disks.find(({ path }) => path !== undefined)?.path
  return first === undefined ? undefined : `${first.slice(0, first.lastIndexOf('/'))}/${vm.name}.mem`
}

interface Room {
  readonly memoryBytes: number
  readonly inUseBytes?: number
  readonly freeBytes?: number
}

function roomText({ memoryBytes, inUseBytes, freeBytes }: Room, folder: string | undefined): string {
  const takes =
    inUseBytes === undefined || inUseBytes >= memoryBytes
      ? `It takes up to ${formatBytes(memoryBytes)}`
      : `It takes about ${formatBytes(inUseBytes)}, and ${formatBytes(memoryBytes)} at most`
  const left =
    freeBytes === undefined || folder === undefined ? '' : `; ${folder} has ${formatBytes(freeBytes)} left`
  return `${takes}${left}.`
}

/** An image may have room inside, of snapshots that were deleted: what its folder has left is no more than a hint then. */
function problemsOf(
  wish: ReturnType<typeof completed>,
  room: Parameters<typeof roomProblems>[0],
  ofFile: readonly PlanProblem[],
): readonly PlanProblem[] {
  if (wish.kind === 'internal') return roomProblems(room).map((problem) => ({ ...problem, level: 'warning' }))
  // the file that is only proposed here is not the one that will be made
  return wish.memoryFile === undefined ? roomProblems(room) : ofFile.filter(({ field }) => field === 'path')
}
