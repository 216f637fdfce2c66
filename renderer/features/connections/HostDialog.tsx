import { useState, type ReactNode } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog } from '../../stores/dialogs'
import { useHosts } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { ComboField } from '../../ui/ComboField'
import { Dialog } from '../../ui/Dialog'
import { Disclosure } from '../../ui/Disclosure'
import type { Icon } from '../../ui/icons/icon'
import { Note } from '../../ui/Note'
import { TextField } from '../../ui/TextField'
import { groupNames, type HostDraft } from './host-draft'
import { changeField, changeUri, validate, type HostForm } from './host-form'
import { ParamsEditor } from './ParamsEditor'
import { SecurityFields } from './SecurityFields'
import { WayFields } from './WayFields'
import './connections.css'

const fieldsWithPlace = ['uri', 'address', 'port', 'label', 'keyFile', 'pkiPath', 'group', 'params']

interface Props {
  readonly title: string
  readonly icon: Icon
  readonly initial: HostDraft
  readonly submitLabel: string
  /** Title of an error that belongs to no field. */
  readonly failure: string
  readonly extraButton?: ReactNode
  /** Said above the buttons, by what stands in the fields. */
  readonly noteOf?: (draft: HostDraft) => string | undefined
  /** Closes the dialog itself; what it throws is shown here, and nothing typed is lost. */
  readonly onSubmit: (draft: HostDraft) => Promise<void>
}

/** One form for adding and editing a host. */
export function HostDialog(props: Props) {
  const [draft, setDraft] = useState(props.initial)
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const byId = useHosts((state) => state.byId)
  const order = useHosts((state) => state.order)
  const problem = validate(draft.form)

  const change = (next: HostDraft): void => {
    setDraft(next)
    setError(undefined)
  }
  const changeForm = (form: HostForm): void => change({ ...draft, form })
  const errorAt = (field: string): string | undefined => {
    if (isTried && problem?.field === field) return problem.message
    if (error?.field !== field) return undefined
    return error.cure === undefined ? error.message : `${error.message}. ${error.cure}.`
  }
  const submit = async (): Promise<void> => {
    setTried(true)
    if (problem || isBusy) return
    setBusy(true)
    setError(undefined)
    try {
      await props.onSubmit(draft)
    } catch (reason) {
      setError(errorData(reason))
      setBusy(false)
    }
  }
  const hasPlace = error?.field !== undefined && fieldsWithPlace.includes(error.field)
  const { params } = draft.form
  const note = props.noteOf?.(draft)
  return (
    <Dialog
      title={props.title}
      icon={props.icon}
      width={580}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          {props.extraButton}
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={isBusy}>
            {props.submitLabel}
          </Button>
        </>
      }
    >
      <WayFields form={draft.form} onChange={changeForm} errorAt={errorAt} />
      <SecurityFields draft={draft} onChange={change} errorAt={errorAt} />
      <TextField
        label="Connection URI"
        placeholder="qemu+ssh://root@server.example.org/system"
        isMono
        value={draft.form.uri}
        onChange={(uri) => changeForm(changeUri(draft.form, uri))}
        error={errorAt('uri')}
        hint="Written by the fields above; paste one here and the fields follow."
      />
      {draft.form.hypervisor === 'custom' ? null : (
        <Disclosure
          summary={params.length === 0 ? 'Other parameters' : `Other parameters (${params.length})`}
          isOpen={params.length > 0}
        >
          <ParamsEditor
            params={params}
            onChange={(next) => changeForm(changeField(draft.form, { params: next }))}
            error={errorAt('params')}
          />
        </Disclosure>
      )}
      <div className="form-row form-section">
        <TextField
          className="form-half"
          label="Name in the list (optional)"
          value={draft.label}
          onChange={(label) => change({ ...draft, label })}
          error={errorAt('label')}
        />
        <ComboField
          className="form-half"
          label="Group (optional)"
          placeholder="None"
          value={draft.group}
          options={groupNames(order.flatMap((id) => byId[id] ?? []))}
          onChange={(group) => change({ ...draft, group })}
          error={errorAt('group')}
        />
      </div>
      <div className="form-checks">
        <Checkbox
          isSelected={draft.autoconnect}
          onChange={(autoconnect) => change({ ...draft, autoconnect })}
        >
          Connect when Innkeeper starts
        </Checkbox>
        <Checkbox isSelected={draft.readOnly} onChange={(readOnly) => change({ ...draft, readOnly })}>
          Only look: connect read-only
        </Checkbox>
      </div>
      {note === undefined ? null : <Note tone="info" title={note} />}
      {error && !hasPlace ? <ErrorBox error={error} title={props.failure} /> : null}
    </Dialog>
  )
}
