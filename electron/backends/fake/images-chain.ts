/** What qemu-img would say of a demo host's images. */
import { AppError } from '../../../shared/errors'
import type { ImageInfo, ImageMap } from '../../../shared/model/storage/image'
import type { ImageChain } from '../images/refusals'
import type { FakeHost } from './fake-host'
import type { FakeFile } from './model'

const deepest = 50

export function fileAt(host: FakeHost, path: string): FakeFile {
  const file = host.files.get(path)
  if (file) return file
  throw new AppError('not-found', 'A file this needs is not on the host', {
    cure: 'It may have been moved or deleted; see what the host says.',
    detail: `qemu-img: Could not open '${path}': No such file or directory`,
  })
}

export function chainOf(host: FakeHost, path: string): ImageChain {
  const info = infoOf(path, fileAt(host, path))
  const images = [info]
  const top = { info, hasDataFile: false, hasBitmaps: false }
  let base = info.backingPath
  while (base !== undefined && images.length < deepest) {
    const file = host.files.get(base)
    if (!file) return { images, top, brokenBy: `Its base ${base} is missing` }
    const below = infoOf(base, file)
    images.push(below)
    base = below.backingPath
  }
  return { images, top }
}

function infoOf(path: string, file: FakeFile): ImageInfo {
  const isQcow2 = file.format === 'qcow2'
  return {
    path,
    format: file.format === 'iso' ? 'raw' : file.format,
    virtualSizeBytes: file.sizeBytes,
    actualSizeBytes: file.allocationBytes,
    ...(isQcow2 ? { clusterSizeBytes: file.clusterSizeBytes ?? 65_536 } : {}),
    isDirty: false,
    isEncrypted: file.isEncrypted ?? false,
    ...(file.backingPath === undefined ? {} : { backingPath: file.backingPath }),
    ...(file.backingFormat === undefined ? {} : { backingFormat: file.backingFormat }),
    snapshots: [],
    more: isQcow2
      ? [
          ['compat', '1.1'],
          ['compression-type', 'zlib'],
          ['lazy-refcounts', 'no'],
          ['refcount-bits', '16'],
          ['corrupt', 'no'],
          ['extended-l2', 'no'],
        ]
      : [],
  }
}

const pieces = 24

/** Data where a file has some, spread as guests do; of its base between them. */
export function mapOf(host: FakeHost, path: string): ImageMap {
  const file = fileAt(host, path)
  const lengthBytes = Math.floor(file.sizeBytes / pieces)
  const share = file.allocationBytes / Math.max(1, file.sizeBytes)
  const extents: ImageMap['extents'][number][] = []
  for (let at = 0; at < pieces; at += 1) {
    // the same for the same piece each time
    const chance = ((at * 7919 + file.sizeBytes) % 97) / 97
    const isBase = file.backingPath !== undefined && at < pieces * 0.6
    const kind = chance < share ? 'data' : isBase ? 'base' : 'zero'
    const startBytes = at * lengthBytes
    const end = at === pieces - 1 ? file.sizeBytes : startBytes + lengthBytes
    const last = extents.at(-1)
    if (last?.kind === kind) extents[extents.length - 1] = { ...last, lengthBytes: end - last.startBytes }
    else extents.push({ startBytes, lengthBytes: end - startBytes, kind })
  }
  return { extents, isTruncated: false }
}
