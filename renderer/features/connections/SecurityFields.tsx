import type { SshEngine } from '../../../shared/model/host'
import { Checkbox } from '../../ui/Checkbox'
import { Note } from '../../ui/Note'
import { Select, type SelectOption } from '../../ui/Select'
import type { HostDraft } from './host-draft'
import { changeField, usesSsh, type HostForm } from './host-form'
import { PathField } from './PathField'

const engineOptions: readonly SelectOption<SshEngine>[] = [
  { id: 'builtin', label: 'Innkeeper’s own', hint: 'Asks in this window; one connection for everything' },
  { id: 'system', label: 'This computer’s ssh', hint: 'Kerberos, security keys, every ssh_config option' },
]

const engineHints: Record<SshEngine, string> = {
  builtin:
    'Reads aliases, keys and jump hosts of ~/.ssh/config, uses your agent, and asks for passwords in this window.',
  system:
    'Runs the ssh program, so whatever works in a terminal works here. It asks in this window too, except on Windows.',
}

interface Props {
  readonly draft: HostDraft
  readonly onChange: (draft: HostDraft) => void
  readonly errorAt: (field: string) => string | undefined
}

/** What proves who is who: keys for SSH, certificates for TLS, and nothing for bare TCP, which is said. */
export function SecurityFields({ draft, onChange, errorAt }: Props) {
  const { form } = draft
  if (usesSsh(form)) return <SshFields draft={draft} onChange={onChange} errorAt={errorAt} />
  if (form.hypervisor === 'custom' || form.place === 'local') return null
  if (form.transport === 'tls') {
    return <TlsFields form={form} onChange={(next) => onChange({ ...draft, form: next })} errorAt={errorAt} />
  }
  if (form.transport === 'tcp') {
    return (
      <Note tone="warning" title="Nothing is encrypted">
        <span>
          Anybody on the way can read and change what is sent, unless the server asks for a name and password
          by an encrypting SASL mechanism. Prefer SSH or TLS.
        </span>
      </Note>
    )
  }
  return null
}

function SshFields({ draft, onChange, errorAt }: Props) {
  return (
    <>
      <Select
        label="SSH by"
        value={draft.sshEngine}
        options={engineOptions}
        onChange={(sshEngine) => onChange({ ...draft, sshEngine })}
        hint={engineHints[draft.sshEngine]}
      />
      <PathField
        label="Private key file (optional)"
        kind="file"
        choose="Private key file"
        placeholder="~/.ssh/id_ed25519"
        value={draft.keyFile}
        onChange={(keyFile) => onChange({ ...draft, keyFile })}
        error={errorAt('keyFile')}
        hint="Left empty, your agent and usual keys are tried, then a password."
      />
    </>
  )
}

function TlsFields({
  form,
  onChange,
  errorAt,
}: {
  readonly form: HostForm
  readonly onChange: (form: HostForm) => void
  readonly errorAt: (field: string) => string | undefined
}) {
  return (
    <>
      <PathField
        label="Certificate folder (optional)"
        kind="folder"
        choose="Certificate folder"
        placeholder="~/.pki/libvirt"
        value={form.pkiPath}
        onChange={(pkiPath) => onChange(changeField(form, { pkiPath }))}
        error={errorAt('pkiPath')}
        hint="With cacert.pem, clientcert.pem and clientkey.pem. Left empty, the usual places are searched."
      />
      <Checkbox isSelected={form.noVerify} onChange={(noVerify) => onChange(changeField(form, { noVerify }))}>
        Do not check the server’s certificate
      </Checkbox>
      {form.noVerify ? (
        <Note tone="warning" title="Somebody else could answer in the host’s place">
          <span>Use it only to find out what is wrong with a certificate.</span>
        </Note>
      ) : (
        <p className="field-hint">
          A server that also asks for a name and password (SASL) asks in this window.
        </p>
      )}
    </>
  )
}
