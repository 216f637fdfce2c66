import { ListBox, ListBoxItem } from 'react-aria-components'
import type { PlaceOnHost } from '../../../shared/model/new-vm/new-vm'
import { formatBytes } from '../../../shared/units'
import { CheckIcon } from '../../ui/icons/general'
import { DiskIcon } from '../../ui/icons/hardware'
import { Spinner } from '../../ui/Spinner'
import { placeText } from './place-text'
import type { FoundVolume, FoundVolumes } from './use-volumes'

interface Props {
  readonly label: string
  readonly found: FoundVolumes
  readonly chosen: PlaceOnHost | undefined
  /** `sizeBytes`: where the list tells it. */
  readonly onChoose: (place: PlaceOnHost, sizeBytes: number | undefined) => void
  /** What is said instead of an empty list. */
  readonly empty: string
}

/** Volumes of the host's pools at a glance. */
export function VolumeList({ label, found, chosen, onChoose, empty }: Props) {
  const key = chosen === undefined ? undefined : placeText(chosen)
  const shown = entries(found.found, chosen)
  return (
    <div className="nv-discs">
      <ListBox
        aria-label={label}
        className="nv-disc-list"
        selectionMode="single"
        disallowEmptySelection={key !== undefined}
        selectedKeys={key === undefined ? [] : [key]}
        onSelectionChange={(keys) => {
          const [next] = keys === 'all' ? [] : [...keys]
          const one = shown.find(({ id }) => id === next)
          if (one) onChoose(one.place, one.sizeBytes)
        }}
        renderEmptyState={() => (
          <p className="nv-empty" role="status">
            {found.isLoading ? (
              <>
                <Spinner /> Looking through the pools…
              </>
            ) : (
              empty
            )}
          </p>
        )}
      >
        {shown.map(({ id, name, where, sizeBytes }) => (
          <ListBoxItem key={id} id={id} textValue={name} className="nv-disc">
            <DiskIcon size={14} />
            <span className="truncate" title={name}>
              {name}
            </span>
            <span className="nv-disc-pool truncate">{where}</span>
            <span className="nv-disc-size">{sizeBytes === undefined ? '' : formatBytes(sizeBytes)}</span>
            <span className="nv-disc-check">{id === key ? <CheckIcon size={14} /> : null}</span>
          </ListBoxItem>
        ))}
      </ListBox>
    </div>
  )
}

interface Entry {
  readonly id: string
  readonly name: string
  readonly where: string
  readonly sizeBytes?: number
  readonly place: PlaceOnHost
}

/** What was chosen by its path stands first. */
function entries(found: readonly FoundVolume[], chosen: PlaceOnHost | undefined): Entry[] {
  const all = found.map(({ pool, volume }): Entry => {
    const place: PlaceOnHost = { kind: 'volume', pool, volume: volume.name }
    return {
      id: placeText(place),
      name: volume.name,
      where: pool,
      ...(volume.capacityBytes === undefined ? {} : { sizeBytes: volume.capacityBytes }),
      place,
    }
  })
  if (chosen === undefined || all.some(({ id }) => id === placeText(chosen))) return all
  const text = placeText(chosen)
  const name = text.slice(text.lastIndexOf('/') + 1)
  const where = chosen.kind === 'path' ? 'file of the host' : chosen.pool
  return [{ id: text, name, where, place: chosen }, ...all]
}
