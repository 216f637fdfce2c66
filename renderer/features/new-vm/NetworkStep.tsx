import { takesMacvtap, type HostChoices } from '../../../shared/model/host-choices'
import type { NewNic } from '../../../shared/model/new-vm/new-vm'
import { outerBridges } from '../../../shared/model/new-vm/suggest-places'
import { Button } from '../../ui/Button'
import { PlusIcon } from '../../ui/icons/general'
import { Select, type SelectOption } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { FixButton } from './FixButton'
import { errorAt } from './steps'
import { useWizard } from './wizard'

const maxNics = 16
const otherBridge = 'other'

/** What the network cards are plugged into. */
export function NetworkStep() {
  const { wishes, shown, set } = useWizard()
  const wished = wishes.nics ?? [{}]
  return (
    <>
      {shown.nics.length === 0 ? <p className="nv-note">The VM gets no network card.</p> : null}
      {shown.nics.map((nic, at) => (
        <NicForm
          // cards have no other name than their place
          // oxlint-disable-next-line react/no-array-index-key
          key={at}
          at={at}
          nic={nic}
          onChange={(source) =>
            set({ nics: wished.map((one, other) => (other === at ? { ...one, source } : one)) })
          }
          onRemove={() => set({ nics: wished.filter((_, other) => other !== at) })}
        />
      ))}
      {shown.nics.length < maxNics ? (
        <div className="nv-line">
          <Button icon={PlusIcon} onPress={() => set({ nics: [...wished, {}] })}>
            Add a network card
          </Button>
        </div>
      ) : null}
    </>
  )
}

interface NicProps {
  readonly at: number
  readonly nic: NewNic
  readonly onChange: (source: NewNic['source']) => void
  readonly onRemove: () => void
}

function NicForm({ at, nic, onChange, onRemove }: NicProps) {
  const { known, problems } = useWizard()
  const { source } = nic
  const options = optionsOf(known.offer.choices, source)
  const isOther = source.kind === 'bridge' && !options.some(({ id }) => id === sourceId(source))
  const error = errorAt(problems, `nics.${at}.source`, `nics.${at}`, `nics.${at}.source.name`)
  const stopped = problems.find(({ field, fix }) => field === `nics.${at}.source` && fix !== undefined)
  return (
    <section className="nv-card" aria-label={`Network card ${at + 1}`}>
      <header className="nv-card-head">
        <h3>Network card {at + 1}</h3>
        <Button
          variant="quiet"
          className="button-small nv-card-end"
          aria-label={`Remove network card ${at + 1}`}
          onPress={onRemove}
        >
          Remove
        </Button>
      </header>
      <div className="nv-grid">
        <Select
          label="Plugged into"
          value={isOther ? otherBridge : sourceId(source)}
          options={[...options, { id: otherBridge, label: 'Another bridge of the host…' }]}
          onChange={(id) => onChange(id === otherBridge ? { kind: 'bridge', name: '' } : sourceOf(id))}
          hint={reachOf(source, known.offer.choices?.networks.items)}
          error={isOther ? undefined : error}
        />
        {isOther ? (
          <TextField
            label="Bridge"
            isMono
            value={source.name}
            onChange={(name) => onChange({ kind: 'bridge', name })}
            error={error ?? (source.name === '' ? 'Enter the name of the bridge' : undefined)}
          />
        ) : null}
      </div>
      {stopped ? (
        <div className="nv-line">
          <FixButton problem={stopped} />
        </div>
      ) : null}
    </section>
  )
}

/** Whom the VM reaches, and who reaches it. */
function reachOf(
  source: NewNic['source'],
  networks: HostChoices['networks']['items'] | undefined,
): string | undefined {
  switch (source.kind) {
    case 'bridge':
      return 'The VM is in the same LAN as the host.'
    case 'direct':
      return 'The VM is in the same LAN as the host, but the two do not reach each other.'
    case 'user':
      return 'The VM reaches what the hypervisor itself can reach; nobody reaches the VM.'
    case 'network':
      return reaches[networks?.find(({ name }) => name === source.name)?.forward ?? '']
  }
}

const reaches: Readonly<Record<string, string>> = {
  nat: 'The VM goes out through the host; from outside nobody reaches it.',
  route: 'The VM goes out through the host, by routing.',
  open: 'The VM goes out through the host, by routing and without a firewall.',
  bridge: 'The VM is in the LAN that the network stands for.',
  isolated: 'The VM reaches the host and other VMs of this network only.',
}

function sourceId(source: NewNic['source']): string {
  switch (source.kind) {
    case 'user':
      return 'user'
    case 'direct':
      return `direct ${source.interface}`
    default:
      return `${source.kind} ${source.name}`
  }
}

function sourceOf(id: string): NewNic['source'] {
  const at = id.indexOf(' ')
  const name = id.slice(at + 1)
  if (id.startsWith('network ')) return { kind: 'network', name }
  if (id.startsWith('bridge ')) return { kind: 'bridge', name }
  return id.startsWith('direct ') ? { kind: 'direct', interface: name } : { kind: 'user' }
}

function optionsOf(
  choices: Pick<HostChoices, 'networks' | 'interfaces'> | undefined,
  chosen: NewNic['source'],
): SelectOption<string>[] {
  const networks = (choices?.networks.items ?? []).map(({ name, isActive, forward }) => ({
    id: `network ${name}`,
    label: `Network ${name}`,
    hint: isActive ? forward : `${forward}, not active`,
  }))
  const bridges = (choices ? outerBridges(choices) : []).map(({ name }) => ({
    id: `bridge ${name}`,
    label: `Bridge ${name}`,
    hint: 'of the host: the VM is in its LAN',
  }))
  const direct = (choices?.interfaces.items ?? [])
    .filter(
      (one) => takesMacvtap(one) && one.kind !== 'virtual' && one.partOf === undefined && one.name !== 'lo',
    )
    .map(({ name }) => ({
      id: `direct ${name}`,
      label: `Interface ${name}`,
      hint: 'shared by macvtap: the host itself is not reached',
    }))
  const user = {
    id: 'user',
    label: 'User network',
    hint: 'what the hypervisor itself can reach; nobody reaches the VM',
  }
  const isUser = chosen.kind === 'user' || (networks.length === 0 && bridges.length === 0)
  return [...bridges, ...networks, ...direct, ...(isUser ? [user] : [])]
}
