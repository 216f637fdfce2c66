/** The drives of an OVF: a drive names a disk of the package, and a disk the file it is in. */
import type { ForeignBus, ForeignDisk } from '../../../../shared/model/new-vm/foreign'
import type { XmlElement } from '../../../domain-xml/document'
import { attributeOf, childrenOf } from './elements'
import { itemTypes, type OvfItem } from './items'
import { amountBytes } from './units'

const maxDisks = 16

/** In the order of their controllers, which is the one they are started in. */
export function ovfDisks(envelope: XmlElement, items: readonly OvfItem[], notes: string[]): ForeignDisk[] {
  const drives = items.filter(({ type }) =>
    ([itemTypes.cd, itemTypes.dvd, itemTypes.disk] as number[]).includes(type),
  )
  const controllers = items.map(({ id }) => id)
  const placeOf = ({ parent }: OvfItem): number => controllers.indexOf(parent ?? '')
  const sorted = drives.toSorted((a, b) => placeOf(a) - placeOf(b) || a.place - b.place)
  if (sorted.length > maxDisks) notes.push(`Of the disks only the first ${maxDisks} are taken.`)
  const pack = { files: byId(envelope, 'References', 'File', 'id'), disks: diskSection(envelope) }
  return sorted.slice(0, maxDisks).map((drive) => {
    const bus = busOf(items.find(({ id }) => id !== '' && id === drive.parent))
    return { ...(bus === undefined ? {} : { bus }), ...driveOf(drive, pack, notes) }
  })
}

interface Pack {
  readonly files: ReadonlyMap<string, XmlElement>
  readonly disks: ReadonlyMap<string, XmlElement>
}

function driveOf(drive: OvfItem, pack: Pack, notes: string[]): ForeignDisk {
  const isDisc = drive.type !== itemTypes.disk
  const [, kind, id = ''] = /^\/?(disk|file)\/(.+)$/.exec(drive.resource ?? '') ?? []
  const disk = kind === 'disk' ? pack.disks.get(id) : undefined
  const title = drive.name === '' ? `disk ${id}` : drive.name
  const fileId = kind === 'file' ? id : attributeOf(disk, 'fileRef')
  const file = fileId === undefined ? undefined : pack.files.get(fileId)
  const href = attributeOf(file, 'href')
  if (fileId !== undefined && href === undefined) notes.push(`The file of ${title} is not in the package.`)
  if (kind === 'disk' && !disk) notes.push(`${title} is not among the disks of the package.`)
  if (file) notes.push(...fileNotes(file, title))
  if (attributeOf(disk, 'parentRef') !== undefined)
    notes.push(`${title} holds only what differs from another disk: export the VM without snapshots.`)
  const format = isDisc || href === undefined ? undefined : formatOf(attributeOf(disk, 'format'), href)
  const sizeBytes = amountBytes(attributeOf(disk, 'capacity'), attributeOf(disk, 'capacityAllocationUnits'))
  if (disk && sizeBytes === undefined) notes.push(`The size of ${title} cannot be told from the file.`)
  return {
    ...(href === undefined || href === '' ? {} : { file: href }),
    ...(format === undefined ? {} : { format }),
    device: isDisc ? 'disc' : 'disk',
    isReadOnly: isDisc,
    ...(sizeBytes === undefined || isDisc ? {} : { sizeBytes }),
  }
}

function fileNotes(file: XmlElement, title: string): string[] {
  const compression = attributeOf(file, 'compression')
  const isPacked = compression !== undefined && compression !== '' && compression !== 'identity'
  return [
    ...(isPacked ? [`The file of ${title} is compressed (${compression}): unpack it first.`] : []),
    ...(attributeOf(file, 'chunkSize') === undefined
      ? []
      : [`The file of ${title} is in several pieces: put them together first.`]),
  ]
}

function diskSection(envelope: XmlElement): Map<string, XmlElement> {
  return byId(envelope, 'DiskSection', 'Disk', 'diskId')
}

function byId(envelope: XmlElement, section: string, name: string, key: string): Map<string, XmlElement> {
  return new Map(
    childrenOf(envelope, section)
      .flatMap((one) => childrenOf(one, name))
      .flatMap((one): (readonly [string, XmlElement])[] => {
        const id = attributeOf(one, key)
        return id === undefined ? [] : [[id, one]]
      }),
  )
}

/** Formats are named by the address of their description; what is not known is told by the file's name. */
function formatOf(address: string | undefined, href: string): string | undefined {
  const told = (address ?? '').toLowerCase()
  const ending = href.slice(href.lastIndexOf('.') + 1).toLowerCase()
  if (told.includes('vmdk')) return 'vmdk'
  if (told.includes('qcow')) return 'qcow2'
  if (told.includes('vhdx')) return 'vhdx'
  if (told.includes('vhd') || told.includes('virtualhd')) return 'vpc'
  const known: Readonly<Record<string, string>> = {
    vmdk: 'vmdk',
    qcow2: 'qcow2',
    vdi: 'vdi',
    vhd: 'vpc',
    vhdx: 'vhdx',
    img: 'raw',
    raw: 'raw',
  }
  return Object.hasOwn(known, ending) ? known[ending] : undefined
}

function busOf(controller: OvfItem | undefined): ForeignBus | undefined {
  if (!controller) return undefined
  if (controller.type === itemTypes.ide) return 'ide'
  if (controller.type === itemTypes.scsi) return controller.subtype.includes('virtio') ? 'virtio' : 'scsi'
  if (controller.type !== itemTypes.otherStorage) return undefined
  return controller.subtype.includes('virtio') ? 'virtio' : 'sata'
}
