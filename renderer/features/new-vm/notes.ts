import { hasImage, imageOf, type Shown, type ShownDisk } from '../../../shared/model/new-vm/suggest'
import type { Wishes } from '../../../shared/model/new-vm/wishes'
import { formatBytes } from '../../../shared/units'
import { placeText } from './place-text'
import { nicText } from './nic-text'
import { sizeText } from './size-text'
import type { StepId } from './steps'
import type { KnownOffer } from './use-offer'

/** What each step comes to, below its name: so the whole VM is seen at a glance. */
export function noteOf(step: StepId, wishes: Wishes, shown: Shown, { offer }: KnownOffer): string {
  switch (step) {
    case 'source':
      return sourceText(wishes, shown)
    case 'cloud':
      return shown.cloud.isRaw ? 'Own configuration' : `User ${shown.cloud.userName}`
    case 'system':
      return offer.os?.name ?? 'Not known'
    case 'size':
      return sizeText(shown)
    case 'storage':
      return shown.source === 'cloud' ? cloudDisksText(shown) : disksText(shown)
    case 'network':
      return counted(shown.nics.map(nicText), 'cards') ?? 'No card'
    case 'summary':
      return shown.startsNow ? 'Create and start' : 'Create only'
  }
}

function sourceText(wishes: Wishes, { source, disks, cloud, container }: Shown): string {
  const [first] = disks
  switch (source) {
    case 'iso':
      return wishes.disc === undefined ? 'ISO image' : fileName(placeText(wishes.disc))
    case 'drive':
      return wishes.device ?? 'Drive of the host'
    case 'network-boot':
      return 'Network boot'
    case 'import':
      return first && hasImage(first) ? imageText(first) : 'Existing disk'
    case 'cloud':
      return cloud.base === undefined ? 'Cloud image' : fileName(placeText(cloud.base))
    case 'tree':
      return wishes.tree?.url ?? 'Network install'
    case 'container':
      return (container.what === 'system' ? container.root : container.init) || 'Container'
    case 'none':
      return 'No medium'
  }
}

function cloudDisksText({ cloud: { pool, sizeBytes }, disks }: Shown): string {
  if (disks.length > 0) return `${disks.length + 1} disks`
  const size = typeof sizeBytes === 'number' ? formatBytes(sizeBytes) : '?'
  return pool === '' ? size : `${size} in ${pool}`
}

function disksText({ disks }: Shown): string {
  const texts = disks.map((disk) => {
    if (disk.kind === 'existing') return imageText(disk)
    if (hasImage(disk)) return `A copy of ${imageText(disk)} in ${disk.pool}`
    const size = typeof disk.sizeBytes === 'number' ? formatBytes(disk.sizeBytes) : '?'
    return disk.pool === '' ? size : `${size} in ${disk.pool}`
  })
  return counted(texts, 'disks') ?? 'No disk'
}

function imageText(disk: ShownDisk): string {
  const image = imageOf(disk)
  return image === undefined ? 'an image' : fileName(placeText(image))
}

function counted(texts: readonly string[], what: string): string | undefined {
  return texts.length > 1 ? `${texts.length} ${what}` : texts[0]
}

function fileName(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1)
}
