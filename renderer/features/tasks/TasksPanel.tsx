import { useMemo, type ReactNode } from 'react'
import { api } from '../../api/client'
import { remember } from '../../stores/remembered'
import { sortedTasks, useTasks } from '../../stores/tasks'
import { Button, IconButton } from '../../ui/Button'
import { CloseIcon } from '../../ui/icons/general'
import { TaskRow } from './TaskRow'
import './tasks.css'

/** Work that runs and work that ended, newest first. Main owns it; closing the panel changes nothing. */
export function TasksPanel({ notices }: { readonly notices?: ReactNode }) {
  const byId = useTasks((state) => state.byId)
  const tasks = useMemo(() => sortedTasks(byId), [byId])
  const hasEnded = tasks.some(({ state }) => state !== 'running')
  return (
    <section className="tasks" aria-label="Tasks">
      <header className="tasks-header">
        <h2>Tasks</h2>
        <Button
          variant="quiet"
          className="button-small"
          isDisabled={!hasEnded}
          onPress={() => void api.tasks.clearEnded()}
        >
          Clear ended
        </Button>
        <IconButton
          icon={CloseIcon}
          label="Close tasks"
          className="button-small"
          onPress={() => remember({ tasksOpen: false })}
        />
      </header>
      {notices}
      {tasks.length === 0 ? (
        <p className="tasks-empty">
          Nothing has been done yet. What you start is listed here until you clear it.
        </p>
      ) : (
        <ul className="tasks-list">
          {tasks.map((task) => (
            <TaskRow key={task.id} task={task} />
          ))}
        </ul>
      )}
    </section>
  )
}
