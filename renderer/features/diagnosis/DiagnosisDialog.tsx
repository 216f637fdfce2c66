import { useContext } from 'react'
import { diagnosisReport, failedStep, type Diagnosis } from '../../../shared/model/diagnosis'
import type { HostId } from '../../../shared/model/ids'
import type { RecipeId } from '../../../shared/recipes/recipe'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog, openDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { ClipboardContext } from '../../ui/clipboard'
import { Dialog } from '../../ui/Dialog'
import { PulseIcon } from '../../ui/icons/objects'
import { StepRow } from './StepRow'
import { useDiagnosis } from './use-diagnosis'
import './diagnosis.css'

/** The ordered checks of one host, as they run, and what the first failure means. */
export function DiagnosisDialog({ id, isReturn }: { id: HostId; isReturn: boolean }) {
  const host = useHost(id)
  const copyText = useContext(ClipboardContext)
  const { diagnosis, error, run } = useDiagnosis(id, isReturn)
  const label = host?.label ?? 'host'
  const isRunning = diagnosis?.state === 'running'
  const cancel = (): void => void api.hosts.cancelDiagnosis({ host: id }).catch(() => undefined)
  const close = (): void => {
    if (isRunning) cancel()
    closeDialog()
  }
  const showRecipe = (recipe: RecipeId): void =>
    openDialog({ kind: 'recipes', recipe, host: id, back: { kind: 'diagnosis', host: id, isReturn: true } })
  const culprit = diagnosis && failedStep(diagnosis)
  return (
    <Dialog
      title={`Diagnosis of ${label}`}
      icon={PulseIcon}
      width={760}
      onClose={close}
      footer={
        <>
          <Button
            className="push"
            isDisabled={diagnosis === undefined || isRunning}
            onPress={() => void (diagnosis && copyText(diagnosisReport(diagnosis, label)))}
          >
            Copy report
          </Button>
          {isRunning ? <Button onPress={cancel}>Cancel</Button> : <Button onPress={run}>Run again</Button>}
          <Button variant="primary" onPress={close}>
            Close
          </Button>
        </>
      }
    >
      {error ? <ErrorBox error={error} title="The diagnosis could not be begun" /> : null}
      {diagnosis ? <Summary diagnosis={diagnosis} /> : null}
      <ol className="steps" aria-label="Steps">
        {(diagnosis?.steps ?? []).map((step) => (
          <StepRow key={step.id} step={step} isCulprit={step === culprit} onRecipe={showRecipe} />
        ))}
      </ol>
    </Dialog>
  )
}

function Summary({ diagnosis }: { diagnosis: Diagnosis }) {
  return (
    <p className="diagnosis-summary" role="status">
      {summaryText(diagnosis)}
    </p>
  )
}

export function summaryText(diagnosis: Diagnosis): string {
  const failed = failedStep(diagnosis)
  if (diagnosis.state === 'running') {
    const current = diagnosis.steps.find(({ state }) => state === 'running')
    return current ? `Checking: ${current.title}` : 'Checking…'
  }
  if (failed) return `Connecting fails here: ${failed.found ?? failed.title}.`
  if (diagnosis.state === 'cancelled') return 'Cancelled before the end.'
  // a step that was given up by the user says nothing about the ones after it
  const last = diagnosis.steps.at(-1)
  const isUnknown = diagnosis.steps.some(
    ({ id, state }) => id.startsWith('open-read-write') && state === 'skipped',
  )
  if (isUnknown || last?.state === 'waiting') return 'It was not looked at to the end.'
  const notes = diagnosis.steps.filter(({ state }) => state === 'warning').length
  if (notes === 0) return 'Everything works.'
  return `The host can be used; ${notes === 1 ? 'one step has a note' : `${notes} steps have notes`}.`
}
