import { lazy, Suspense, useRef, useState, type ChangeEvent } from 'react'
import { errorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog, openDialog } from '../../stores/dialogs'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { CodeIcon } from '../../ui/icons/hardware'
import { Note } from '../../ui/Note'
import { Segmented } from '../../ui/Segmented'
import { Switch } from '../../ui/Switch'
import { TextField } from '../../ui/TextField'
import { conversionNames } from '../../../shared/model/new-vm/conversion'
import { ConvertDialog } from './ConvertDialog'
import { OtherHostDialog, useOtherHosts, type TakenDefinition } from './OtherHostDialog'
import { HostSelect } from './parts'
import { errorAt, problemText } from './steps'
import { useNewDefinition } from './use-new-definition'
import './new-vm.css'

const XmlEditor = lazy(() =>
  import('../../ui/xml-editor/XmlEditor').then((module) => ({ default: module.XmlEditor })),
)

/** As main takes it. */
const maxBytes = 4 * 1024 * 1024

interface Props {
  readonly host: HostId
  readonly xml: string | undefined
}

/** A VM of a definition that somebody has: a backup, another host's, another program's. */
export function FromDefinitionDialog({ host: first, xml = '' }: Props) {
  const [host, setHost] = useState(first)
  const [text, setText] = useState(xml)
  const [isTaking, setTaking] = useState(false)
  const [taken, setTaken] = useState<TakenDefinition>()
  const [isConverting, setConverting] = useState(false)
  const {
    plan,
    problems,
    askError,
    locked,
    typedName,
    wrongName,
    identity,
    startsNow,
    isReady,
    isBusy,
    failure,
    setName,
    setIdentity,
    setStartsNow,
    setFailure,
    create,
  } = useNewDefinition(host, text)
  const picker = useRef<HTMLInputElement>(null)
  const others = useOtherHosts(host)
  const offer = plan?.conversion

  const read = async (file: File | undefined): Promise<void> => {
    setFailure(undefined)
    if (!file) return
    if (file.size > maxBytes) {
      setFailure({
        kind: 'invalid',
        message: `${file.name} is too large for the definition of a VM`,
        cure: 'Choose the XML file, not the disk.',
      })
      return
    }
    try {
      setText(await file.text())
      setName(undefined)
      setTaken(undefined)
    } catch (reason) {
      setFailure(errorData(reason))
    }
  }
  return (
    <Dialog
      title="VM from a definition"
      icon={CodeIcon}
      width={900}
      onClose={closeDialog}
      onSubmit={() => void create(() => ({ kind: 'newVmFromDefinition', host, xml: text }))}
      footer={
        <>
          <Button className="push" onPress={() => openDialog({ kind: 'newVm', host })}>
            Other sources
          </Button>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            isBusy={isBusy}
            disabledReason={locked}
            isDisabled={!isReady}
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
          value={typedName ?? plan?.name ?? ''}
          onChange={setName}
          error={wrongName ?? errorAt(problems, 'name')}
        />
        <HostSelect host={host} onChange={setHost} />
      </div>
      <div className="nv-hardware">
        <Button onPress={() => picker.current?.click()}>Open a file…</Button>
        {others.length === 0 ? null : (
          <Button onPress={() => setTaking(true)}>From a VM of another host…</Button>
        )}
        <span className="secondary">or paste the XML below, or drop its file there</span>
        <input
          ref={picker}
          type="file"
          accept=".xml,text/xml"
          hidden
          aria-label="Definition file"
          onChange={(event: ChangeEvent<HTMLInputElement>) => void read(event.target.files?.[0])}
        />
      </div>
      {/* the button above does the same by keyboard */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className="nv-from-text"
        onDragOver={(event) => {
          if (event.dataTransfer.types.includes('Files')) event.preventDefault()
        }}
        onDropCapture={(event) => {
          const [file] = event.dataTransfer.files
          if (!file) return
          event.preventDefault()
          event.stopPropagation()
          void read(file)
        }}
      >
        <Suspense fallback={null}>
          <XmlEditor className="nv-xml-editor" label="Definition" value={text} onChange={setText} />
        </Suspense>
      </div>
      {taken ? (
        <Note tone="warning" title={`Taken from ${taken.name} on ${taken.from}`}>
          {`Its disks stay there${taken.isRunning ? ', and it runs' : ''}. Shut it down, download them under Storage of ${taken.from}, upload them to a pool here, and write their new places into the text. Never let both VMs run at once.`}
        </Note>
      ) : null}
      {isTaking ? (
        <OtherHostDialog
          hosts={others}
          onTake={(one) => {
            setTaken(one)
            setText(one.xml)
            setName(undefined)
            setTaking(false)
          }}
          onClose={() => setTaking(false)}
        />
      ) : null}
      {plan?.hasUuid === true ? (
        <Segmented
          label="Identity"
          value={identity}
          segments={[
            { id: 'keep', label: 'The VM of the text, with its UUID' },
            { id: 'new', label: 'A VM of its own, with a new UUID' },
          ]}
          onChange={setIdentity}
        />
      ) : null}
      {problems
        .filter(({ field }) => field !== 'name')
        .map((problem) => (
          <Note key={problem.message} tone={problem.level}>
            {problemText(problem)}
          </Note>
        ))}
      {offer ? (
        <div className="nv-hardware">
          <Button
            onPress={() => setConverting(true)}
          >{`Convert it for ${conversionNames[offer.to]}…`}</Button>
          <span className="secondary">
            {offer.isNeeded
              ? 'It was made for Xen. What would change is shown first.'
              : 'It is paravirtual: it can become a whole computer, which needs no kernel made for Xen.'}
          </span>
        </div>
      ) : null}
      {offer && isConverting ? (
        <ConvertDialog
          host={host}
          xml={text}
          offer={offer}
          onUse={(converted) => {
            setText(converted)
            setConverting(false)
          }}
          onClose={() => setConverting(false)}
        />
      ) : null}
      {askError ? <ErrorBox error={askError} title="The host could not be asked" /> : null}
      {failure ? <ErrorBox error={failure} title="The VM was not created" /> : null}
      <Switch isSelected={startsNow} onChange={setStartsNow}>
        Start it now and open its console
      </Switch>
    </Dialog>
  )
}
