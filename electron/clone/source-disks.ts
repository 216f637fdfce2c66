/** The disks of a VM that is to be cloned, as its definition has them. */
import type { EditElement } from '../domain-xml/edit/tree'
import type { DiskMoment } from './as-of-snapshot'

/** Where a disk's data are. `other`: network storage, NVMe and the like, which only their own server copies. */
export type DiskPlace =
  | { readonly kind: 'none' }
  | { readonly kind: 'file' | 'block'; readonly path: string }
  | { readonly kind: 'volume'; readonly pool: string; readonly volume: string }
  | { readonly kind: 'other'; readonly words: string }

export interface SourceDisk {
  readonly element: EditElement
  readonly target: string
  readonly device: string
  readonly place: DiskPlace
  readonly format: string | undefined
  readonly isReadOnly: boolean
  readonly isShareable: boolean
  /** Of a snapshot: how what the disk was is kept. */
  readonly moment?: DiskMoment
}

export function sourceDisks(domain: EditElement): SourceDisk[] {
  return (domain.find('devices')?.children('disk') ?? []).map((element, at) => ({
    element,
    target: element.find('target')?.attribute('dev') ?? `disk ${at + 1}`,
    device: element.attribute('device') ?? 'disk',
    place: placeOf(element),
    format: element.find('driver')?.attribute('type'),
    isReadOnly: element.find('readonly') !== undefined,
    isShareable: element.find('shareable') !== undefined,
  }))
}

function placeOf(disk: EditElement): DiskPlace {
  const source = disk.find('source')
  const type = disk.attribute('type') ?? 'file'
  const path = source?.attribute(type === 'block' ? 'dev' : 'file')
  if (type === 'file' || type === 'block')
    return path === undefined || path === '' ? { kind: 'none' } : { kind: type, path }
  if (type === 'volume') {
    const [pool, volume] = [source?.attribute('pool'), source?.attribute('volume')]
    return pool === undefined || volume === undefined ? { kind: 'none' } : { kind: 'volume', pool, volume }
  }
  const words = [source?.attribute('protocol'), source?.attribute('name') ?? source?.attribute('dir')]
  return { kind: 'other', words: words.filter((word) => word !== undefined).join(' ') || type }
}

/** Another place for a disk, as a volume that is there; everything else said about it stays. */
export type NewPlace =
  | { readonly kind: 'file' | 'block'; readonly path: string }
  | { readonly kind: 'volume'; readonly pool: string; readonly volume: string }

export function putDisk(disk: EditElement, place: NewPlace, format: string | undefined): void {
  disk.setAttribute('type', place.kind)
  const source = disk.find('source')
  if (!source) return
  const wanted: Readonly<Record<string, string | undefined>> = {
    file: place.kind === 'file' ? place.path : undefined,
    dev: place.kind === 'block' ? place.path : undefined,
    pool: place.kind === 'volume' ? place.pool : undefined,
    volume: place.kind === 'volume' ? place.volume : undefined,
    // how LUNs of an iSCSI pool are reached, which no new volume is
    mode: undefined,
    index: undefined,
  }
  for (const [name, value] of Object.entries(wanted)) source.setAttribute(name, value)
  // parts of the original's file; the copy is all of what the guest sees
  source.find('slices')?.remove()
  // what lay below the original: a copy stands alone, and a layer tells its base itself
  disk.find('backingStore')?.remove()
  disk.find('mirror')?.remove()
  if (format !== undefined) disk.find('driver')?.setAttribute('type', format)
}
