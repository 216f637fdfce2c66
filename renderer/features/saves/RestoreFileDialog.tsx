import { useState } from 'react'
import type { HostId } from '../../../shared/model/ids'
import { writtenField } from '../../../shared/model/save/save-rules'
import { savedFileRef, type ResumeState, type SavedFileReport } from '../../../shared/model/save/saved-state'
import { vmStateText } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { useAsked } from '../../api/use-asked'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { ErrorBox } from '../../components/ErrorBox'
import { PlanProblems } from '../../components/PlanProblems'
import { HostPathField } from '../../form/host-files/HostPathField'
import { closeDialog } from '../../stores/dialogs'
import { hostLabel } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { RestoreIcon } from '../../ui/icons/power'
import { Segmented } from '../../ui/Segmented'
import { Spinner } from '../../ui/Spinner'
import { SaveFacts } from './SaveFacts'
import { bytesText, resumeSegments, whenText } from './words'
import './saves.css'

interface Props {
  readonly host: HostId
  readonly path: string | undefined
}

/** Whose memory a file holds, what stands against bringing it back, and how it shall go on. */
export function RestoreFileDialog({ host, path: known }: Props) {
  const [typed, setTyped] = useState(known ?? '')
  const [resume, setResume] = useState<ResumeState>('as-it-was')
  const [bypassCache, setBypassCache] = useState(false)
  const [evenWritten, setEvenWritten] = useState(false)
  const ref = savedFileRef.safeParse({ host, path: typed })
  const asked = useAsked(ref.success ? { host, path: typed } : undefined, (wanted) => api.saves.file(wanted))
  const report = asked.isCurrent && !asked.error ? asked.value : undefined
  const isWritten = report?.problems.some(({ field }) => field === writtenField) === true
  const isWrong = report?.problems.some(({ level }) => level === 'error') === true
  return (
    <ConfirmDialog
      title={report ? `Restore ${report.file.name}?` : `Restore a VM on ${hostLabel(host)}`}
      confirmLabel="Restore"
      tone={isWritten && evenWritten ? 'danger' : 'plain'}
      icon={RestoreIcon}
      width={600}
      canConfirm={report !== undefined && !isWrong && (!isWritten || evenWritten)}
      onClose={closeDialog}
      onConfirm={async () => {
        await api.saves.restore({ host, path: typed, resume, bypassCache, evenWritten })
        closeDialog()
      }}
    >
      <HostPathField host={host} label="File on the host" value={typed} onChange={setTyped} />
      {ref.success && !asked.isCurrent ? (
        <p className="secondary saves-wait" role="status">
          <Spinner size={14} /> Looking at the file…
        </p>
      ) : null}
      {asked.error && asked.isCurrent ? (
        <ErrorBox error={asked.error} actions={<Button onPress={asked.again}>Look again</Button>} />
      ) : null}
      {report ? (
        <>
          <FileFacts report={report} />
          <PlanProblems problems={report.problems} />
          {isWritten ? (
            <Checkbox isSelected={evenWritten} onChange={setEvenWritten}>
              Restore it although its disks have changed
            </Checkbox>
          ) : null}
          <Segmented
            label="It goes on"
            value={resume}
            segments={resumeSegments(report.wasRunning)}
            onChange={setResume}
          />
          <Checkbox isSelected={bypassCache} onChange={setBypassCache}>
            Read past the cache of the host
          </Checkbox>
          <p className="secondary">The file stays on the host. Once the guest goes on, it fits no more.</p>
        </>
      ) : null}
    </ConfirmDialog>
  )
}

function FileFacts({ report: { file, wasRunning, vmNow } }: { report: SavedFileReport }) {
  return (
    <SaveFacts
      facts={[
        ['VM', file.name],
        ['UUID', file.vm],
        ['Saved', whenText(file.savedAtMs)],
        ['Memory', bytesText(file.memoryBytes)],
        ['Size of the file', bytesText(file.sizeBytes)],
        ['When saved it was', wasRunning === undefined ? undefined : wasRunning ? 'running' : 'paused'],
        [
          'The VM now',
          vmNow ? `${vmNow.name}, ${vmStateText[vmNow.state].toLowerCase()}` : 'not known to the host',
        ],
      ]}
    />
  )
}
