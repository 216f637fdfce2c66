import type { PoolChoice } from '../../../shared/model/host-choices'
import { disksOf, hasImage, hostImage, imageOf } from '../../../shared/model/new-vm/suggest'
import type { ShownDisk } from '../../../shared/model/new-vm/suggest'
import { takesNewDisks } from '../../../shared/model/new-vm/suggest-places'
import type { DiskWish } from '../../../shared/model/new-vm/wishes'
import { formatBytes } from '../../../shared/units'
import { Folded } from '../../form/Folded'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Segmented } from '../../ui/Segmented'
import { Select, type SelectOption } from '../../ui/Select'
import { SizeField } from '../../ui/SizeField'
import { TextField } from '../../ui/TextField'
import { PlusIcon } from '../../ui/icons/general'
import { ImageField } from './ImageField'
import { errorAt } from './steps'
import { useWizard } from './wizard'

const maxDisks = 16

/** The disks: new ones in a pool, or images that are there. */
export function StorageStep() {
  const { wishes, shown, set } = useWizard()
  const wished = disksOf(wishes, shown.source)
  const put = (disks: readonly DiskWish[]): void => set({ disks })
  return (
    <>
      {shown.source === 'cloud' ? (
        <p className="nv-note">The first disk is the cloud image, whose size is chosen beside it.</p>
      ) : shown.disks.length === 0 ? (
        <p className="nv-note">The VM gets no disk: it runs from its disc or the network alone.</p>
      ) : null}
      {shown.disks.map((disk, at) => (
        <DiskForm
          // disks have no other name than their place
          // oxlint-disable-next-line react/no-array-index-key
          key={at}
          at={at}
          number={shown.source === 'cloud' ? at + 2 : at + 1}
          disk={disk}
          onChange={(next) => put(wished.map((one, other) => (other === at ? next : one)))}
          wish={wished[at] ?? { kind: 'new' }}
          onRemove={() => put(wished.filter((_, other) => other !== at))}
        />
      ))}
      {shown.disks.length < maxDisks ? (
        <div className="nv-line">
          <Button icon={PlusIcon} onPress={() => put([...wished, { kind: 'new' }])}>
            Add a disk
          </Button>
        </div>
      ) : null}
    </>
  )
}

interface DiskProps {
  readonly at: number
  /** As the guest counts them. */
  readonly number: number
  readonly disk: ShownDisk
  readonly wish: DiskWish
  readonly onChange: (wish: DiskWish) => void
  readonly onRemove: () => void
}

const kinds = [
  { id: 'new', label: 'New disk' },
  { id: 'existing', label: 'Existing image' },
  { id: 'copy', label: 'Copy of an image' },
] as const

/** What was chosen before is not lost where the other kind can use it. */
function ofKind(kind: (typeof kinds)[number]['id'], disk: ShownDisk): DiskWish {
  const image = hostImage(disk)
  if (kind === 'new') return { kind }
  if (kind === 'copy') return { kind: 'new', original: image ?? 'missing' }
  return { kind, ...(image ? { image } : {}) }
}

function DiskForm({ at, number, disk, wish, onChange, onRemove }: DiskProps) {
  return (
    <section className="nv-card" aria-label={`Disk ${number}`}>
      <header className="nv-card-head">
        <h3>Disk {number}</h3>
        <Segmented
          label={`Disk ${number} is`}
          value={disk.kind === 'new' && hasImage(disk) ? 'copy' : disk.kind}
          segments={kinds}
          onChange={(kind) => onChange(ofKind(kind, disk))}
        />
        <Button
          variant="quiet"
          className="button-small"
          aria-label={`Remove disk ${number}`}
          onPress={onRemove}
        >
          Remove
        </Button>
      </header>
      {disk.kind === 'new' && wish.kind === 'new' ? (
        <NewDiskForm at={at} disk={disk} wish={wish} onChange={onChange} />
      ) : null}
      {disk.kind === 'existing' ? <ExistingDiskForm at={at} disk={disk} onChange={onChange} /> : null}
    </section>
  )
}

