import { useState } from 'react'
import type { CloudWish } from '../../../shared/model/new-vm/cloud-wish'
import { takesImages } from '../../../shared/model/new-vm/cloud-wish'
import type { PlaceOnHost } from '../../../shared/model/new-vm/new-vm'
import { formatBytes } from '../../../shared/units'
import { BrowseVolumesDialog } from '../../form/BrowseVolumesDialog'
import { UploadHere } from '../../form/host-files/UploadHere'
import { Button } from '../../ui/Button'
import { Segmented } from '../../ui/Segmented'
import { Select } from '../../ui/Select'
import { SizeField } from '../../ui/SizeField'
import { chosenPlace } from './place-text'
import { SizeSlider } from './SizeSlider'
import { errorAt } from './steps'
import { useCloudImages } from './use-discs'
import { VolumeList } from './VolumeList'
import { useWizard } from './wizard'

const nobody: ReadonlyMap<string, string> = new Map()
const ways = [
  { id: 'copy', label: 'Copy the image' },
  { id: 'overlay', label: 'Build on it' },
] as const

/** A cloud image of the host, and how it becomes the disk. */
export function CloudSource() {
  const { host, wishes, shown, known, problems, set, clear } = useWizard()
  const [isBrowsing, setBrowsing] = useState(false)
  const { cloud } = shown
  const pools = known.offer.choices?.pools.items
  const found = useCloudImages(host, pools)
  const put = (change: CloudWish): void => set({ cloud: { ...wishes.cloud, ...change } })
  const choose = (base: PlaceOnHost, baseBytes: number | undefined): void => {
    // another image says itself what it is
    clear('osId', 'noOs')
    const { baseBytes: _, ...rest } = wishes.cloud ?? {}
    set({ source: 'cloud', cloud: { ...rest, base, ...(baseBytes === undefined ? {} : { baseBytes }) } })
  }
  const takers = pools?.filter(takesImages) ?? []
  const uploadTo = takers.find(({ name }) => name === cloud.pool)
  const error = errorAt(problems, 'source.base', 'source')
  const pool = takers.find(({ name }) => name === cloud.pool)
  return (
    <>
      <VolumeList
        label="Cloud images on this host"
        found={found}
        chosen={cloud.base}
        onChoose={choose}
        empty="Nothing in the pools of this host looks like a cloud image. Upload one, or choose any disk image."
      />
      {error === undefined ? null : (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <div className="nv-line">
        <Button onPress={() => setBrowsing(true)}>Choose another…</Button>
        {uploadTo ? (
          <UploadHere
            host={host}
            pool={uploadTo.name}
            onDone={(name) => {
              found.again()
              if (cloud.base === undefined)
                choose({ kind: 'volume', pool: uploadTo.name, volume: name }, undefined)
            }}
          />
        ) : null}
      </div>
      <Segmented label="The disk" value={cloud.how} segments={ways} onChange={(how) => put({ how })} />
      <p className="nv-note">
        {cloud.how === 'copy'
          ? 'The VM gets a disk of its own, and the image stays as it is.'
          : 'Only what differs from the image is stored, so the VM is there at once. The image must never be changed or deleted as long as the VM is needed: its disk would be lost.'}
      </p>
      <div className="nv-grid">
        <Select
          label="Pool"
          value={cloud.pool}
          options={takers.map(({ name, availableBytes }) => ({
            id: name,
            label: name,
            ...(availableBytes === undefined ? {} : { hint: `${formatBytes(availableBytes)} free` }),
          }))}
          onChange={(name) => put({ pool: name })}
          hint={pool?.availableBytes === undefined ? undefined : `${formatBytes(pool.availableBytes)} free`}
          error={errorAt(problems, 'source.pool')}
        />
        <SizeField
          label="Size of the disk"
          value={cloud.sizeBytes}
          onChange={(sizeBytes) => put({ sizeBytes: sizeBytes ?? '' })}
          hint="The system grows into it at its first start."
          error={errorAt(problems, 'source.sizeBytes')}
        />
      </div>
      <SizeSlider
        label="Size of the disk, roughly"
        value={cloud.sizeBytes}
        minBytes={cloud.baseBytes ?? 0}
        onChange={(sizeBytes) => put({ sizeBytes })}
      />
      {isBrowsing ? (
        <BrowseVolumesDialog
          host={host}
          isForMedia={false}
          current={cloud.base?.kind === 'path' ? cloud.base.path : ''}
          users={nobody}
          onClose={() => setBrowsing(false)}
          onChoose={(volume, from) => {
            choose(chosenPlace(volume, from), volume.capacityBytes)
            setBrowsing(false)
          }}
        />
      ) : null}
    </>
  )
}
