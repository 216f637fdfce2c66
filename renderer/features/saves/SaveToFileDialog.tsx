import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import {
  folderOfPath,
  saveToFileInput,
  savedFileName,
  type ResumeState,
} from '../../../shared/model/save/saved-state'
import { vmStateText, type Vm } from '../../../shared/model/vm'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { useAsked } from '../../api/use-asked'
import { CommandBlock } from '../../components/CommandBlock'
import { ErrorBox } from '../../components/ErrorBox'
import { PlanProblems } from '../../components/PlanProblems'
import { closeDialog } from '../../stores/dialogs'
import { useVm } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Dialog } from '../../ui/Dialog'
import { Disclosure } from '../../ui/Disclosure'
import { SaveIcon } from '../../ui/icons/power'
import { Segmented } from '../../ui/Segmented'
import { Spinner } from '../../ui/Spinner'
import { TextField } from '../../ui/TextField'
import { FolderField } from './FolderField'
import { SaveFacts } from './SaveFacts'
import { bytesText, resumeSegments } from './words'
import './saves.css'

export function SaveToFileDialog({ target }: { target: VmRef }) {
  const vm = useVm(vmKey(target))
  return vm ? <SaveForm key={vmKey(target)} vm={vm} target={target} /> : null
}

/** Where the memory goes, whether it fits there, and how the guest goes on when it comes back. */
function SaveForm({ vm, target }: { vm: Vm; target: VmRef }) {
  const [folder, setFolder] = useState<string>()
  const [name, setName] = useState(() => savedFileName(vm.name, Date.now()))
  const [resume, setResume] = useState<ResumeState>('as-it-was')
  const [bypassCache, setBypassCache] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<ErrorData>()
  const path =
    folder === undefined ? undefined : `${folder === '/' ? '' : folder.replace(/\/+$/, '')}/${name.trim()}`
  const input = { ...target, ...(path === undefined ? {} : { path }), resume, bypassCache }
  const checked = path === undefined ? undefined : saveToFileInput.shape.path.safeParse(path)
  const nameError = name.trim() === '' || name.includes('/') ? 'Enter a name without “/”' : undefined
  const isComplete = nameError === undefined && checked?.success !== false
  // the first answer proposes the folder
  const asked = useAsked(isComplete ? { input, state: vm.state } : undefined, (wanted) =>
    api.saves.plan(wanted.input),
  )
  const plan = asked.value
  const problems = isComplete ? (plan?.problems ?? []) : []
  // from then on the file is the one whose name is shown
  useEffect(() => {
    if (plan) setFolder((before) => before ?? folderOfPath(plan.path))
  }, [plan])
  const shown = folder ?? ''
  const canSave =
    isComplete &&
    path !== undefined &&
    plan !== undefined &&
    asked.isCurrent &&
    asked.error === undefined &&
    !problems.some(({ level }) => level === 'error')

  const submit = async (): Promise<void> => {
    if (!canSave || isBusy) return
    setBusy(true)
    setRefused(undefined)
    try {
      await api.saves.save({ ...target, path, resume, bypassCache })
      closeDialog()
    } catch (reason) {
      setRefused(errorData(reason))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Save ${vm.name} to a file`}
      icon={SaveIcon}
      width={640}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          {isComplete && !asked.isCurrent ? (
            <span className="push secondary saves-wait" role="status">
              <Spinner size={14} /> Asking the host…
            </span>
          ) : null}
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isDisabled={!canSave} keepsFocus isBusy={isBusy}>
            Save
          </Button>
        </>
      }
    >
      <p>
        The memory of the guest is written to a file of the host, and the VM stops. Restoring the file lets
        the guest go on where it was. Do not start the VM in between: the file would no longer fit its disks.
      </p>
      <div className="saves-where">
        <FolderField
          host={target.host}
          label="Folder on the host"
          value={shown}
          folders={plan?.folders ?? []}
          onChange={setFolder}
          error={
            checked?.success === false && nameError === undefined
              ? checked.error.issues[0]?.message
              : undefined
          }
        />
      </div>
      <TextField label="Name of the file" value={name} onChange={setName} isMono error={nameError} />
      {plan ? (
        <SaveFacts
          facts={[
            [
              'Memory',
              plan.inUseBytes === undefined
                ? formatBytes(plan.memoryBytes)
                : `${formatBytes(plan.memoryBytes)}, of which the guest uses ${formatBytes(Math.min(plan.inUseBytes, plan.memoryBytes))}`,
            ],
            ['Left in the folder', bytesText(plan.freeBytes) ?? 'Nobody can tell'],
          ]}
        />
      ) : null}
      <div className="saves-how">
        <Segmented
          label="When it is restored"
          value={resume}
          segments={resumeSegments(vm.state === 'running' ? true : vm.state === 'paused' ? false : undefined)}
          onChange={setResume}
        />
        <Checkbox isSelected={bypassCache} onChange={setBypassCache}>
          Write past the cache of the host
          <span className="plan-meta">
            Slower, but a large guest does not push everything else out of the cache.
          </span>
        </Checkbox>
      </div>
      {asked.error ? (
        <ErrorBox
          error={asked.error}
          title={`${vm.name} is ${vmStateText[vm.state].toLowerCase()}; what saving takes could not be worked out`}
          actions={<Button onPress={asked.again}>Ask again</Button>}
        />
      ) : null}
      <PlanProblems problems={problems} />
      {plan?.command === undefined ? null : (
        <Disclosure summary="As a command">
          <CommandBlock text={plan.command} />
        </Disclosure>
      )}
      {refused ? <ErrorBox error={refused} title="Nothing was saved" /> : null}
    </Dialog>
  )
}
