import { lazy, Suspense, useContext, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { NetworkFilter } from '../../../shared/model/networks/network'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { problemLine, xmlProblem, type LineProblem } from '../../components/xml-check'
import { openDialog } from '../../stores/dialogs'
import { useClaimedTask } from '../../stores/use-claimed-task'
import { Button } from '../../ui/Button'
import { ClipboardContext } from '../../ui/clipboard'
import { Dialog } from '../../ui/Dialog'
import { DiffView } from '../../ui/diff/DiffView'
import { CopyIcon, TrashIcon } from '../../ui/icons/general'
import { CodeIcon, ShieldIcon } from '../../ui/icons/hardware'
import { PageHeader } from '../../ui/PageHeader'
import { useNetworksSession } from './session'
import { openNetworkPage } from './store'
import { count } from './words'

const XmlEditor = lazy(() =>
  import('../../ui/xml-editor/XmlEditor').then((module) => ({ default: module.XmlEditor })),
)

/** One filter: what is known of it, and its rules as text. */
export function FilterPage({ filter }: { filter: NetworkFilter }) {
  const { host, lockedReason, filters } = useNetworksSession()
  const { name } = filter
  const [typed, setTyped] = useState<{ readonly text: string; readonly base: string }>()
  const [problem, setProblem] = useState<LineProblem>()
  const [error, setError] = useState<ErrorData>()
  const [isReviewing, setReviewing] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const copyText = useContext(ClipboardContext)
  const run = useClaimedTask()
  const edit = (next: string): void => {
    setProblem(undefined)
    setError(undefined)
    setTyped(next === filter.xml ? undefined : { text: next, base: typed?.base ?? filter.base })
  }
  const save = async ({ text, base }: NonNullable<typeof typed>): Promise<void> => {
    setBusy(true)
    try {
      await run(() => api.networks.defineFilter({ host: host.id, xml: text, base }))
      setTyped(undefined)
      filters.reload()
    } catch (reason) {
      const refused = errorData(reason)
      setError(refused)
      setProblem(problemLine(refused))
    } finally {
      setBusy(false)
      setReviewing(false)
    }
  }
  return (
    <section className="panes-page" aria-label={`Filter ${name}`}>
      <PageHeader icon={ShieldIcon} title={name} about={`Network filter · ${contentText(filter)}`}>
        <Button
          icon={CopyIcon}
          disabledReason={lockedReason}
          onPress={() => openDialog({ kind: 'newFilter', host: host.id, like: name })}
        >
          Copy…
        </Button>
        <Button
          icon={TrashIcon}
          disabledReason={lockedReason}
          onPress={() => openDialog({ kind: 'deleteFilter', host: host.id, filter: name })}
        >
          Delete…
        </Button>
      </PageHeader>
      <div className="net-filter">
        <dl className="net-strip">
          <Fact name="Chain" value={filter.chain ?? 'root'} />
          <Fact name="Priority" value={String(filter.priority ?? 'By the chain')} />
          <div>
            <dt>Includes</dt>
            <dd>
              {filter.includes.length === 0
                ? 'Nothing'
                : filter.includes.map((other) => (
                    <button
                      key={other}
                      type="button"
                      className="net-link"
                      onClick={() => openNetworkPage(host.id, `filter:${other}`)}
                    >
                      {other}
                    </button>
                  ))}
            </dd>
          </div>
          <Fact name="Used by" value={filter.usedBy.join(', ') || 'Nothing yet'} />
        </dl>
        <p className="secondary net-filter-note">
          A filter works where a network card names it: on the VM’s Hardware page, under Network card, Filter.
          A change counts at once for all running guests that use it.
        </p>
        {error ? (
          <ErrorBox
            error={error}
            title="The filter was not stored"
            actions={<Button onPress={() => setError(undefined)}>Dismiss</Button>}
          />
        ) : null}
        <Suspense fallback={null}>
          <XmlEditor
            className="net-xml-editor"
            label={`Rules of ${name}`}
            value={typed?.text ?? filter.xml}
            onChange={edit}
            isReadOnly={lockedReason !== undefined}
            problems={problem ? [{ ...problem, severity: 'error' }] : []}
            title={lockedReason ?? (typed ? 'Changed, not stored' : 'As stored')}
            actions={
              typed ? (
                <>
                  <Button className="button-small" onPress={() => edit(filter.xml)}>
                    Discard
                  </Button>
                  <Button
                    className="button-small"
                    variant="primary"
                    onPress={() => {
                      const found = xmlProblem(typed.text)
                      setProblem(found)
                      if (!found) setReviewing(true)
                    }}
                  >
                    Review and save…
                  </Button>
                </>
              ) : null
            }
          />
        </Suspense>
      </div>
      {isReviewing && typed ? (
        <Dialog
          title={`Review the rules of ${name}`}
          icon={CodeIcon}
          width={880}
          onClose={() => setReviewing(false)}
          footer={
            <>
              <Button onPress={() => setReviewing(false)}>Cancel</Button>
              <Button variant="primary" isBusy={isBusy} onPress={() => void save(typed)}>
                Save
              </Button>
            </>
          }
        >
          {filter.usedBy.length === 0 ? null : (
            <p>{`The new rules count at once for ${filter.usedBy.join(', ')}.`}</p>
          )}
          <div className="net-preview">
            <DiffView
              label={`Changes to ${name}`}
              before={filter.xml}
              after={typed.text}
              onCopy={copyText}
              emptyText="Nothing would change"
            />
          </div>
        </Dialog>
      ) : null}
    </section>
  )
}

function contentText({ ruleCount, includes }: NetworkFilter): string {
  if (ruleCount > 0) return count(ruleCount, 'rule')
  return includes.length > 0 ? `built of ${count(includes.length, 'other filter')}` : 'no rules'
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="selectable">{value}</dd>
    </div>
  )
}
