import { useState } from 'react'
import type { InstallDisc, PlaceOnHost } from '../../../shared/model/new-vm/new-vm'
import { mediumText } from '../../../shared/model/os/medium-words'
import { BrowseVolumesDialog } from '../../form/BrowseVolumesDialog'
import { UploadHere } from '../../form/host-files/UploadHere'
import { Button } from '../../ui/Button'
import { Spinner } from '../../ui/Spinner'
import { takesNewDisks } from '../../../shared/model/new-vm/suggest-places'
import { AnswersSection } from './AnswersSection'
import { notCopied } from './copied-places'
import { chosenPlace, placeText } from './place-text'
import { errorAt } from './steps'
import { useDiscs } from './use-discs'
import type { FoundVolumes } from './use-volumes'
import { VolumeList } from './VolumeList'
import { useWizard } from './wizard'

/** Besides the one that is started from. */
const maxSecond = 3

const nobody: ReadonlyMap<string, string> = new Map()

/** The discs of the host's pools at a glance; others by their path, or from this computer. */
export function DiscSource() {
  const { host, wishes, known, problems, set, clear } = useWizard()
  const [browsing, setBrowsing] = useState<'first' | 'second'>()
  const pools = known.offer.choices?.pools.items
  const found = useDiscs(host, pools)
  const disc = wishes.disc
  const choose = (place: PlaceOnHost): void => {
    // another disc says itself what it is
    clear('osId', 'noOs')
    set({ source: 'iso', disc: place })
  }
  const uploads = pools?.filter((pool) => takesNewDisks(pool) && pool.path !== undefined) ?? []
  const target =
    uploads.find(({ name }) => found.found.some(({ pool }) => pool === name)) ??
    uploads.find(({ name }) => name === known.offer.usualPool) ??
    uploads[0]
  const error = errorAt(problems, 'source.disc', 'source')
  return (
    <>
      <VolumeList
        label="Discs on this host"
        found={found}
        chosen={disc}
        onChoose={choose}
        empty="There are no ISO images in the pools of this host yet. Upload one, or choose a file of the host."
      />
      <MediumLine />
      <CopyLine field="source.disc" disc={disc} />
      {error === undefined ? null : (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <div className="nv-line">
        <Button onPress={() => setBrowsing('first')}>Choose another…</Button>
        {target ? (
          <UploadHere
            host={host}
            pool={target.name}
            onDone={(name) => {
              found.again()
              if (disc === undefined) choose({ kind: 'volume', pool: target.name, volume: name })
            }}
          />
        ) : null}
        {disc === undefined || (wishes.second ?? []).length >= maxSecond ? null : (
          <Button variant="quiet" onPress={() => setBrowsing('second')}>
            Add a second disc…
          </Button>
        )}
      </div>
      {found.unread.length > 0 ? (
        <p className="nv-note">Not looked through, as they could not be read: {found.unread.join(', ')}.</p>
      ) : null}
      <SecondDiscs drivers={driverDisc(found.found)} />
      <AnswersSection />
      {browsing === undefined ? null : (
        <BrowseVolumesDialog
          host={host}
          isForMedia
          current={disc?.kind === 'path' ? disc.path : ''}
          users={nobody}
          onClose={() => setBrowsing(undefined)}
          onChoose={(volume, pool) => {
            const place = chosenPlace(volume, pool)
            if (browsing === 'first') choose(place)
            else set({ second: [...(wishes.second ?? []), place] })
            setBrowsing(undefined)
          }}
        />
      )}
    </>
  )
}

/** What the disc says it is. */
function MediumLine() {
  const { wishes, known } = useWizard()
  if (wishes.disc === undefined) return null
  const { medium, mediumError } = known
  const text =
    medium === undefined
      ? mediumError === undefined
        ? 'Looking at the disc…'
        : `What is on it could not be read: ${mediumError.message}`
      : medium === null
        ? 'This does not look like a disc. A VM may not start from it.'
        : mediumText(medium)
  return (
    <p className="nv-medium" role="status">
      {medium === undefined && mediumError === undefined ? <Spinner size={12} /> : null}
      {text}
    </p>
  )
}

/** The disc is not used where it is. */
function CopyLine({ field, disc }: { readonly field: string; readonly disc: InstallDisc | undefined }) {
  const { wishes, set } = useWizard()
  if (disc?.copyTo === undefined) return null
  return (
    <p className="nv-medium" role="status">
      {`It is copied into the pool ${disc.copyTo} before the VM is made.`}
      <Button
        className="button-small"
        variant="quiet"
        onPress={() => {
          const change = notCopied(field, wishes)
          if (change) set(change)
        }}
      >
        Use it where it is
      </Button>
    </p>
  )
}

/** Drivers for the devices of VMs, by the names their makers give the discs: Fedora's and SUSE's. The newest, as they are numbered. */
function driverDisc(found: FoundVolumes['found']): PlaceOnHost | undefined {
  const discs = found.filter(({ volume }) => /virtio-win|vmdp/i.test(volume.name))
  const last = discs
    .toSorted((one, other) => one.volume.name.localeCompare(other.volume.name, undefined, { numeric: true }))
    .at(-1)
  return last && { kind: 'volume', pool: last.pool, volume: last.volume.name }
}

interface SecondProps {
  readonly drivers: PlaceOnHost | undefined
}

/** More discs, as add-on media or drivers. */
function SecondDiscs({ drivers }: SecondProps) {
  const { wishes, known, set } = useWizard()
  const second = wishes.second ?? []
  const isThere = [wishes.disc, ...second].some(
    (place) => place && drivers && placeText(place) === placeText(drivers),
  )
  const isOffered = known.offer.os?.family === 'winnt' && second.length < maxSecond && !isThere
  if (wishes.disc === undefined || (second.length === 0 && !(isOffered && drivers))) return null
  return (
    <div className="nv-line">
      {second.map((place, at) => (
        <span key={placeText(place)} className="nv-chip">
          <span className="truncate">
            {placeText(place)}
            {place.copyTo === undefined ? '' : `, copied into ${place.copyTo}`}
          </span>
          <Button
            className="button-small"
            variant="quiet"
            aria-label={`Remove ${placeText(place)}`}
            onPress={() => set({ second: second.filter((_, other) => other !== at) })}
          >
            Remove
          </Button>
        </span>
      ))}
      {isOffered && drivers ? (
        <Button onPress={() => set({ second: [...second, drivers] })}>
          {`Add the drivers of ${placeText(drivers)}`}
        </Button>
      ) : null}
    </div>
  )
}
