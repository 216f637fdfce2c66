import { lazy, Suspense, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { Network, NetworkView } from '../../../shared/model/networks/network'
import { ErrorBox } from '../../components/ErrorBox'
import { problemLine, xmlProblem, type LineProblem } from '../../components/xml-check'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { CodeIcon } from '../../ui/icons/hardware'
import { Note } from '../../ui/Note'
import { Segmented } from '../../ui/Segmented'
import { Spinner } from '../../ui/Spinner'
import type { Answer } from '../../api/use-answer'
import { PreviewView } from './PreviewView'
import { saveNetwork, tellOutcome } from './save-network'
import { useNetworksSession } from './session'
import { useNetworkPreview } from './use-preview'

const XmlEditor = lazy(() =>
  import('../../ui/xml-editor/XmlEditor').then((module) => ({ default: module.XmlEditor })),
)

/** The definition itself: as stored, to be edited, and as it runs where that is something else. */
export function NetworkXml({ network, view }: { network: Network; view: Answer<NetworkView> }) {
  const { isConnected, lockedReason } = useNetworksSession()
  const [which, setWhich] = useState<'stored' | 'running'>('stored')
  const [typed, setTyped] = useState<{ readonly text: string; readonly base: string }>()
  const [problem, setProblem] = useState<LineProblem>()
  const [error, setError] = useState<ErrorData>()
  const [isReviewing, setReviewing] = useState(false)
  const { value } = view
  if (!value) {
    return (
      <div className="panes-scroll">
        {view.error && isConnected ? (
          <ErrorBox
            error={view.error}
            title="The definition could not be read"
            actions={<Button onPress={view.reload}>Try again</Button>}
          />
        ) : (
          <p className="host-waiting" role="status">
            <Spinner /> Reading the definition…
          </p>
        )}
      </div>
    )
  }
  const text = typed?.text ?? value.xml
  const readOnlyReason =
    lockedReason ?? (network.isPersistent ? undefined : 'It is not stored, so it cannot be edited')
  const edit = (next: string): void => {
    setProblem(undefined)
    setError(undefined)
    setTyped(next === value.xml ? undefined : { text: next, base: typed?.base ?? value.base })
  }
  const review = (): void => {
    const found = xmlProblem(text)
    setProblem(found)
    if (!found) setReviewing(true)
  }
  const isRunning = which === 'running' && value.runningXml !== undefined
  return (
    <div className="net-xml">
      {value.runningXml === undefined ? null : (
        <Segmented
          label="Definition"
          value={which}
          onChange={setWhich}
          segments={[
            { id: 'stored', label: 'Stored' },
            { id: 'running', label: 'Running' },
          ]}
        />
      )}
      {typed !== undefined && typed.base !== value.base ? (
        <Note tone="info" title="The network was changed elsewhere while you were editing">
          Your text is kept. Discard it to see what is stored now.
        </Note>
      ) : null}
      {error ? (
        <ErrorBox
          error={error}
          title="The definition was not stored"
          actions={<Button onPress={() => setError(undefined)}>Dismiss</Button>}
        />
      ) : null}
      <Suspense fallback={null}>
        {isRunning ? (
          <XmlEditor
            key="running"
            className="net-xml-editor"
            label={`Running definition of ${network.name}`}
            value={value.runningXml ?? ''}
            isReadOnly
            title="What runs now; it can only be read"
          />
        ) : (
          <XmlEditor
            key="stored"
            className="net-xml-editor"
            label={`Definition of ${network.name}`}
            value={text}
            onChange={edit}
            isReadOnly={readOnlyReason !== undefined}
            problems={problem ? [{ ...problem, severity: 'error' }] : []}
            title={readOnlyReason ?? (typed ? 'Changed, not stored' : 'As stored')}
            actions={
              typed ? (
                <>
                  <Button className="button-small" onPress={() => edit(value.xml)}>
                    Discard
                  </Button>
                  <Button className="button-small" variant="primary" onPress={review}>
                    Review and save…
                  </Button>
                </>
              ) : null
            }
          />
        )}
      </Suspense>
      {isReviewing && typed ? (
        <XmlReview
          network={network}
          base={typed.base}
          xml={typed.text}
          onClose={() => setReviewing(false)}
          onSaved={() => {
            setTyped(undefined)
            setReviewing(false)
            view.reload()
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

interface ReviewProps {
  readonly network: Network
  readonly base: string
  readonly xml: string
  readonly onClose: () => void
  readonly onSaved: () => void
  readonly onRefused: (error: ErrorData) => void
}

function XmlReview({ network, base, xml, onClose, onSaved, onRefused }: ReviewProps) {
  const { host, lockedReason } = useNetworksSession()
  const preview = useNetworkPreview(host.id, network.name, { xml })
  const [isBusy, setBusy] = useState(false)
  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      const outcome = await saveNetwork({ host: host.id, network: network.name, base, xml })
      onSaved()
      tellOutcome(host.id, network.name, network.isActive, outcome)
    } catch (error) {
      onRefused(errorData(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Review the definition of ${network.name}`}
      icon={CodeIcon}
      width={880}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isBusy={isBusy}
            isDisabled={!preview.value}
            keepsFocus
            disabledReason={lockedReason}
            onPress={() => void save()}
          >
            Save
          </Button>
        </>
      }
    >
      <PreviewView
        preview={preview}
        label={`Changes to ${network.name}`}
        isNew={false}
        isActive={network.isActive}
      />
    </Dialog>
  )
}
