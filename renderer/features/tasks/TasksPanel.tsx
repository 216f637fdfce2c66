import { useMemo, useState, type ReactNode } from 'react'
import { api } from '../../api/client'
import { remember } from '../../stores/remembered'
import { sortedTasks, useTasks } from '../../stores/tasks'
import { useHosts } from '../../stores/hosts'
import { Button, IconButton } from '../../ui/Button'
import { CloseIcon } from '../../ui/icons/general'
import { SearchField } from '../../ui/SearchField'
import { Segmented } from '../../ui/Segmented'
import { filteredTasks, type TaskChoice } from './filtered-tasks'
import { TaskRow } from './TaskRow'
import './tasks.css'

/** Work that runs and work that ended, newest first. Main owns it; closing the panel changes nothing. */
export function TasksPanel({ notices }: { readonly notices?: ReactNode }) {
  const byId = useTasks((state) => state.byId)
  const tasks = useMemo(() => sortedTasks(byId), [byId])
  const hosts = useHosts((state) => state.byId)
  const [choice, setChoice] = useState<TaskChoice>('all')
  const [words, setWords] = useState('')
  const shown = useMemo(
    () => filteredTasks(tasks, choice, words, (host) => hosts[host]?.label),
    [tasks, choice, words, hosts],
  )
  const hasEnded = tasks.some(({ state }) => state !== 'running')
  return (
    <section className="tasks" aria-label="Tasks">
      <header className="tasks-header">
        <h2>Tasks</h2>
        {tasks.length === 0 ? null : (
          <div className="tasks-filter">
            <SearchField label="Filter tasks" placeholder="Filter" value={words} onChange={setWords} />
            <Segmented
              label="Which tasks"
              value={choice}
              segments={[
                { id: 'all', label: 'All' },
                { id: 'running', label: 'Running' },
                { id: 'undone', label: 'Not done' },
              ]}
              onChange={setChoice}
            />
          </div>
        )}
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
          Nothing has been done yet. What you start is listed here, also after a restart, until you clear it.
        </p>
      ) : shown.length === 0 ? (
        <p className="tasks-empty">No task fits the filter.</p>
      ) : (
        <ul className="tasks-list">
          {shown.map((task) => (
            <TaskRow key={task.id} task={task} />
          ))}
        </ul>
      )}
    </section>
  )
}