function ExistingDiskForm({
  at,
  disk,
  onChange,
}: {
  readonly at: number
  readonly disk: Extract<ShownDisk, { kind: 'existing' }>
  readonly onChange: (wish: DiskWish) => void
}) {
  const { problems } = useWizard()
  return (
    <ImageField
      label="Image"
      value={disk.image}
      onChange={(image) => onChange({ ...disk, image })}
      error={errorAt(problems, `disks.${at}.image`, `disks.${at}`)}
    />
  )
}

interface NewDiskProps {
  readonly at: number
  readonly disk: Extract<ShownDisk, { kind: 'new' }>
  readonly wish: Extract<DiskWish, { kind: 'new' }>
  readonly onChange: (wish: DiskWish) => void
}

function NewDiskForm({ at, disk, wish, onChange }: NewDiskProps) {
  const { known, problems } = useWizard()
  const pools = known.offer.choices?.pools.items ?? []
  const pool = pools.find(({ name }) => name === disk.pool)
  const field = (name: string): string | undefined => errorAt(problems, `disks.${at}.${name}`)
  const isCopy = hasImage(disk)
  const local = imageOf(disk)
  return (
    <>
      {local?.kind === 'local' ? (
        <p className="nv-note">
          {`${local.member} is uploaded from this computer when the VM is made, and converted on the host.`}
        </p>
      ) : isCopy ? (
        <ImageField
          label="Original"
          value={hostImage(disk)}
          onChange={(original) => onChange({ ...wish, original })}
          error={field('original')}
          hint="It is copied when the VM is made, into the format below, and stays as it is."
        />
      ) : null}
      <div className="nv-grid">
        <Select
          label="Pool"
          value={disk.pool}
          options={pools.map(poolOption)}
          onChange={(name) => onChange({ ...wish, pool: name })}
          hint={pool?.availableBytes === undefined ? undefined : `${formatBytes(pool.availableBytes)} free`}
          error={field('pool') ?? errorAt(problems, `disks.${at}`)}
        />
        <SizeField
          label="Size"
          value={isCopy ? wish.sizeBytes : disk.sizeBytes}
          placeholder={isCopy ? 'As the original' : undefined}
          onChange={(sizeBytes) => onChange(withSize(wish, sizeBytes ?? (isCopy ? undefined : '')))}
          hint={
            isCopy
              ? 'Never less than the original has.'
              : disk.isFull
                ? 'All of it is taken at once.'
                : 'The most it can grow to; it takes what is written.'
          }
          error={field('sizeBytes')}
        />
      </div>
      <Folded
        title="Name, format and space"
        isForced={field('volume') !== undefined || field('format') !== undefined}
      >
        <div className="nv-grid">
          <TextField
            label="Name of the volume"
            value={disk.volume ?? ''}
            onChange={(volume) => onChange({ ...wish, volume })}
            placeholder="After the VM"
            error={field('volume')}
          />
          <Select
            label="Format"
            value={disk.format}
            options={formats}
            onChange={(format) => onChange({ ...wish, format })}
            error={field('format')}
          />
          <Checkbox isSelected={disk.isFull} onChange={(isFull) => onChange({ ...wish, isFull })}>
            Take all of its space at once
          </Checkbox>
        </div>
      </Folded>
    </>
  )
}

function withSize(
  { sizeBytes: _, ...wish }: NewDiskProps['wish'],
  sizeBytes: number | string | undefined,
): DiskWish {
  return sizeBytes === undefined ? wish : { ...wish, sizeBytes }
}

const formats: readonly SelectOption<'qcow2' | 'raw'>[] = [
  { id: 'qcow2', label: 'qcow2', hint: 'grows, and can have snapshots' },
  { id: 'raw', label: 'raw', hint: 'nothing between the guest and the storage' },
]

function poolOption(pool: PoolChoice): SelectOption<string> {
  const { name, type, state, availableBytes } = pool
  const isOn = state === 'running' || state === 'degraded'
  return {
    id: name,
    label: name,
    hint: [type, ...(availableBytes === undefined ? [] : [`${formatBytes(availableBytes)} free`])].join(', '),
    disabledReason: takesNewDisks(pool)
      ? undefined
      : isOn
        ? `New disks cannot be made in a pool of the type "${type}" here`
        : 'It is not active',
  }
}
