import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { ImageReport, ImageResult } from '../../../shared/model/storage/image'
import type { Task } from '../../../shared/model/task'
import { api } from '../../api/client'
import { CommandBlock } from '../../components/CommandBlock'
import { ErrorBox } from '../../components/ErrorBox'
import { answeredByTask } from '../../stores/task-claims'
import { useTasks } from '../../stores/tasks'
import { Button } from '../../ui/Button'
import { Note } from '../../ui/Note'
import { ProgressBar } from '../../ui/ProgressBar'
import { Select } from '../../ui/Select'
import { nameOf } from './image-text'
import { actionOf, besideName, dangerOf, firstWork, kinds, whyNot, whyNotNow, works, type Work } from './work'
import { WorkFields } from './WorkFields'

interface Props {
  readonly host: HostId
  readonly report: ImageReport
  readonly onDone: () => void
}

type End = { readonly result: ImageResult } | { readonly error: ErrorData }

/** One thing to do at a time: what it needs to know, the same as a command, and what came of it. */
export function ImageWork({ host, report, onDone }: Props) {
  const [top] = report.chain
  if (!top) return null
  return <WorkForm host={host} report={report} image={top} onDone={onDone} />
}

function WorkForm({ host, report, image, onDone }: Props & { readonly image: ImageReport['chain'][number] }) {
  const [work, setWork] = useState<Work>(() => firstWork(image))
  const [end, setEnd] = useState<End>()
  const [isBusy, setBusy] = useState(false)
  const { path } = image
  const action = actionOf(work)
  const task = useTasks((state) =>
    isBusy ? Object.values<Task>(state.byId).find((one) => isMine(one, host, work.kind, path)) : undefined,
  )
  const command = useCommand(host, path, action)
  const never = whyNot(work.kind, report)
  const danger = dangerOf(work, image)
  const { button, doing } = works[work.kind]

  const run = async (): Promise<void> => {
    if (!action) return
    setBusy(true)
    setEnd(undefined)
    try {
      const ask = (): Promise<ImageResult> => api.storage.imageAction({ host, path, action })
      setEnd({ result: await answeredByTask((one) => isMine(one, host, action.kind, path), ask) })
      onDone()
    } catch (reason) {
      setEnd({ error: errorData(reason) })
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className="image-work">
      <fieldset disabled={isBusy} className="image-form">
        <Select
          label="What to do"
          value={work.kind}
          options={kinds.map((kind) => ({
            id: kind,
            label: works[kind].label,
            hint: works[kind].hint,
            disabledReason: whyNot(kind, report),
          }))}
          hint={works[work.kind].hint}
          isDisabled={isBusy}
          onChange={(kind) => {
            setEnd(undefined)
            const to = kind === 'dd' ? '' : besideName(path, work.format)
            setWork({ ...work, kind, ...(kind === 'convert' || kind === 'dd' ? { to } : {}) })
          }}
        />
        <WorkFields
          host={host}
          image={image}
          work={work}
          onChange={(change) => {
            setEnd(undefined)
            setWork({ ...work, ...change })
          }}
        />
      </fieldset>
      {danger === undefined ? null : <Note tone="warning" title={danger} />}
      {command === undefined ? null : <CommandBlock text={command} />}
      <div className="image-run">
        <Button
          variant={danger === undefined ? 'primary' : 'danger'}
          isDisabled={!action}
          keepsFocus
          isBusy={isBusy}
          disabledReason={never ?? whyNotNow(work, report)}
          onPress={() => void run()}
        >
          {button}
        </Button>
        {isBusy ? (
          <>
            <span className="secondary" role="status">
              {doing}
            </span>
            <span className="image-progress">
              <ProgressBar label={doing} value={task?.progress} />
            </span>
            {task?.canCancel === true ? (
              <Button onPress={() => void api.tasks.cancel({ task: task.id })}>Cancel</Button>
            ) : null}
          </>
        ) : null}
      </div>
      {end ? <EndNote end={end} /> : null}
    </div>
  )
}

function EndNote({ end }: { readonly end: End }) {
  if ('error' in end) {
    return end.error.kind === 'cancelled' ? (
      <Note tone="info" title={end.error.message}>
        {end.error.cure === undefined ? null : <span>{end.error.cure}</span>}
      </Note>
    ) : (
      <ErrorBox error={end.error} />
    )
  }
  const { summary, facts } = end.result
  return (
    <div role="status">
      <Note tone="info" title={summary}>
        <dl className="image-result">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="selectable">{value}</dd>
            </div>
          ))}
        </dl>
      </Note>
    </div>
  )
}

function isMine(task: Task, host: HostId, kind: string, path: string): boolean {
  return (
    task.kind === `image.${kind}` &&
    task.host === host &&
    task.title.endsWith(nameOf(path)) &&
    (task.state === 'running' || Date.now() - (task.endedAtMs ?? 0) < 5000)
  )
}

/** The same by hand; asked for as the form changes, and only the last answer is shown. */
function useCommand(host: HostId, path: string, action: ReturnType<typeof actionOf>): string | undefined {
  const [command, setCommand] = useState<string>()
  const wanted = JSON.stringify(action)
  useEffect(() => {
    let isCurrent = true
    if (!action) {
      setCommand(undefined)
      return
    }
    api.storage.imageCommand({ host, path, action }).then(
      (text) => isCurrent && setCommand(text),
      () => isCurrent && setCommand(undefined),
    )
    return () => {
      isCurrent = false
    }
    // `wanted` says what `action` is, which is made anew at each drawing
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [host, path, wanted])
  return command
}
