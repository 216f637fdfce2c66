import { useEffect, useRef } from 'react'
import { AppError } from '../../shared/errors'
import type { TaskId } from '../../shared/model/ids'
import { claimTask, type Claim } from './task-claims'

/**
 * For dialogs that wait for their own task: starts it and ends when it has ended, throwing its error. When the dialog
 * goes away first, the task's failure is told by a toast like any other.
 */
export function useClaimedTask(): (start: () => Promise<TaskId>) => Promise<void> {
  const claim = useRef<Claim | undefined>(undefined)
  const isGone = useRef(false)
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
      claim.current?.release()
    }
  }, [])
  return async (start) => {
    claim.current = await claimTask(start)
    if (isGone.current) claim.current.release()
    const task = await claim.current.ended
    if (task.error) throw AppError.from(task.error)
  }
}
