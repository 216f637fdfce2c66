import type { HostId } from '../../../shared/model/ids'
import type { ImageInfo } from '../../../shared/model/storage/image'
import { amendable, imageFormats, type FormatOption } from '../../../shared/model/storage/image-formats'
import { Checkbox } from '../../ui/Checkbox'
import { Disclosure } from '../../ui/Disclosure'
import { NumberField } from '../../ui/NumberField'
import { Segmented } from '../../ui/Segmented'
import { Select } from '../../ui/Select'
import { SizeField } from '../../ui/SizeField'
import { HostPathField } from '../../form/host-files/HostPathField'
import { besideName, type Work } from './work'

interface Props {
  readonly host: HostId
  readonly image: ImageInfo
  readonly work: Work
  readonly onChange: (change: Partial<Work>) => void
}

/** What each kind of work needs to know. */
export function WorkFields(props: Props) {
  const { host, image, work, onChange } = props
  switch (work.kind) {
    case 'check':
      return (
        <Segmented
          label="When there are errors"
          value={work.repair}
          segments={[
            { id: 'no', label: 'Only tell' },
            { id: 'leaks', label: 'Give back lost space' },
            { id: 'all', label: 'Mend everything' },
          ]}
          onChange={(repair) => onChange({ repair })}
        />
      )
    case 'rebase':
      return (
        <>
          <HostPathField
            host={host}
            label="New base"
            value={work.base}
            onChange={(base) => onChange({ base })}
            hint="Empty: what it needs of its base is copied, and it stands alone."
          />
          <Checkbox isSelected={work.isUnsafe} onChange={(isUnsafe) => onChange({ isUnsafe })}>
            The base is the same image in another place: only change its name
          </Checkbox>
        </>
      )
    case 'compare':
      return (
        <HostPathField
          host={host}
          label="Other image"
          value={work.with}
          onChange={(other) => onChange({ with: other })}
        />
      )
    case 'convert':
      return <ConvertFields {...props} />
    case 'dd':
      return <PartFields {...props} />
    case 'amend':
      return (
        <Options
          known={amendable}
          values={work.amend}
          onChange={(amend) => onChange({ amend })}
          keeps="As it is"
        />
      )
    case 'resize':
      return (
        <>
          <SizeField
            label="New size"
            value={work.capacityBytes}
            onChange={(capacityBytes) => onChange({ capacityBytes })}
          />
          {typeof work.capacityBytes === 'number' && work.capacityBytes < image.virtualSizeBytes ? (
            <Checkbox isSelected={work.shrink} onChange={(shrink) => onChange({ shrink })}>
              Cut off what lies behind the new end
            </Checkbox>
          ) : (
            <p className="secondary">
              The new space lies behind the last partition. Grow that and its file system inside the guest.
            </p>
          )}
        </>
      )
    case 'commit':
      return (
        <p className="secondary">
          Everything that was changed in this image is written to its base. This image stays, empty, and is
          built on the base as before.
        </p>
      )
    case 'compact':
      return (
        <p className="secondary">
          A new image is written beside this one and takes its place when it is complete, with the same owner.
          Until then there must be room for both.
        </p>
      )
  }
}

function ConvertFields({ host, image, work, onChange }: Props) {
  const format = imageFormats.find(({ id }) => id === work.format)
  return (
    <>
      <Select
        label="Format"
        value={work.format}
        options={imageFormats.map(({ id, label }) => ({ id, label }))}
        onChange={(id) =>
          onChange({
            format: id,
            options: {},
            isCompressed: false,
            ...(work.to === '' || work.to === besideName(image.path, work.format)
              ? { to: besideName(image.path, id) }
              : {}),
          })
        }
      />
      <HostPathField
        host={host}
        label="New image"
        value={work.to}
        onChange={(to) => onChange({ to })}
        isNew
        hint="A full path on the host; there must be no such file yet."
      />
      {format?.canCompress === true ? (
        <Checkbox isSelected={work.isCompressed} onChange={(isCompressed) => onChange({ isCompressed })}>
          Compressed: smaller, and slower to read
        </Checkbox>
      ) : null}
      {format && format.options.length > 0 ? (
        <Disclosure summary={`Options of ${format.id}`}>
          <Options
            known={format.options}
            values={work.options}
            onChange={(options) => onChange({ options })}
            keeps="Default"
          />
        </Disclosure>
      ) : null}
    </>
  )
}

function PartFields({ host, work, onChange }: Props) {
  return (
    <>
      <HostPathField
        host={host}
        label="New image"
        value={work.to}
        onChange={(to) => onChange({ to })}
        isNew
      />
      <div className="image-fields">
        <SizeField
          label="Size of a block"
          value={work.blockSizeBytes}
          usualUnit="MiB"
          onChange={(blockSizeBytes) => onChange({ blockSizeBytes })}
        />
        <NumberField
          label="Blocks to leave out"
          value={work.skip}
          min={0}
          placeholder="0"
          onChange={(skip) => onChange({ skip })}
        />
        <NumberField
          label="Blocks to copy"
          value={work.count}
          min={1}
          placeholder="All"
          onChange={(count) => onChange({ count })}
        />
      </div>
      <Select
        label="Format"
        value={work.format}
        options={imageFormats.filter(({ id }) => id === 'raw' || id === 'qcow2')}
        onChange={(format) => onChange({ format })}
      />
    </>
  )
}

interface OptionsProps {
  readonly known: readonly FormatOption[]
  readonly values: Readonly<Record<string, string>>
  readonly onChange: (values: Readonly<Record<string, string>>) => void
  /** What an option that was not chosen stays. */
  readonly keeps: string
}

function Options({ known, values, onChange, keeps }: OptionsProps) {
  return (
    <div className="image-fields">
      {known.map(({ name, label, values: offered }) => (
        <Select
          key={name}
          label={label}
          value={values[name] ?? ''}
          options={[{ id: '', label: keeps }, ...offered.map((id) => ({ id, label: id }))]}
          onChange={(id) => {
            const { [name]: _, ...rest } = values
            onChange(id === '' ? rest : { ...rest, [name]: id })
          }}
        />
      ))}
    </div>
  )
}
