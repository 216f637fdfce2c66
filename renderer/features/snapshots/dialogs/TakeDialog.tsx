import { useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import { vmKey, type VmRef } from '../../../../shared/model/ids'
import type { SnapshotView } from '../../../../shared/model/snapshots/snapshot'
import type { Vm } from '../../../../shared/model/vm'
import { api } from '../../../api/client'
import { useAnswer } from '../../../api/use-answer'
import { CommandBlock } from '../../../components/CommandBlock'
import { ErrorBox } from '../../../components/ErrorBox'
import { closeDialog } from '../../../stores/dialogs'
import { useVm } from '../../../stores/vms'
import { Button } from '../../../ui/Button'
import { Choices } from '../../../ui/Choices'
import { Dialog } from '../../../ui/Dialog'
import { Disclosure } from '../../../ui/Disclosure'
import { SnapshotIcon } from '../../../ui/icons/objects'
import { Note } from '../../../ui/Note'
import { Spinner } from '../../../ui/Spinner'
import { TextArea } from '../../../ui/TextArea'
import { TextField } from '../../../ui/TextField'
import { markSnapshot } from '../store'
import { useSnapshots } from '../use-snapshots'
import { whyNone, whyRefused } from '../words'
import { useMemoryRoom } from './memory-room'
import { completed, emptyForm, problemsOf, type TakeForm } from './take-form'
import { TakeInPlaceOf } from './TakeInPlaceOf'
import { TakeMemory } from './TakeMemory'
import { TakeMore } from './TakeMore'

export function TakeDialog({ target }: { target: VmRef }) {
  const vm = useVm(vmKey(target))
  const { value, error, reload } = useSnapshots(target)
  if (!vm) return null
  if (value) return <TakeSnapshot target={target} vm={vm} view={value} />
  return (
    <Dialog
      title={`Take a snapshot of ${vm.name}`}
      icon={SnapshotIcon}
      width={620}
      onClose={closeDialog}
      footer={<Button onPress={closeDialog}>Close</Button>}
    >
      {error ? (
        <ErrorBox
          error={error}
          title="What can be kept of this VM could not be found out"
          actions={<Button onPress={reload}>Try again</Button>}
        />
      ) : (
        <p className="snap-waiting" role="status">
          <Spinner /> Asking the host what can be kept…
        </p>
      )}
    </Dialog>
  )
}

interface Props {
  readonly target: VmRef
  readonly vm: Vm
  readonly view: SnapshotView
}

function TakeSnapshot({ target, vm, view }: Props) {
  const [form, setForm] = useState<TakeForm>(emptyForm)
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<ErrorData>()
  const change = (part: Partial<TakeForm>): void => setForm((before) => ({ ...before, ...part }))
  const wish = completed(form, view)
  const problems = problemsOf(target, form, view)
  const none = whyNone(view)
  const old = view.snapshots.find(({ name }) => name === wish.name)
  const room = useMemoryRoom(target, vm, view, wish)
  const canTake =
    none === undefined &&
    problems.name === undefined &&
    problems.other === undefined &&
    room?.problems.some(({ level }) => level === 'error') !== true
  const input = { ...target, ...wish }
  const command = useAnswer(canTake ? `snapshot command ${JSON.stringify(input)}` : undefined, () =>
    api.snapshots.createCommand(input),
  )
  const submit = async (): Promise<void> => {
    if (!canTake || isBusy) return
    setBusy(true)
    setRefused(undefined)
    try {
      await api.snapshots.create(input)
      markSnapshot(target, wish.name)
      closeDialog()
    } catch (reason) {
      setRefused(errorData(reason))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Take a snapshot of ${vm.name}`}
      icon={SnapshotIcon}
      width={620}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isDisabled={!canTake} keepsFocus isBusy={isBusy}>
            Take it
          </Button>
        </>
      }
    >
      {none === undefined ? null : (
        <Note tone="error" title="No snapshot can be taken of this VM">
          {none}
        </Note>
      )}
      {view.warnings.map((warning) => (
        <Note key={warning} tone="warning">
          {warning}
        </Note>
      ))}
      <TextField
        label="Name"
        value={wish.name}
        onChange={(name) => change({ name })}
        autoFocus
        error={problems.name}
      />
      {old === undefined ? null : (
        <TakeInPlaceOf old={old} isReplaced={wish.replace === true} onChange={change} />
      )}
      <TextArea
        label="Description"
        rows={2}
        value={form.description}
        onChange={(description) => change({ description })}
        placeholder="What it is good for, and what comes next"
      />
      <Choices
        label="Where it is kept"
        value={wish.kind}
        onChange={(kind) => change({ kind })}
        choices={[
          {
            id: 'internal',
            label: 'Inside the disk images',
            note: 'Nothing new to look after, and quick to delete. A running VM stands still while its memory is written.',
            disabledReason: whyRefused(view.offers.internal),
          },
          {
            id: 'external',
            label: 'In files of its own',
            note: 'The disks stay as they are, and new files take what is written from now on. Each one makes the chain a file longer.',
            disabledReason: whyRefused(view.offers.external),
          },
        ]}
      />
      <TakeMemory vm={vm} view={view} wish={wish} room={room} onChange={change} />
      <Disclosure summary="More: each disk, places of files">
        <TakeMore target={target} view={view} form={form} wish={wish} onChange={change} />
      </Disclosure>
      {command.value === undefined ? null : (
        <Disclosure summary="The same as a command">
          <CommandBlock text={command.value} />
        </Disclosure>
      )}
      {problems.other === undefined ? null : <Note tone="warning">{problems.other}</Note>}
      {refused ? <ErrorBox error={refused} title="No snapshot was taken" /> : null}
    </Dialog>
  )
}
