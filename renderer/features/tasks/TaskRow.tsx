import { useEffect, useState } from 'react'
import { errorData } from '../../../shared/errors'
import type { Task } from '../../../shared/model/task'
import { formatDuration } from '../../../shared/units'
import { api } from '../../api/client'
import { ErrorDetails } from '../../components/ErrorDetails'
import { useHosts } from '../../stores/hosts'
import { dismissToastsOf, showToast } from '../../stores/toasts'
import { Button } from '../../ui/Button'
import { CopyButton } from '../../ui/CopyButton'
import { CheckIcon, CloseIcon, ErrorIcon } from '../../ui/icons/general'
import { ProgressBar } from '../../ui/ProgressBar'
import { Spinner } from '../../ui/Spinner'
import { amountText } from './amount-text'
import { DeletedFiles } from './DeletedFiles'
import { MoveFigures } from './MoveFigures'

export function TaskRow({ task }: { task: Task }) {
  const host = useHosts((state) => (task.host === undefined ? undefined : state.byId[task.host]?.label))
  return (
    <li className="task">
      <span className={`task-icon task-${task.state}`}>
        <TaskIcon state={task.state} />
      </span>
      <div className="task-text">
        <div className="task-line">
          <span className="task-title truncate" title={task.title}>
            {task.title}
          </span>
          <span className="task-state truncate">
            {task.amount && task.state === 'running' ? amountText(task.amount) : stateText[task.state]}
          </span>
        </div>
        {task.command === undefined ? null : (
          <code className="task-command truncate selectable" title={task.command}>
            {task.command}
          </code>
        )}
        {task.error ? (
          <div className="task-error">
            <span>{task.error.message}</span>
            <ErrorDetails error={task.error} />
          </div>
        ) : null}
        <MoveFigures task={task} />
        {task.deleted ? <DeletedFiles outcomes={task.deleted} /> : null}
      </div>
      {task.state === 'running' ? (
        <span className="task-progress">
          <ProgressBar label={task.title} value={task.progress} />
        </span>
      ) : null}
      <span className="task-host truncate" title={host}>
        {host}
      </span>
      <TaskTime task={task} />
      <span className="task-buttons">
        {task.command === undefined ? null : (
          <CopyButton
            label="Copy as virsh command"
            copy={() => api.app.copyText({ text: task.command ?? '' })}
          />
        )}
        {task.canRetry === true ? (
          <Button
            className="button-small"
            aria-label={`Retry: ${task.title}`}
            onPress={() => void retry(task)}
          >
            Retry
          </Button>
        ) : null}
        {task.state === 'running' && task.canCancel ? (
          <Button className="button-small" onPress={() => void api.tasks.cancel({ task: task.id })}>
            Cancel
          </Button>
        ) : null}
      </span>
    </li>
  )
}

/** The same again, held against what is true now; it becomes a task of its own. */
async function retry(task: Task): Promise<void> {
  try {
    await api.tasks.retry({ task: task.id })
    dismissToastsOf(task.id)
  } catch (error) {
    showToast({ tone: 'error', title: `${task.title}: not tried again`, error: errorData(error) })
  }
}

const stateText: Record<Task['state'], string> = {
  running: '',
  succeeded: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

function TaskIcon({ state }: { state: Task['state'] }) {
  switch (state) {
    case 'running':
      return <Spinner size={14} />
    case 'succeeded':
      return <CheckIcon size={14} />
    case 'failed':
      return <ErrorIcon size={14} />
    case 'cancelled':
      return <CloseIcon size={14} />
  }
}

function TaskTime({ task }: { task: Task }) {
  const [nowMs, setNowMs] = useState(Date.now)
  const isRunning = task.state === 'running'
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isRunning])
  const started = new Date(task.startedAtMs)
  const text = isRunning
    ? formatDuration(Math.max(0, nowMs - task.startedAtMs))
    : started.toDateString() === new Date(nowMs).toDateString()
      ? started.toLocaleTimeString(undefined, { hourCycle: 'h23' })
      : started.toLocaleDateString(undefined, { month: 'short', day: 'numeric' })
  return (
    <time className="task-time" dateTime={started.toISOString()} title={started.toLocaleString()}>
      {text}
    </time>
  )
}
