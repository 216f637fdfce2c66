import type { DiskLayer } from '../../../../shared/model/disk-jobs/disk-job'
import type { XmlElement } from '../../../domain-xml/document'
import { sourceOf, sourceText, type DiskSource } from '../../../domain-xml/disks'

export interface NamedLayer extends DiskLayer {
  readonly source: DiskSource
  /** libvirt's own number for it: "vda[3]" names it where paths would be ambiguous. */
  readonly index?: string
}

/**
 * The images of a disk (or of its mirror), top first, as a running domain tells them
 * (https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms, backingStore).
 */
export function layersOf(disk: XmlElement): NamedLayer[] {
  const layers: NamedLayer[] = []
  for (let at: XmlElement | undefined = disk; at; at = at.find('backingStore')) {
    const source = sourceOf(at)
    if (!source) break
    const format = at.find('driver')?.attribute('type') ?? at.find('format')?.attribute('type')
    const index = at.attribute('index') ?? at.find('source')?.attribute('index')
    layers.push({
      source,
      place: sourceText(source),
      isFile: source.kind === 'path' && at.find('source')?.attribute('file') !== undefined,
      ...(format === undefined ? {} : { format }),
      ...(index === undefined ? {} : { index }),
    })
  }
  return layers
}
