import { Button, IconButton } from '../../ui/Button'
import { CloseIcon, ErrorIcon, PlusIcon } from '../../ui/icons/general'
import { TextField } from '../../ui/TextField'
import type { UriParams } from './host-form'

/** https://libvirt.org/uri.html#remote-uris; names not listed are handed to the daemon. */
const meanings: Record<string, string> = {
  socket: 'Path of the daemon’s UNIX socket',
  mode: 'auto, legacy (libvirtd) or direct (one daemon per driver)',
  proxy: 'auto, native (virt-ssh-helper) or netcat',
  netcat: 'Program used as netcat on the host',
  command: 'Program run in place of ssh',
  name: 'URI the daemon opens in place of its own',
  auth: 'sasl, sasl.MECHANISM or polkit',
  authfile: 'File with names and passwords',
  keyfile: 'Private key; the field above goes before it',
  known_hosts: 'File of known host keys',
  known_hosts_verify: 'normal, auto or ignore',
  sshauth: 'Ways to sign in, in order',
  pkipath: 'Folder of certificates',
  no_verify: '1 = the server’s certificate is not checked',
  no_tty: '1 = ssh may not ask',
  tls_priority: 'Ciphers and versions, as GnuTLS writes them',
}

interface Props {
  readonly params: UriParams
  readonly onChange: (params: UriParams) => void
  readonly error: string | undefined
}

/** The URI's parameters that have no field of their own. */
export function ParamsEditor({ params, onChange, error }: Props) {
  const change = (index: number, part: Partial<UriParams[number]>): void =>
    onChange(params.map((param, at) => (at === index ? { ...param, ...part } : param)))
  return (
    <div className="params" role="group" aria-label="Other parameters of the URI">
      {params.map(({ name, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a parameter may come twice, and its name is being typed
        <div key={index} className="form-row">
          <TextField
            className="form-param"
            label={`Parameter ${index + 1}`}
            isMono
            value={name}
            onChange={(next) => change(index, { name: next.toLowerCase() })}
            placeholder="name"
          />
          <TextField
            className="form-grow"
            label="Value"
            isMono
            value={value}
            onChange={(next) => change(index, { value: next })}
            {...(meanings[name] === undefined ? {} : { hint: meanings[name] })}
          />
          <IconButton
            icon={CloseIcon}
            label={`Remove parameter ${index + 1}`}
            className="form-beside"
            onPress={() => onChange(params.toSpliced(index, 1))}
          />
        </div>
      ))}
      {error === undefined ? null : (
        <span className="field-error" role="alert">
          <ErrorIcon size={14} />
          <span>{error}</span>
        </span>
      )}
      <div>
        <Button
          icon={PlusIcon}
          className="button-small"
          onPress={() => onChange([...params, { name: '', value: '' }])}
        >
          Add a parameter
        </Button>
      </div>
    </div>
  )
}
