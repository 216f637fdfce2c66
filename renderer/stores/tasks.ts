import { create } from 'zustand'
import type { TaskId } from '../../shared/model/ids'
import { vmKey, type VmRef } from '../../shared/model/ids'
import type { Task } from '../../shared/model/task'

/** Copies of main's tasks. Only api/sync.ts writes here. */
interface TasksState {
  readonly byId: Readonly<Record<TaskId, Task>>
  /** Running task of each VM by vmKey: buttons and rows show it as pending. */
  readonly runningByVm: Readonly<Record<string, Task>>
}

export const useTasks = create<TasksState>(() => ({ byId: {}, runningByVm: {} }))

type Listener = (task: Task) => void
const endListeners = new Set<Listener>()

export function replaceTasks(tasks: readonly Task[]): void {
  setTasks(Object.fromEntries(tasks.map((task) => [task.id, task])))
}

export function putTask(task: Task): void {
  const { byId } = useTasks.getState()
  const before = byId[task.id]
  setTasks({ ...byId, [task.id]: task })
  if (task.state !== 'running' && before?.state !== task.state) {
    for (const listener of [...endListeners]) listener(task)
  }
}

export function dropTask(id: TaskId): void {
  const { [id]: _, ...rest } = useTasks.getState().byId
  setTasks(rest)
}

function setTasks(byId: Record<TaskId, Task>): void {
  const runningByVm: Record<string, Task> = {}
  for (const task of Object.values<Task>(byId)) {
    if (task.state !== 'running') continue
    const key = taskVmKey(task)
    if (key !== undefined) runningByVm[key] = task
    const { host, vms } = task
    if (host !== undefined) for (const vm of vms ?? []) runningByVm[vmKey({ host, vm })] = task
  }
  useTasks.setState({ byId, runningByVm })
}

export function taskVmKey(task: Task): string | undefined {
  return task.host !== undefined && task.vm !== undefined
    ? vmKey({ host: task.host, vm: task.vm })
    : undefined
}

/** Called once for each task that ends while the window is open. */
export function onTaskEnd(listener: Listener): () => void {
  endListeners.add(listener)
  return () => void endListeners.delete(listener)
}

export function usePendingTask(ref: VmRef): Task | undefined {
  return useTasks((state) => state.runningByVm[vmKey(ref)])
}

/** Running first, then the newest. */
export function sortedTasks(byId: TasksState['byId']): Task[] {
  return Object.values<Task>(byId).toSorted(
    (a, b) =>
      Number(b.state === 'running') - Number(a.state === 'running') ||
      b.startedAtMs - a.startedAtMs ||
      (a.id < b.id ? 1 : -1),
  )
}
