import { choice, flag, integer, size, text, type Field, type Values } from '../field'
import { busOf } from '../targets'
import { all, deviceIs, isOurs, isRemovable, not, onBus, sourceIs, sourceTypeOf } from './disk-when'

const onVirtio = onBus('virtio')

/** Buses on which a kind of drive can be at all. */
function busSuits(bus: string, values: Values): boolean {
  if (deviceIs('floppy')(values)) return bus === 'fdc'
  if (bus === 'fdc') return false
  if (sourceIs('vhostuser')(values)) return bus === 'virtio'
  if (deviceIs('lun')(values)) return bus === 'scsi' || bus === 'virtio'
  if (bus === 'uml') return values.bus === 'uml'
  return !(deviceIs('cdrom')(values) && (bus === 'virtio' || bus === 'sd'))
}

/** What the guest sees of a disk. */
export const targetFields = {
  device: {
    label: 'Kind',
    type: choice(
      [
        ['disk', 'Hard disk'],
        ['cdrom', 'CD or DVD drive'],
        ['floppy', 'Floppy drive'],
        ['lun', 'SCSI device of the host, commands included'],
      ],
      { offeredBy: 'disk.diskDevice' },
    ),
    absent: 'Hard disk',
    whyNotLive: 'The guest sees what kind of drive this is when it is switched on',
  },
  bus: {
    label: 'Bus',
    type: choice(
      [
        ['virtio', 'VirtIO', 'fastest; the guest needs its driver'],
        ['scsi', 'SCSI', 'many disks on one controller; names in the guest as on real machines'],
        ['sata', 'SATA', 'works without special drivers'],
        ['ide', 'IDE', 'for old systems; four drives at most'],
        ['usb', 'USB'],
        ['xen', 'Xen'],
        ['sd', 'SD card'],
        ['fdc', 'Floppy'],
        ['uml', 'User mode Linux'],
      ],
      { offeredBy: 'disk.bus', offeredWhen: busSuits },
    ),
    isRequired: true,
    help: 'With another bus the guest finds its disk under another name, and may need another driver to start.',
    whyNotLive: 'The bus is a different device for the guest: it changes at the next start',
  },
  target: {
    label: 'Name',
    type: text({ maxLength: 32, isMono: true }),
    isRequired: true,
    help: 'Unique in the VM. The guest may call its disk something else.',
    whyNotLive: 'The name tells the disks of a running guest apart',
  },
  virtioModel: {
    label: 'VirtIO version',
    type: choice(
      [
        ['virtio', 'As the slot allows'],
        ['virtio-transitional', 'Old and new'],
        ['virtio-non-transitional', 'New only'],
      ],
      { offeredBy: 'disk.model' },
    ),
    absent: 'As the slot allows',
    when: onVirtio,
    isAdvanced: true,
  },
  readOnly: { label: 'Read-only', type: flag, absent: 'No', when: isOurs },
  shareable: {
    label: 'Shared with other VMs',
    type: flag,
    absent: 'No',
    help: 'Several VMs may have it at once. Without a cluster file system that destroys what is on it.',
    when: isOurs,
  },
  removable: {
    label: 'Shown as removable',
    type: flag,
    absent: 'No',
    when: (values) => busOf(values) === 'usb' || (busOf(values) === 'scsi' && deviceIs('disk')(values)),
    isAdvanced: true,
  },
  tray: {
    label: 'Tray',
    type: choice([
      ['open', 'Open'],
      ['closed', 'Closed'],
    ]),
    absent: 'Closed',
    when: isRemovable,
    isReadOnly: true,
    isFilledIn: true,
    isAdvanced: true,
  },
  transient: {
    label: 'Forget changes at shutdown',
    type: flag,
    absent: 'No',
    when: all(isOurs, not(isRemovable)),
  },
  transientShares: {
    label: 'Share the unchanged image',
    type: flag,
    absent: 'No',
    help: 'Several VMs may start from the same image at once.',
    when: (values) => values.transient === true,
    isAdvanced: true,
  },
  snapshot: {
    label: 'In snapshots',
    type: choice(
      [
        ['no', 'Left out'],
        ['internal', 'Inside its image'],
        ['external', 'As a new image on top'],
        ['manual', 'Taken by hand'],
      ],
      { offeredWhen: (mode, values) => mode === 'no' || sourceTypeOf(values) !== 'vhostuser' },
    ),
    absent: 'As the snapshot asks',
    isAdvanced: true,
    isLive: true,
  },
  bootOrder: {
    label: 'Boot order',
    type: integer(1, 999),
    absent: 'Not started from',
    help: 'The page Boot puts all devices in order.',
    whyNotLive: 'The firmware reads the boot order when the guest is switched on',
  },
  bootParameter: {
    label: 'Loader parameter',
    type: text({ maxLength: 8 }),
    help: 'LOADPARM of IBM Z.',
    when: (values) => values.bootOrder !== undefined,
    isAdvanced: true,
  },
  serial: {
    label: 'Serial number',
    type: text({ maxLength: 247 }),
    absent: 'Chosen by the emulator',
    help: 'Shown in the guest, under /dev/disk/by-id for instance.',
    when: (values) =>
      isOurs(values) && busOf(values) !== 'sd' && !(busOf(values) === 'scsi' && deviceIs('lun')(values)),
  },
  wwn: {
    label: 'World wide name',
    type: text({ maxLength: 18, isMono: true }),
    help: '16 hexadecimal digits.',
    when: all(isOurs, onBus('ide', 'scsi'), not(deviceIs('lun'))),
    isAdvanced: true,
  },
  vendor: {
    label: 'Vendor',
    type: text({ maxLength: 8 }),
    absent: 'QEMU',
    when: all(isOurs, onBus('scsi'), not(deviceIs('lun'))),
    isAdvanced: true,
  },
  product: {
    label: 'Product',
    type: text({ maxLength: 16 }),
    absent: 'QEMU HARDDISK',
    when: all(isOurs, onBus('scsi'), not(deviceIs('lun'))),
    isAdvanced: true,
  },
  rotationRate: {
    label: 'Rotation',
    type: integer(1, 65_534, 'rpm'),
    absent: 'Not told',
    help: '1 stands for a solid state drive.',
    when: all(onBus('scsi', 'sata', 'ide'), deviceIs('disk')),
    isAdvanced: true,
  },
  logicalBlockBytes: {
    label: 'Logical block',
    type: size(512, 2_097_152),
    absent: '512 bytes',
    when: all(isOurs, not(deviceIs('floppy'))),
    isAdvanced: true,
  },
  physicalBlockBytes: {
    label: 'Physical block',
    type: size(512, 2_097_152),
    absent: 'As the logical block',
    when: all(isOurs, not(deviceIs('floppy'))),
    isAdvanced: true,
  },
  cylinders: {
    label: 'Cylinders',
    type: integer(1, 65_535),
    absent: 'Found out by itself',
    when: all(isOurs, not(onBus('usb', 'sd'))),
    isAdvanced: true,
  },
  heads: {
    label: 'Heads',
    type: integer(1, 255),
    when: all(isOurs, not(onBus('usb', 'sd'))),
    isAdvanced: true,
  },
  sectors: {
    label: 'Sectors',
    type: integer(1, 255),
    when: all(isOurs, not(onBus('usb', 'sd'))),
    isAdvanced: true,
  },
  translation: {
    label: 'BIOS translation',
    type: choice([
      ['auto', 'Automatic'],
      ['none', 'None'],
      ['lba', 'LBA'],
    ]),
    when: (values) => onBus('ide')(values) && values.cylinders !== undefined,
    isAdvanced: true,
  },
  backendDomain: {
    label: 'Storage domain',
    type: text({ maxLength: 256 }),
    absent: 'The host',
    help: 'The Xen domain that serves the disk.',
    when: onBus('xen'),
    isAdvanced: true,
  },
} as const satisfies { readonly [field: string]: Field }
