import type { DiskSummary } from '../../shared/model/vm-overview'
import type { XmlElement } from './document'

/** Where bytes of a disk lie, as the host names it. */
export type DiskSource =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'volume'; readonly pool: string; readonly volume: string }
  /** Network storage and everything else that has an address rather than a path. */
  | { readonly kind: 'other'; readonly text: string }

export interface DomainDisk {
  readonly target: string
  readonly device: DiskSummary['device']
  readonly bus: string | undefined
  readonly format: string | undefined
  /** Absent for an empty drive. */
  readonly source: DiskSource | undefined
  /** Images this one is built on, nearest first. Known to libvirt while the domain runs. */
  readonly backing: readonly DiskSource[]
  readonly isReadOnly: boolean
  readonly isShareable: boolean
  readonly bootOrder: number | undefined
}

/** The disks of a domain (https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms). */
export function readDisks(domain: XmlElement): DomainDisk[] {
  return (domain.find('devices')?.children('disk') ?? []).map((disk) => {
    const device = deviceOf(disk.attribute('device'))
    const order = Number(disk.find('boot')?.attribute('order') ?? 0)
    return {
      target: disk.find('target')?.attribute('dev') ?? '',
      device,
      bus: disk.find('target')?.attribute('bus'),
      format: disk.find('driver')?.attribute('type'),
      source: sourceOf(disk),
      backing: backingOf(disk),
      // libvirt makes CD-ROMs read-only even without the element
      isReadOnly: disk.find('readonly') !== undefined || device === 'cdrom',
      isShareable: disk.find('shareable') !== undefined,
      bootOrder: order > 0 ? order : undefined,
    }
  })
}

function deviceOf(text: string | undefined): DiskSummary['device'] {
  return text === 'cdrom' || text === 'floppy' || text === 'lun' ? text : 'disk'
}

/** Source of a disk or of one `<backingStore>`, which are written alike. */
export function sourceOf(of: XmlElement): DiskSource | undefined {
  const source = of.find('source')
  if (!source) return undefined
  const path = source.attribute('file') ?? source.attribute('dev') ?? source.attribute('dir')
  if (path !== undefined) return { kind: 'path', path }
  const pool = source.attribute('pool')
  const volume = source.attribute('volume')
  if (pool !== undefined && volume !== undefined) return { kind: 'volume', pool, volume }
  const protocol = source.attribute('protocol')
  if (protocol !== undefined) return { kind: 'other', text: networkText(protocol, source) }
  const type = of.attribute('type')
  return type === undefined || source.attributes.size === 0 ? undefined : { kind: 'other', text: type }
}

function networkText(protocol: string, source: XmlElement): string {
  const hosts = source.children('host').map((host) => {
    const port = host.attribute('port')
    return `${host.attribute('name') ?? host.attribute('socket') ?? ''}${port === undefined ? '' : `:${port}`}`
  })
  return `${protocol}://${hosts.join(',')}/${source.attribute('name') ?? ''}`
}

function backingOf(disk: XmlElement): DiskSource[] {
  const chain: DiskSource[] = []
  for (let store = disk.find('backingStore'); store; store = store.find('backingStore')) {
    const source = sourceOf(store)
    if (source) chain.push(source)
  }
  return chain
}

/** One line for people; also what identifies the source among the disks of a host. */
export function sourceText(source: DiskSource): string {
  switch (source.kind) {
    case 'path':
      return source.path
    case 'volume':
      return `${source.pool}/${source.volume}`
    case 'other':
      return source.text
  }
}
