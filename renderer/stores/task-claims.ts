import type { TaskId } from '../../shared/model/ids'
import type { Task } from '../../shared/model/task'
import { onTaskEnd, useTasks } from './tasks'

/**
 * A failure is shown in one place. A dialog that waits for its own task claims it and shows the error itself; tasks
 * nobody claimed are told by a toast. While a dialog's request is on its way its task has no known id yet, so ended
 * tasks are held back until the ids are in.
 */
let requestsUnderway = 0
let held: Task[] = []
const claimed = new Set<TaskId>()
const listeners = new Set<(task: Task) => void>()

export interface Claim {
  /** Ends with the ended task; never when `release` was called before. */
  readonly ended: Promise<Task>
  /** Nobody waits any more: an error will be told by a toast after all. */
  readonly release: () => void
}

export async function claimTask(start: () => Promise<TaskId>): Promise<Claim> {
  return claimOf(await claiming(start, (id) => claimed.add(id)))
}

/** Of several tasks that one request starts, in its order. */
export async function claimTasks(start: () => Promise<readonly TaskId[]>): Promise<readonly Claim[]> {
  const ids = await claiming(start, (all) => {
    for (const id of all) claimed.add(id)
  })
  return ids.map(claimOf)
}

async function claiming<T>(start: () => Promise<T>, claim: (started: T) => void): Promise<T> {
  requestsUnderway += 1
  try {
    const started = await start()
    claim(started)
    return started
  } finally {
    requestsUnderway -= 1
    if (requestsUnderway === 0) tellHeld()
  }
}

function claimOf(id: TaskId): Claim {
  const ended = new Promise<Task>((resolve) => {
    const now = useTasks.getState().byId[id]
    if (now && now.state !== 'running') {
      resolve(now)
      return
    }
    const stop = onTaskEnd((task) => {
      if (task.id !== id) return
      stop()
      if (claimed.has(id)) resolve(task)
    })
  })
  return { ended, release: () => void claimed.delete(id) }
}

const answering = new Set<(task: Task) => boolean>()
/** A task's end and the answer of its request are two messages, in either order. */
const graceMs = 1000

/** For a request that answers with the error of the task it makes: whoever asked shows it, and no toast does. */
export async function answeredByTask<T>(isMine: (task: Task) => boolean, ask: () => Promise<T>): Promise<T> {
  answering.add(isMine)
  try {
    return await ask()
  } finally {
    setTimeout(() => answering.delete(isMine), graceMs)
  }
}

/** Called for every task that ended and that no dialog waited for. */
export function onUnclaimedTaskEnd(listener: (task: Task) => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

onTaskEnd((task) => {
  if (requestsUnderway > 0) held.push(task)
  else tell(task)
})

function tellHeld(): void {
  const tasks = held
  held = []
  tasks.forEach(tell)
}

function tell(task: Task): void {
  if (claimed.has(task.id) || [...answering].some((isMine) => isMine(task))) return
  for (const listener of listeners) listener(task)
}
