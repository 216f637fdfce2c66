import type { HostId } from '../../../shared/model/ids'
import type { Task } from '../../../shared/model/task'

export type TaskChoice = 'all' | 'running' | 'undone'

/** Those with all the words in their title, command, error or host. */
export function filteredTasks(
  tasks: readonly Task[],
  choice: TaskChoice,
  words: string,
  labelOf: (host: HostId) => string | undefined,
): readonly Task[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return tasks.filter((task) => {
    if (choice === 'running' && task.state !== 'running') return false
    if (choice === 'undone' && task.state !== 'failed' && task.state !== 'cancelled') return false
    if (wanted.length === 0) return true
    const host = task.host === undefined ? undefined : labelOf(task.host)
    const text = [task.title, task.command, task.error?.message, host].join('\n').toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}
