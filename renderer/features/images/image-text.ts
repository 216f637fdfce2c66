import type { ImageInfo, ImageReport } from '../../../shared/model/storage/image'
import { formatBytes } from '../../../shared/units'

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path
}

/** "qcow2, 40 GiB, 12 GiB on the disk". */
export function sizesOf({ format, virtualSizeBytes, actualSizeBytes }: ImageInfo): string {
  const parts = [format, formatBytes(virtualSizeBytes)]
  if (actualSizeBytes !== undefined) parts.push(`${formatBytes(actualSizeBytes)} on the disk`)
  return parts.join(', ')
}

export function factsOf(image: ImageInfo): readonly (readonly [name: string, value: string])[] {
  return [
    ['Format', image.format],
    ['Size for the guest', formatBytes(image.virtualSizeBytes)],
    ...(image.actualSizeBytes === undefined
      ? []
      : [['On the disk', formatBytes(image.actualSizeBytes)] as const]),
    ...(image.clusterSizeBytes === undefined
      ? []
      : [['Cluster size', formatBytes(image.clusterSizeBytes)] as const]),
    ...(image.backingPath === undefined ? [] : [['Built on', image.backingPath] as const]),
    ...(image.backingFormat === undefined ? [] : [['Format of its base', image.backingFormat] as const]),
    ['Encrypted', image.isEncrypted ? 'yes' : 'no'],
    ...(image.isDirty ? [['State', 'not closed properly; check it'] as const] : []),
    ...image.more,
  ]
}

/** Why it must not be written to now; undefined when it may be. */
export function whyProtected({ dependants, inUseBy }: ImageReport): string | undefined {
  if (inUseBy.length > 0) {
    return `${listed(inUseBy)} ${inUseBy.length === 1 ? 'runs' : 'run'} with it: it can be looked at, not changed`
  }
  if (dependants.length === 0) return undefined
  return dependants.length === 1
    ? '1 image is built on this one: it must not be written to'
    : `${dependants.length} images are built on this one: it must not be written to`
}

export function listed(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? ''
  if (names.length > 4) return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
