import type { ImageInfo, ImageResult } from '../../../shared/model/storage/image'
import { formatBytes } from '../../../shared/units'

/** What there is after something was done. */
export function sizeFacts(info: ImageInfo): ImageResult['facts'] {
  return [
    ['Format', info.format],
    ['Size', formatBytes(info.virtualSizeBytes)],
    ...(info.actualSizeBytes === undefined
      ? []
      : [['On the disk', formatBytes(info.actualSizeBytes)] as const]),
  ]
}
