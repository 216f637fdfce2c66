import { useEffect, useRef } from 'react'
import { api } from '../../../api/client'
import { ErrorBox } from '../../../components/ErrorBox'
import { CopyButton } from '../../../ui/CopyButton'
import { Spinner } from '../../../ui/Spinner'
import type { MonitorEntry } from './use-monitor'

/** Each command with its answer, the newest at the end. */
export function MonitorOutput({ entries }: { entries: readonly MonitorEntry[] }) {
  const list = useRef<HTMLOListElement>(null)
  const shown = useRef<MonitorEntry>(undefined)
  const last = entries.at(-1)
  useEffect(() => {
    if (shown.current === last) return
    shown.current = last
    // the beginning of the newest answer: a long one is read from there
    list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' })
  }, [last])
  if (entries.length === 0)
    return (
      <p className="monitor-nothing secondary">
        Choose what to look at on the left, or type a command below.
      </p>
    )
  return (
    <ol ref={list} className="monitor-output selectable" aria-label="Answers" aria-live="polite">
      {entries.map((entry) => (
        <li key={entry.id} className="monitor-entry">
          <div className="monitor-command mono">
            <span aria-hidden="true">{entry.language === 'hmp' ? '(qemu)' : '→'}</span>
            <span className="monitor-command-text">{entry.command}</span>
            <CopyAnswer text={entry.text} />
          </div>
          <Answer entry={entry} />
        </li>
      ))}
    </ol>
  )
}

function CopyAnswer({ text }: { text: string | undefined }) {
  if (text === undefined || text === '') return null
  return (
    <CopyButton label="Copy the answer" copy={() => api.app.copyText({ text: text.slice(0, 1_000_000) })} />
  )
}

function Answer({ entry: { text, isError, failure } }: { entry: MonitorEntry }) {
  if (failure) return <ErrorBox error={failure} />
  if (text === undefined)
    return (
      <p className="monitor-wait" role="status">
        <Spinner size={12} /> Waiting for QEMU…
      </p>
    )
  if (text.trim() === '') return <p className="secondary monitor-done">Done, nothing to tell.</p>
  return (
    <pre className="monitor-answer" data-error={isError ? true : undefined}>
      {text.trimEnd()}
    </pre>
  )
}
