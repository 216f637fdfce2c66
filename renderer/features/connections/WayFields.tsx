import { Segmented } from '../../ui/Segmented'
import { Select, type SelectOption } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import {
  changeField,
  sessionRefusal,
  userRefusal,
  type HostForm,
  type Hypervisor,
  type Transport,
} from './host-form'

const hypervisorOptions: readonly SelectOption<Hypervisor>[] = [
  { id: 'qemu', label: 'QEMU/KVM' },
  { id: 'xen', label: 'Xen' },
  { id: 'lxc', label: 'LXC containers' },
  { id: 'test', label: 'libvirt test driver', hint: 'A make-believe hypervisor inside libvirt' },
  { id: 'custom', label: 'Another one', hint: 'You write the connection URI yourself' },
]

const usualTransports: readonly SelectOption<Transport>[] = [
  { id: 'ssh', label: 'SSH', hint: 'Needs only an SSH account that may use libvirt' },
  { id: 'tls', label: 'TLS', hint: 'Encrypted, with certificates on both sides' },
  { id: 'tcp', label: 'TCP, unencrypted', hint: 'For networks nobody else can listen on' },
]

/** Read from a URI somebody has; nobody needs to choose them anew. */
const rareTransports: Partial<Record<Transport, string>> = {
  libssh: 'SSH (libssh)',
  libssh2: 'SSH (libssh2)',
  ext: 'A program of your own (ext)',
}

type Instance = 'system' | 'session' | 'other'

interface Props {
  readonly form: HostForm
  readonly onChange: (form: HostForm) => void
  readonly errorAt: (field: string) => string | undefined
}

/** Where the host is and how it is reached: the fields that write the URI. */
export function WayFields({ form, onChange, errorAt }: Props) {
  const set = (change: Parameters<typeof changeField>[1]): void => onChange(changeField(form, change))
  const isByFields = form.hypervisor !== 'custom'
  const isRemote = isByFields && form.place === 'remote'
  return (
    <>
      <div className="form-row">
        <Select
          className="form-half"
          label="Hypervisor"
          value={form.hypervisor}
          options={hypervisorOptions}
          onChange={(hypervisor) => set({ hypervisor })}
        />
        {isByFields ? (
          <div className="form-half">
            <Segmented
              label="Where"
              value={form.place}
              segments={[
                { id: 'remote', label: 'Another computer' },
                { id: 'local', label: 'This computer' },
              ]}
              onChange={(place) => set({ place })}
            />
          </div>
        ) : null}
      </div>
      {isRemote ? <AddressRow form={form} set={set} errorAt={errorAt} /> : null}
      {isByFields ? (
        <div className="form-row">
          {isRemote ? (
            <Select
              className="form-half"
              label="Connect by"
              value={form.transport}
              options={transportOptions(form.transport)}
              onChange={(transport) => set({ transport })}
            />
          ) : null}
          <InstanceSelect form={form} set={set} />
        </div>
      ) : null}
    </>
  )
}

interface PartProps {
  readonly form: HostForm
  readonly set: (change: Parameters<typeof changeField>[1]) => void
}

function AddressRow({ form, set, errorAt }: PartProps & { errorAt: Props['errorAt'] }) {
  const refusal = userRefusal(form)
  return (
    <div className="form-row">
      <TextField
        className="form-grow"
        label="Host"
        placeholder="server.example.org"
        autoFocus
        value={form.address}
        onChange={(address) => set({ address })}
        error={errorAt('address')}
        {...(refusal === undefined && form.transport === 'ssh'
          ? { hint: 'A name, an address, or an alias of your ~/.ssh/config.' }
          : {})}
      />
      <TextField
        className="form-user"
        label="User"
        placeholder={refusal === undefined ? 'your own name' : ''}
        value={refusal === undefined ? form.user : ''}
        onChange={(user) => set({ user })}
        isDisabled={refusal !== undefined}
        {...(refusal === undefined ? {} : { hint: refusal })}
      />
      <TextField
        className="form-port"
        label="Port"
        placeholder={defaultPorts[form.transport] ?? ''}
        inputMode="numeric"
        value={form.port}
        onChange={(port) => set({ port })}
        error={errorAt('port')}
      />
    </div>
  )
}

/** https://libvirt.org/remote.html; ssh's own by its config. */
const defaultPorts: Partial<Record<Transport, string>> = {
  ssh: '22',
  libssh: '22',
  libssh2: '22',
  tls: '16514',
  tcp: '16509',
}

function InstanceSelect({ form, set }: PartProps) {
  const instance: Instance =
    form.path === '/system' ? 'system' : form.path === '/session' ? 'session' : 'other'
  const options: SelectOption<Instance>[] = [
    {
      id: 'system',
      label: 'The system’s machines',
      hint: 'Everything is possible; needs the right to manage',
    },
    {
      id: 'session',
      label: 'A user’s own session',
      hint: 'Needs no rights, and has fewer',
      disabledReason: sessionRefusal(form),
    },
    ...(instance === 'other' ? [{ id: 'other' as const, label: form.path }] : []),
  ]
  return (
    <Select
      className="form-half"
      label="Machines of"
      value={instance}
      options={options}
      onChange={(next) => {
        if (next !== 'other') set({ path: `/${next}` })
      }}
      hint={
        instance === 'session'
          ? 'A session cannot hand PCI or USB devices to guests nor make virtual networks, and ends with its user.'
          : undefined
      }
    />
  )
}

function transportOptions(current: Transport): readonly SelectOption<Transport>[] {
  const rare = rareTransports[current]
  return rare === undefined ? usualTransports : [...usualTransports, { id: current, label: rare }]
}
