import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { ResumeState, SavedOf } from '../../../shared/model/save/saved-state'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { ErrorBox } from '../../components/ErrorBox'
import { problemLine, xmlProblem, type LineProblem } from '../../components/xml-check'
import { closeDialog } from '../../stores/dialogs'
import { answeredByTask } from '../../stores/task-claims'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { CodeIcon } from '../../ui/icons/hardware'
import { Segmented } from '../../ui/Segmented'
import { Spinner } from '../../ui/Spinner'
import { XmlEditor } from '../../ui/xml-editor/XmlEditor'
import { resumeSegments } from './words'
import './saves.css'

interface Props {
  readonly host: HostId
  readonly of: SavedOf
  readonly name: string
}

/** What a guest comes back with: paths may change, the machine may not, which the host checks. */
export function SavedDefinitionDialog({ host, of, name }: Props) {
  const { value, error, reload } = useAnswer(`saved definition ${host} ${JSON.stringify(of)}`, () =>
    api.saves.definition({ host, of }),
  )
  const [text, setText] = useState<string>()
  const [resume, setResume] = useState<ResumeState>('as-it-was')
  const [problem, setProblem] = useState<LineProblem>()
  const [refused, setRefused] = useState<ErrorData>()
  const [isBusy, setBusy] = useState(false)
  const isChanged = (text !== undefined && text !== value?.xml) || resume !== 'as-it-was'
  const store = async (): Promise<void> => {
    if (!value || !isChanged || isBusy) return
    const xml = text ?? value.xml
    const found = xmlProblem(xml)
    setProblem(found)
    setRefused(undefined)
    if (found) return
    setBusy(true)
    try {
      await answeredByTask(
        (task) => task.kind === 'saves.edit' && task.host === host,
        () => api.saves.edit({ host, of, base: value.base, xml, resume }),
      )
      closeDialog()
    } catch (reason) {
      const told = errorData(reason)
      setRefused(told)
      setProblem(problemLine(told))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Saved definition of ${name}`}
      icon={CodeIcon}
      width={860}
      onClose={closeDialog}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={!isChanged}
            keepsFocus
            isBusy={isBusy}
            onPress={() => void store()}
          >
            Store
          </Button>
        </>
      }
    >
      <p>
        The guest comes back with this, whatever its stored definition says by then. Where disks, discs,
        networks and displays lead to can change; hardware that the guest would miss cannot, and the host
        refuses it.
      </p>
      {value ? (
        <>
          <XmlEditor
            className="saves-editor"
            label={`Saved definition of ${name}`}
            value={text ?? value.xml}
            onChange={setText}
            problems={problem ? [{ ...problem, severity: 'error' }] : []}
            title={isChanged ? 'Changed, not stored' : 'As saved, without secrets'}
          />
          <Segmented
            label="It goes on"
            value={resume}
            segments={resumeSegments(undefined)}
            onChange={setResume}
          />
        </>
      ) : error ? null : (
        <p className="secondary saves-wait" role="status">
          <Spinner size={14} /> Reading the definition…
        </p>
      )}
      {error ? (
        <ErrorBox
          error={error}
          title="The definition could not be read"
          actions={<Button onPress={reload}>Try again</Button>}
        />
      ) : null}
      {refused ? <ErrorBox error={refused} title="Nothing was stored" /> : null}
    </Dialog>
  )
}
