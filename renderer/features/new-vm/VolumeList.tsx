import { useRef, useState } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import type { PlaceOnHost } from '../../../shared/model/new-vm/new-vm'
import { formatBytes } from '../../../shared/units'
import { CheckIcon } from '../../ui/icons/general'
import { DiskIcon } from '../../ui/icons/hardware'
import { SearchField } from '../../ui/SearchField'
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

/** More than this are not found at a glance. */
const fewVolumes = 8
/** More than this nobody reads: a word or two of the name finds the others. */
const maxShown = 100

/** Volumes of the host's pools at a glance. */
export function VolumeList({ label, found, chosen, onChoose, empty }: Props) {
  const key = chosen === undefined ? undefined : placeText(chosen)
  const [words, setWords] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const all = entries(found.found, chosen)
  const hasFilter = all.length > fewVolumes
  const matching = hasFilter ? all.filter(({ name, where }) => matches(`${name} ${where}`, words)) : all
  const shown = matching.slice(0, maxShown)
  return (
    <div className="nv-discs">
      {hasFilter ? (
        <SearchField
          label={`Filter: ${label}`}
          placeholder={`Filter ${all.length.toLocaleString('en')} by name or pool`}
          value={words}
          onChange={setWords}
          onLeave={() => list.current?.focus()}
        />
      ) : null}
      <ListBox
        ref={list}
        aria-label={label}
        className="nv-disc-list"
        selectionMode="single"
        disallowEmptySelection={key !== undefined}
        selectedKeys={key === undefined ? [] : [key]}
        onSelectionChange={(keys) => {
          const [next] = keys === 'all' ? [] : [...keys]
          const one = all.find(({ id }) => id === next)
          if (one) onChoose(one.place, one.sizeBytes)
        }}
        renderEmptyState={() => (
          <p className="nv-empty" role="status">
            {found.isLoading ? (
              <>
                <Spinner /> Looking through the pools…
              </>
            ) : (
              emptyText(all.length, empty)
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
      {matching.length > shown.length ? (
        <p className="nv-discs-more">
          {(matching.length - shown.length).toLocaleString('en')} more: filter to see them.
        </p>
      ) : null}
    </div>
  )
}

/** All words, in any order. */
function matches(text: string, words: string): boolean {
  const low = text.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => low.includes(word))
}

function emptyText(count: number, empty: string): string {
  return count === 0 ? empty : 'Nothing of that name. Shorten or clear the filter.'
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
