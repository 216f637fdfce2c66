import { useState } from 'react'
import type { ImageInfo } from '../../../shared/model/storage/image'
import { cacheOptions, cacheSizes, cacheXml } from '../../../shared/model/storage/cache-size'
import { formatBytes } from '../../../shared/units'
import { CommandBlock } from '../../components/CommandBlock'
import { NumberField } from '../../ui/NumberField'
import { Select } from '../../ui/Select'
import { SizeField } from '../../ui/SizeField'

const clusterSizes = [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048].map((kib) => kib * 1024)

/** How much memory the tables of a qcow2 image take, for this one or for one that is planned. */
export function CacheCalculator({ image }: { readonly image: ImageInfo }) {
  const [size, setSize] = useState<number | string | undefined>(image.virtualSizeBytes)
  const [cluster, setCluster] = useState(image.clusterSizeBytes ?? 65_536)
  const [interval, setInterval] = useState<number | string | undefined>(900)
  const more = new Map(image.more)
  const isSize = typeof size === 'number' && size > 0
  const sizes = cacheSizes({
    sizeBytes: isSize ? size : 0,
    clusterSizeBytes: cluster,
    refcountBits: Number(more.get('refcount-bits') ?? 16) || 16,
    hasSubclusters: more.get('extended-l2') === 'yes',
  })
  const isEnough = isSize && sizes.servedByUsualBytes >= size
  return (
    <div className="image-cache">
      <p className="secondary">
        To find where a block lies, QEMU reads tables of the image and keeps some in memory. When they do not
        fit, reading and writing all over the disk gets slow.
      </p>
      <div className="image-fields">
        <SizeField
          label="Size of the disk"
          value={size}
          onChange={setSize}
          error={isSize ? undefined : 'Enter a size.'}
        />
        <Select
          label="Cluster size"
          value={String(cluster)}
          options={clusterSizes.map((bytes) => ({ id: String(bytes), label: formatBytes(bytes) }))}
          onChange={(id) => setCluster(Number(id))}
        />
        <NumberField
          label="Give back after"
          value={interval}
          onChange={setInterval}
          min={0}
          unit="s"
          hint="0: never"
        />
      </div>
      <dl className="image-sums">
        <div>
          <dt>For where blocks lie (L2)</dt>
          <dd>{formatBytes(sizes.l2Bytes)}</dd>
        </div>
        <div>
          <dt>For which are taken (reference counts)</dt>
          <dd>{formatBytes(sizes.refcountBytes)}</dd>
        </div>
        <div>
          <dt>Together</dt>
          <dd>
            <strong>{formatBytes(sizes.totalBytes)}</strong>
          </dd>
        </div>
      </dl>
      <p role="status">
        {isEnough
          ? 'What QEMU takes by itself (up to 32 MiB since 3.1) is enough for all of the disk.'
          : `What QEMU takes by itself, ${formatBytes(sizes.usualL2Bytes)}, serves ${formatBytes(sizes.servedByUsualBytes)} of the disk.`}
      </p>
      <p className="secondary">
        In a VM’s hardware it is the disk’s field “Metadata cache”; the same by hand:
      </p>
      <CommandBlock text={cacheXml(sizes)} what="XML" />
      <CommandBlock text={cacheOptions(sizes, typeof interval === 'number' ? interval : 0)} what="options" />
    </div>
  )
}
