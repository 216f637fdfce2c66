import type { VmRef } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { usePendingTask } from '../../stores/tasks'
import { Button } from '../../ui/Button'
import { ProgressBar } from '../../ui/ProgressBar'

/** What is being done to the snapshots now, how far it is, and the way out of it. */
export function TaskStrip({ target }: { target: VmRef }) {
  const task = usePendingTask(target)
  if (!task?.kind.startsWith('snapshot.')) return null
  return (
    <section className="snap-task" role="status" aria-label="Work in progress">
      <span className="truncate">{task.title}</span>
      <ProgressBar label={task.title} value={task.progress} />
      {task.canCancel ? (
        <Button className="button-small" onPress={() => void api.tasks.cancel({ task: task.id })}>
          Cancel
        </Button>
      ) : null}
    </section>
  )
}
