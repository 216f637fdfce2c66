import { useContext, useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HistoryEntry } from '../../../shared/model/hardware/view'
import { api } from '../../api/client'
import { CommandBlock } from '../../components/CommandBlock'
import { ErrorBox } from '../../components/ErrorBox'
import { Button } from '../../ui/Button'
import { ClipboardContext } from '../../ui/clipboard'
import { DiffView } from '../../ui/diff/DiffView'
import { Disclosure } from '../../ui/Disclosure'
import { ChevronRightIcon } from '../../ui/icons/general'
import { Spinner } from '../../ui/Spinner'
import { DefinitionReview } from './DefinitionReview'
import { useSession } from './session'

/** What was changed through Innkeeper on this computer, newest first; each definition can come back. */
export function HistoryList() {
  const session = useSession()
  const { host, vm } = session.target
  const { view } = session
  const [entries, setEntries] = useState<readonly HistoryEntry[]>()
  const [error, setError] = useState<ErrorData>()
  const [open, setOpen] = useState<string>()
  const [restoring, setRestoring] = useState<HistoryEntry>()
  useEffect(() => {
    let isCurrent = true
    const read = async (): Promise<void> => {
      try {
        const found = await api.hardware.history({ host, vm })
        if (isCurrent) setEntries(found)
      } catch (reason) {
        if (isCurrent) setError(errorData(reason))
      }
    }
    void read()
    return () => {
      isCurrent = false
    }
    // a new view means that something was changed
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [host, vm, view])
  if (error) return <ErrorBox error={error} title="The history could not be read" />
  if (!entries) {
    return (
      <p className="hw-loading" role="status">
        <Spinner /> Reading the history…
      </p>
    )
  }
  return (
    <div className="hw-history">
      {entries.length === 0 ? (
        <p className="secondary hw-history-empty">
          Nothing was changed through Innkeeper on this computer yet. From the first change on, every
          definition is kept here and can be brought back.
        </p>
      ) : null}
      <ol>
        {entries.map((entry) => {
          const isOpen = open === entry.id
          return (
            <li key={entry.id}>
              <button
                type="button"
                className="hw-history-line"
                aria-expanded={isOpen}
                onClick={() => setOpen(isOpen ? undefined : entry.id)}
              >
                <ChevronRightIcon size={12} className={isOpen ? 'hw-turned' : undefined} />
                <span className="hw-history-title truncate">{entry.title}</span>
                <time className="secondary" dateTime={new Date(entry.atMs).toISOString()}>
                  {timeText(entry.atMs)}
                </time>
              </button>
              {isOpen ? <HistoryDetails entry={entry} onRestore={() => setRestoring(entry)} /> : null}
            </li>
          )
        })}
      </ol>
      {restoring ? (
        <DefinitionReview
          session={session}
          base={view.base}
          xml={restoring.before}
          title={`Restore the definition from before “${restoring.title}”`}
          onClose={() => setRestoring(undefined)}
          onApplied={() => setRestoring(undefined)}
        />
      ) : null}
    </div>
  )
}

function HistoryDetails({ entry, onRestore }: { entry: HistoryEntry; onRestore: () => void }) {
  const { lockedReason, changes, state } = useSession()
  const copyText = useContext(ClipboardContext)
  const unapplied =
    changes.length > 0 || state.xml ? 'Apply or discard what you have changed first' : undefined
  return (
    <div className="hw-history-details">
      <DiffView label={entry.title} before={entry.before} after={entry.after} onCopy={copyText} />
      {entry.commands.length > 0 ? (
        <Disclosure summary="Same as commands">
          <CommandBlock text={entry.commands.join('\n')} what="commands" />
        </Disclosure>
      ) : null}
      <div>
        <Button className="button-small" disabledReason={lockedReason ?? unapplied} onPress={onRestore}>
          Restore the definition from before this…
        </Button>
      </div>
    </div>
  )
}

const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

function timeText(atMs: number): string {
  return time.format(atMs)
}
