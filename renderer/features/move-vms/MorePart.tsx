import { compressions, type MoveOptions } from '../../../shared/model/migration/options'
import { Checkbox } from '../../ui/Checkbox'
import { Disclosure } from '../../ui/Disclosure'
import { NumberField } from '../../ui/NumberField'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { mistakeIn, type MoveForm } from './move-form'

interface Props {
  readonly form: MoveForm
  /** Without libvirt at the hosts there is one way only. */
  readonly isPlain: boolean
  readonly onChange: (change: Partial<MoveForm>) => void
  readonly onOption: (change: Partial<MoveOptions>) => void
}

const ways = [
  { id: 'direct', label: 'Led by Innkeeper', hint: 'The hosts need no way to sign in to each other' },
  {
    id: 'peerToPeer',
    label: 'Led by the source',
    hint: 'It signs in to the destination; goes on without this computer',
  },
  {
    id: 'tunnelled',
    label: 'Through a tunnel',
    hint: 'Data go through the daemons’ connection too; slower, one port',
  },
] as const

const sending = [
  { id: 'no', label: 'No compression' },
  ...compressions.map((id) => ({
    id,
    label: { xbzrle: 'XBZRLE', mt: 'Several threads (zlib)', zlib: 'zlib', zstd: 'zstd' }[id],
    hint:
      id === 'xbzrle'
        ? 'Sends what changed within a page'
        : id === 'mt'
          ? 'For QEMU older than 9.1'
          : 'With parallel connections',
  })),
] as const

/** What most moves need nothing of. */
export function MorePart({ form, isPlain, onChange, onOption }: Props) {
  const { options } = form
  const text = (field: 'dataAddress' | 'peerUri' | 'listenAddress') => (value: string) =>
    onOption({ [field]: value.trim() === '' ? undefined : value.trim() })
  return (
    <Disclosure summary="More options">
      <div className="move-more">
        {isPlain ? null : (
          <Select
            label="Way"
            value={options.way}
            options={ways}
            onChange={(way) => onOption({ way })}
            hint={ways.find(({ id }) => id === options.way)?.hint}
          />
        )}
        {options.way === 'direct' ? null : (
          <TextField
            label="How the source reaches the destination’s daemon"
            value={options.peerUri ?? ''}
            placeholder="qemu+tls://host-b/system"
            onChange={text('peerUri')}
          />
        )}
        <TextField
          label="Address for the data"
          value={options.dataAddress ?? ''}
          placeholder="The destination’s own name"
          onChange={text('dataAddress')}
        />
        <NumberField
          label="Port"
          value={form.dataPort}
          min={1}
          max={65_535}
          placeholder="Any free"
          error={mistakeIn(form, 'dataPort')}
          onChange={(dataPort) => onChange({ dataPort })}
        />
        <NumberField
          label="No faster than"
          unit="MiB/s"
          value={form.bandwidthMib}
          min={1}
          max={1_073_741_824}
          placeholder="No limit"
          error={mistakeIn(form, 'bandwidthMib')}
          onChange={(bandwidthMib) => onChange({ bandwidthMib })}
        />
        <NumberField
          label="Longest pause"
          unit="ms"
          value={form.maxDowntimeMs}
          min={1}
          max={2_000_000}
          placeholder="300"
          error={mistakeIn(form, 'maxDowntimeMs')}
          onChange={(maxDowntimeMs) => onChange({ maxDowntimeMs })}
        />
        <NumberField
          label="Parallel connections"
          value={form.parallelConnections}
          min={2}
          max={255}
          placeholder="One"
          error={mistakeIn(form, 'parallelConnections')}
          onChange={(parallelConnections) => onChange({ parallelConnections })}
        />
        <Select
          label="Compression"
          value={options.compression ?? 'no'}
          options={sending}
          onChange={(id) => onOption({ compression: id === 'no' ? undefined : id })}
        />
        {options.compression === 'xbzrle' ? (
          <NumberField
            label="Cache for XBZRLE"
            unit="MiB"
            value={form.compressionCacheMib}
            min={1}
            max={1_048_576}
            placeholder="64"
            error={mistakeIn(form, 'compressionCacheMib')}
            hint="Pages that the guest writes to again and again should fit"
            onChange={(compressionCacheMib) => onChange({ compressionCacheMib })}
          />
        ) : null}
        <TextField
          label="Displays listen on"
          value={options.listenAddress ?? ''}
          placeholder="As now"
          onChange={text('listenAddress')}
        />
      </div>
      <div className="move-flags">
        <Checkbox
          isSelected={options.autoConverge === true}
          onChange={(autoConverge) => onOption({ autoConverge })}
        >
          Slow the guest down when it writes faster than the copy
        </Checkbox>
        <Checkbox
          isSelected={options.allowsPostCopy === true}
          onChange={(allowsPostCopy) => onOption({ allowsPostCopy })}
        >
          Allow switching over before all memory is there (post-copy): if a host or the network fails then,
          the VM is lost
        </Checkbox>
        <Checkbox
          isSelected={options.isEncrypted === true}
          onChange={(isEncrypted) => onOption({ isEncrypted })}
        >
          Encrypt the data (both hosts need TLS certificates for QEMU)
        </Checkbox>
        {isPlain ? null : (
          <Checkbox isSelected={options.isUnsafe === true} onChange={(isUnsafe) => onOption({ isUnsafe })}>
            Move even where the host holds it for unsafe: writes may be lost
          </Checkbox>
        )}
      </div>
    </Disclosure>
  )
}
