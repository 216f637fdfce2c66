import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog } from '../../stores/dialogs'
import { go } from '../../stores/route'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Dialog } from '../../ui/Dialog'
import { HostIcon } from '../../ui/icons/objects'
import { Select, type SelectOption } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import {
  changeField,
  changeUri,
  emptyForm,
  usesSsh,
  validate,
  type ConnectionKind,
  type Driver,
  type HostForm,
} from './host-form'
import './connections.css'

const kindOptions: readonly SelectOption<ConnectionKind>[] = [
  { id: 'ssh', label: 'Another computer, over SSH', hint: 'Needs only an SSH account that may use libvirt' },
  { id: 'local-system', label: 'This computer', hint: 'The system’s own virtual machines' },
  {
    id: 'local-session',
    label: 'This computer, user session',
    hint: 'Machines of your own, without root rights',
  },
  { id: 'other', label: 'Any libvirt URI', hint: 'Typed by hand' },
]

const driverOptions: readonly SelectOption<Driver>[] = [
  { id: 'qemu', label: 'QEMU/KVM' },
  { id: 'xen', label: 'Xen' },
  { id: 'lxc', label: 'LXC containers' },
]

export function AddHostDialog() {
  const [form, setForm] = useState<HostForm>(emptyForm)
  const [label, setLabel] = useState('')
  const [keyFile, setKeyFile] = useState('')
  const [autoconnect, setAutoconnect] = useState(true)
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const problem = validate(form)

  const update = (next: HostForm): void => {
    setForm(next)
    setError(undefined)
  }
  const at = (field: string): string | undefined => {
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
      const host = await api.hosts.add({
        uri: form.uri.trim(),
        autoconnect,
        ...(label.trim() === '' ? {} : { label: label.trim() }),
        ...(usesSsh(form) && keyFile.trim() !== '' ? { keyFile: keyFile.trim() } : {}),
      })
      closeDialog()
      go({ kind: 'host', host })
    } catch (reason) {
      setError(errorData(reason))
      setBusy(false)
    }
  }
  const hasOwnField = ['uri', 'label', 'keyFile'].includes(error?.field ?? '')

  return (
    <Dialog
      title="Add host"
      icon={HostIcon}
      width={520}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button
            variant="quiet"
            className="push"
            onPress={() => {
              closeDialog()
              go({ kind: 'welcome' })
            }}
          >
            Look on this computer
          </Button>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={isBusy}>
            Add host
          </Button>
        </>
      }
    >
      <Select
        label="Connection"
        value={form.kind}
        options={kindOptions}
        onChange={(kind) => update(changeField(form, { kind }))}
      />
      {form.kind === 'ssh' ? (
        <div className="form-row">
          <TextField
            className="form-user"
            label="User"
            placeholder="root"
            value={form.user}
            onChange={(user) => update(changeField(form, { user }))}
          />
          <TextField
            className="form-grow"
            label="Host"
            placeholder="server.example.org"
            autoFocus
            value={form.address}
            onChange={(address) => update(changeField(form, { address }))}
            error={at('address')}
          />
          <TextField
            className="form-port"
            label="Port"
            placeholder="22"
            inputMode="numeric"
            value={form.port}
            onChange={(port) => update(changeField(form, { port }))}
            error={at('port')}
          />
        </div>
      ) : null}
      {usesSsh(form) ? (
        <TextField
          label="Private key file (optional)"
          placeholder="~/.ssh/id_ed25519"
          isMono
          value={keyFile}
          onChange={setKeyFile}
          error={at('keyFile')}
          hint="Left empty, your SSH agent and usual keys are tried, then you are asked for a password."
        />
      ) : null}
      {form.kind === 'ssh' || form.kind === 'local-system' ? (
        <Select
          label="Hypervisor"
          value={form.driver}
          options={driverOptions}
          onChange={(driver) => update(changeField(form, { driver }))}
        />
      ) : null}
      <TextField
        label="Connection URI"
        placeholder="qemu+ssh://root@server.example.org/system"
        isMono
        value={form.uri}
        onChange={(uri) => update(changeUri(form, uri))}
        error={at('uri')}
        {...(form.kind === 'other' ? { hint: 'As virsh -c takes it.' } : {})}
      />
      <TextField label="Name in the list (optional)" value={label} onChange={setLabel} error={at('label')} />
      <Checkbox isSelected={autoconnect} onChange={setAutoconnect}>
        Connect when Innkeeper starts
      </Checkbox>
      {error && !hasOwnField ? <ErrorBox error={error} title="The host was not added" /> : null}
    </Dialog>
  )
}
