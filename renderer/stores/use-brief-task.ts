import type { TaskId } from '../../shared/model/ids'
import { remember } from './remembered'
import { useClaimedTask } from './use-claimed-task'

/** What takes longer goes on among the tasks, where its progress is seen. */
const patienceMs = 1500

/**
 * For dialogs that start work which may be over at once or take an hour: ends when it has ended, throwing its error, or
 * when it takes longer, with the list of tasks open. The dialog is closed then; a later failure is told by a toast.
 */
export function useBriefTask(): (start: () => Promise<TaskId>) => Promise<void> {
  const run = useClaimedTask()
  return async (start) => {
    const work = run(start)
    const isLong = await Promise.race([
      work.then(() => false),
      new Promise<boolean>((resolve) => {
        setTimeout(() => resolve(true), patienceMs)
      }),
    ])
    if (!isLong) return
    work.catch(() => undefined)
    remember({ tasksOpen: true })
  }
}
