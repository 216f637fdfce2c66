import { useEffect, useRef } from 'react'
import { AppError } from '../../shared/errors'
import type { TaskId } from '../../shared/model/ids'
import type { Task } from '../../shared/model/task'
import { claimTasks, type Claim } from './task-claims'

/**
 * For dialogs that wait for their own task: starts it and ends when it has ended, throwing its error. When the dialog
 * goes away first, the task's failure is told by a toast like any other.
 */
export function useClaimedTask(): (start: () => Promise<TaskId>) => Promise<void> {
  const run = useClaimedTasks()
  return async (start) => {
    const [task] = await run(async () => [await start()])
    if (task?.error) throw AppError.from(task.error)
  }
}

/** Of several tasks: ends with all of them, however they ended. */
export function useClaimedTasks(): (start: () => Promise<readonly TaskId[]>) => Promise<readonly Task[]> {
  const claims = useRef<readonly Claim[]>([])
  const isGone = useRef(false)
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
      for (const claim of claims.current) claim.release()
    }
  }, [])
  return async (start) => {
    claims.current = await claimTasks(start)
    if (isGone.current) for (const claim of claims.current) claim.release()
    return Promise.all(claims.current.map(({ ended }) => ended))
  }
}
