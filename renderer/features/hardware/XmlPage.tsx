import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { Button } from '../../ui/Button'
import { DiffView } from '../../ui/diff/DiffView'
import { CodeIcon } from '../../ui/icons/hardware'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import { Tabs } from '../../ui/Tabs'
import { XmlEditor } from '../../ui/xml-editor/XmlEditor'
import { DefinitionReview } from './DefinitionReview'
import { HistoryList } from './HistoryList'
import { useSession, type HardwareSession } from './session'
import { putHardware } from './store'
import { problemLine, xmlProblem, type LineProblem } from '../../components/xml-check'

type Page = 'stored' | 'running' | 'history'

/** The definition itself: as stored, to be edited; as it runs; and what was changed before. */
export function XmlPage() {
  const { view } = useSession()
  const [page, setPage] = useState<Page>('stored')
  const shown = page === 'running' && !view.isRunning ? 'stored' : page
  return (
    <section className="hw-page hw-xml" aria-label="XML definition">
      <header className="hw-page-header">
        <span className="hw-page-icon">
          <CodeIcon size={18} />
        </span>
        <div className="hw-page-title">
          <h2>XML definition</h2>
          <div className="hw-page-sub">Without secrets; those that are set stay as they are</div>
        </div>
      </header>
      <Tabs
        label="Definitions"
        selected={shown}
        onSelect={setPage}
        tabs={[
          {
            id: 'stored',
            label: view.isPersistent ? 'Stored' : 'Definition',
            content: <StoredText />,
          },
          ...(view.isRunning && view.isPersistent
            ? [{ id: 'running' as const, label: 'Running', content: <RunningText /> }]
            : []),
          { id: 'history', label: 'History', content: <HistoryList /> },
        ]}
      />
    </section>
  )
}

interface Definition {
  readonly xml?: string
  readonly base?: string
  readonly error?: ErrorData
}

function useDefinition({ target, view }: HardwareSession, which: 'stored' | 'running') {
  const [definition, setDefinition] = useState<Definition>({})
  const [tries, setTries] = useState(0)
  const { host, vm } = target
  useEffect(() => {
    let isCurrent = true
    const read = async (): Promise<void> => {
      try {
        const found = await api.hardware.definition({ host, vm, which })
        if (isCurrent) setDefinition(found)
      } catch (error) {
        if (isCurrent) setDefinition({ error: errorData(error) })
      }
    }
    void read()
    return () => {
      isCurrent = false
    }
    // a new view means that the definition may have changed
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [host, vm, which, view, tries])
  return { definition, reload: () => setTries((before) => before + 1) }
}

function StoredText() {
  const session = useSession()
  const { key, state, view, changes, lockedReason } = session
  const { definition, reload } = useDefinition(session, 'stored')
  const [isReviewing, setReviewing] = useState(false)
  const [problem, setProblem] = useState<LineProblem>()
  const [error, setError] = useState<ErrorData>()
  const [sent, setSent] = useState<string>()
  const typed = state.xml
  const { xml, base } = definition
  if (xml === undefined || base === undefined) return <Reading error={definition.error} reload={reload} />

  const text = typed?.text ?? xml
  const edit = (next: string): void => {
    setProblem(undefined)
    setError(undefined)
    setSent(undefined)
    putHardware(key, { xml: next === xml ? undefined : { text: next, base: typed?.base ?? base } })
  }
  const review = (): void => {
    const found = xmlProblem(text)
    setProblem(found)
    if (!found) setReviewing(true)
  }
  const readOnlyReason =
    lockedReason ?? (changes.length > 0 ? 'Apply or discard the changes made in the forms first' : undefined)
  const isStale = typed !== undefined && typed.base !== base
  return (
    <div className="hw-xml-body">
      {changes.length > 0 ? (
        <Note tone="info" title="The changes made in the forms are not in this text">
          Apply or discard them first; then the definition can be edited here.
        </Note>
      ) : null}
      {isStale ? (
        <Note tone="info" title="The definition was changed elsewhere while you were editing">
          Your text is kept. Before it is applied, you see what is different.
        </Note>
      ) : null}
      {error ? (
        <ErrorBox
          error={error}
          title="The definition was not applied"
          actions={<Button onPress={() => setError(undefined)}>Dismiss</Button>}
        />
      ) : null}
      {sent !== undefined && typed === undefined && sent !== xml ? (
        <div className="hw-xml-stored">
          <Note
            tone="info"
            title="What the host stored differs from what you sent"
            actions={<Button onPress={() => setSent(undefined)}>OK</Button>}
          >
            It fills in what was left out, and writes some things in its own way.
          </Note>
          <DiffView label="What the host made of it" before={sent} after={xml} />
        </div>
      ) : (
        <XmlEditor
          className="hw-xml-editor"
          label={`Definition of ${view.name}`}
          value={text}
          onChange={edit}
          isReadOnly={readOnlyReason !== undefined}
          problems={problem ? [{ ...problem, severity: 'error' }] : []}
          title={readOnlyReason ?? (typed ? 'Changed, not applied' : 'As stored; what the next start uses')}
          actions={
            typed ? (
              <>
                <Button className="button-small" onPress={() => putHardware(key, { xml: undefined })}>
                  Discard
                </Button>
                <Button
                  className="button-small"
                  variant="primary"
                  disabledReason={readOnlyReason}
                  onPress={review}
                >
                  Review and apply…
                </Button>
              </>
            ) : null
          }
        />
      )}
      {isReviewing && typed ? (
        <DefinitionReview
          session={session}
          base={typed.base}
          xml={typed.text}
          title={`Review the definition of ${view.name}`}
          onClose={() => setReviewing(false)}
          onApplied={() => {
            setSent(typed.text)
            putHardware(key, { xml: undefined })
            setReviewing(false)
          }}
          onRefused={(refused) => {
            setReviewing(false)
            setError(refused)
            setProblem(problemLine(refused))
          }}
        />
      ) : null}
    </div>
  )
}

function RunningText() {
  const session = useSession()
  const { definition, reload } = useDefinition(session, 'running')
  if (definition.xml === undefined) return <Reading error={definition.error} reload={reload} />
  return (
    <div className="hw-xml-body">
      <XmlEditor
        className="hw-xml-editor"
        label={`Running definition of ${session.view.name}`}
        value={definition.xml}
        isReadOnly
        title="What the guest runs with; it can only be read"
      />
    </div>
  )
}

function Reading({ error, reload }: { error: ErrorData | undefined; reload: () => void }) {
  return (
    <div className="hw-xml-body">
      {error ? (
        <ErrorBox
          error={error}
          title="The definition could not be read"
          actions={<Button onPress={reload}>Try again</Button>}
        />
      ) : (
        <p className="hw-loading" role="status">
          <Spinner /> Reading the definition…
        </p>
      )}
    </div>
  )
}
