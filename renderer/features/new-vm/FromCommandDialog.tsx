import { useRef, useState, type ChangeEvent } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { ReadQemuCommand } from '../../../shared/model/new-vm/qemu-command'
import { api } from '../../api/client'
import { useAsked } from '../../api/use-asked'
import { CommandBlock } from '../../components/CommandBlock'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog, openDialog } from '../../stores/dialogs'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TerminalIcon } from '../../ui/icons/hardware'
import { Note } from '../../ui/Note'
import { Segmented } from '../../ui/Segmented'
import { Spinner } from '../../ui/Spinner'
import { Switch } from '../../ui/Switch'
import { TextArea } from '../../ui/TextArea'
import { TextField } from '../../ui/TextField'
import { CommandRead } from './CommandRead'
import { HostSelect } from './parts'
import { errorAt, problemText } from './steps'
import { useNewDefinition } from './use-new-definition'
import './new-vm.css'
import './from-command.css'

/** As main takes it. */
const maxLength = 200_000

interface Props {
  readonly host: HostId
  readonly begin: string | undefined
}

/** A VM of the command that somebody runs it with: what was understood and what was changed stands below it. */
export function FromCommandDialog({ host: first, begin = '' }: Props) {
  const [host, setHost] = useState(first)
  const [text, setText] = useState(begin)
  const picker = useRef<HTMLInputElement>(null)
  const isLong = text.length > maxLength
  const asked = useAsked(
    text.trim() === '' || isLong ? undefined : { host, text },
    (input): Promise<ReadQemuCommand> => api.newVm.readQemuCommand(input),
  )
  const isWritten = text.trim() !== '' && !isLong
  const read = isWritten && asked.error === undefined ? asked.value : undefined
  const vm = useNewDefinition(host, read?.xml ?? '')
  const refusal: ErrorData | undefined = isLong
    ? {
        kind: 'invalid',
        message: 'The text is too long for a command line',
        cure: 'Paste one command only.',
      }
    : isWritten
      ? asked.error
      : undefined
  const open = async (file: File | undefined): Promise<void> => {
    vm.setFailure(undefined)
    if (!file) return
    if (file.size > maxLength) {
      vm.setFailure({
        kind: 'invalid',
        message: `${file.name} is too large for a command`,
        cure: 'Choose the script or the file of -readconfig, not a disk.',
      })
      return
    }
    try {
      setText(await file.text())
      vm.setName(undefined)
    } catch (reason) {
      vm.setFailure(errorData(reason))
    }
  }
  const isCurrent = asked.isCurrent && read !== undefined
  return (
    <Dialog
      title="VM from a QEMU command"
      icon={TerminalIcon}
      width={900}
      onClose={closeDialog}
      onSubmit={() => {
        if (isCurrent) void vm.create(() => ({ kind: 'newVmFromCommand', host, text }))
      }}
      footer={
        <>
          <Button className="push" onPress={() => openDialog({ kind: 'newVm', host })}>
            Other sources
          </Button>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            isBusy={vm.isBusy}
            disabledReason={vm.locked}
            isDisabled={!isCurrent || !vm.isReady}
            keepsFocus
          >
            Create
          </Button>
        </>
      }
    >
      <div className="nv-top">
        <TextField
          label="Name"
          value={vm.typedName ?? vm.plan?.name ?? ''}
          onChange={vm.setName}
          error={vm.wrongName ?? errorAt(vm.problems, 'name')}
        />
        <HostSelect host={host} onChange={setHost} />
      </div>
      <div
        className="nv-command-text"
        onDragOver={(event) => {
          if (event.dataTransfer.types.includes('Files')) event.preventDefault()
        }}
        onDropCapture={(event) => {
          const [file] = event.dataTransfer.files
          if (!file) return
          event.preventDefault()
          event.stopPropagation()
          void open(file)
        }}
      >
        <TextArea
          label="Command, script or file of -readconfig"
          isMono
          autoFocus
          rows={7}
          value={text}
          onChange={setText}
          placeholder={
            'qemu-system-x86_64 -m 2G -smp 2 \\\n  -drive file=/images/web.qcow2,if=virtio \\\n  -nic user,hostfwd=tcp::2222-:22'
          }
        />
        <div className="nv-hardware">
          <Button onPress={() => picker.current?.click()}>Open a file…</Button>
          <span className="secondary">
            Nothing of it is run: it is read, and becomes a definition that you can change.
          </span>
          <input
            ref={picker}
            type="file"
            hidden
            aria-label="File with a command"
            onChange={(event: ChangeEvent<HTMLInputElement>) => {
              void open(event.target.files?.[0])
              // the same file may be chosen again after it was mended
              event.target.value = ''
            }}
          />
        </div>
      </div>
      {refusal ? <Refusal error={refusal} /> : null}
      {read ? (
        <CommandRead
          read={read}
          onEdit={() => openDialog({ kind: 'newVmFromDefinition', host, xml: read.xml })}
        />
      ) : isWritten && !refusal ? (
        <p className="secondary" role="status">
          <Spinner size={12} /> Reading the command…
        </p>
      ) : null}
      {vm.plan?.hasUuid === true ? (
        <Segmented
          label="Identity"
          value={vm.identity}
          segments={[
            { id: 'keep', label: 'The VM of the command, with its UUID' },
            { id: 'new', label: 'A VM of its own, with a new UUID' },
          ]}
          onChange={vm.setIdentity}
        />
      ) : null}
      {vm.problems
        .filter(({ field }) => field !== 'name')
        .map((problem) => (
          <Note key={problem.message} tone={problem.level}>
            {problemText(problem)}
          </Note>
        ))}
      {vm.askError ? <ErrorBox error={vm.askError} title="The host could not be asked" /> : null}
      {vm.failure ? <ErrorBox error={vm.failure} title="The VM was not created" /> : null}
      <Switch isSelected={vm.startsNow} onChange={vm.setStartsNow}>
        Start it now and open its console
      </Switch>
    </Dialog>
  )
}

/** Where in the text something is wrong is the first thing to know, so it is not folded away. */
function Refusal({ error }: { readonly error: ErrorData }) {
  return (
    <Note tone="error" title={error.message}>
      {error.detail === undefined ? null : <CommandBlock text={error.detail} what="the place" />}
      {error.cure === undefined ? null : <span className="note-cure">{error.cure}</span>}
    </Note>
  )
}
