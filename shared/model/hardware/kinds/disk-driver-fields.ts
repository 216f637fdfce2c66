import { choice, flag, integer, path, size, text, type Field, type Values } from '../field'
import { busOf } from '../targets'
import { all, deviceIs, isOurs, isRemovable, not, onBus, sourceIs, sourceTypeOf } from './disk-when'

const onVirtio = onBus('virtio')
const isImage = not(sourceIs('vhostuser', 'dir'))
/** Names that definitions have and the emulator does not, or that say the same as another. */
const rareFormats = ['dir', 'iso', 'cow', 'vhd', 'luks', 'aio']
const isQcow2 = (values: Values): boolean => values.format === 'qcow2'

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

/** How the emulator handles a disk. */
export const driverFields = {
  format: {
    label: 'Format',
    type: choice(
      [
        ['qcow2', 'qcow2', 'grows as needed; snapshots inside'],
        ['raw', 'Raw', 'simplest and fastest; what devices and ISO images are'],
        ['vmdk', 'VMDK (VMware)'],
        ['vdi', 'VDI (VirtualBox)'],
        ['vpc', 'VHD (Virtual PC)'],
        ['qed', 'QED'],
        ['qcow', 'qcow, the old one'],
        ['bochs', 'Bochs'],
        ['cloop', 'Compressed loop'],
        ['dmg', 'Apple disk image'],
        ['ploop', 'Parallels'],
        ['fat', 'FAT, made of a folder'],
        ['dir', 'Folder'],
        ['iso', 'ISO'],
        ['cow', 'cow'],
        ['vhd', 'VHD'],
        ['luks', 'LUKS'],
        ['aio', 'Raw, by its old name'],
      ],
      { offeredWhen: (name, { format }) => !rareFormats.includes(name) || format === name },
    ),
    absent: 'Raw',
    help: 'Always set it: an image of unknown format is taken as raw.',
    when: isOurs,
    ...{ isLive: true, liveWhen: isRemovable },
    whyNotLive: 'The image was opened in this format when the guest started',
  },
  cache: {
    label: 'Cache',
    type: choice([
      ['default', 'Hypervisor default', 'write back'],
      [
        'writeback',
        'Write back',
        'host memory caches; a write counts as done in memory, and is safe when the guest flushes',
      ],
      ['none', 'None', 'past the memory of the host; safe when the guest flushes; what migration needs'],
      ['writethrough', 'Write through', 'host memory caches reading; each write is done when it is on disk'],
      ['directsync', 'Direct sync', 'past the memory of the host, and each write is done when it is on disk'],
      ['unsafe', 'Unsafe', 'flushes are ignored: fast, and lost when the host fails'],
    ]),
    absent: 'Hypervisor default',
    help: 'Guests that do not flush, such as very old ones, are safe only with write through or direct sync.',
    when: isOurs,
    whyNotLive: 'The image was opened with this cache when the guest started',
  },
  io: {
    label: 'I/O mode',
    type: choice(
      [
        ['threads', 'Threads'],
        ['native', 'Native (Linux AIO)', 'needs cache none or direct sync'],
        ['io_uring', 'io_uring'],
      ],
      {
        offeredWhen: (mode, { cache }) => mode !== 'native' || cache === 'none' || cache === 'directsync',
      },
    ),
    absent: 'Hypervisor default',
    when: isOurs,
    whyNotLive: 'The image was opened with this mode when the guest started',
  },
  discard: {
    label: 'Discard',
    type: choice([
      ['unmap', 'Give freed space back', 'what the guest trims is freed on the host'],
      ['ignore', 'Ignore'],
    ]),
    absent: 'Hypervisor default',
    when: isOurs,
  },
  detectZeroes: {
    label: 'Detect zeroes',
    type: choice([
      ['off', 'No'],
      ['on', 'Yes'],
      ['unmap', 'Yes, and free them', 'needs discard'],
    ]),
    absent: 'Hypervisor default',
    when: isOurs,
    isAdvanced: true,
  },
  errorPolicy: {
    label: 'On write errors',
    type: choice([
      ['stop', 'Pause the VM'],
      ['report', 'Tell the guest'],
      ['ignore', 'Ignore'],
      ['enospace', 'Pause when the host is full, otherwise tell the guest'],
    ]),
    absent: 'Hypervisor default',
    when: isOurs,
    isAdvanced: true,
  },
  readErrorPolicy: {
    label: 'On read errors',
    type: choice([
      ['stop', 'Pause the VM'],
      ['report', 'Tell the guest'],
      ['ignore', 'Ignore'],
    ]),
    absent: 'As on write errors',
    when: isOurs,
    isAdvanced: true,
  },
  copyOnRead: {
    label: 'Copy on read',
    type: flag,
    absent: 'No',
    help: 'What is read from a backing image is kept in this one; for slow backing images.',
    when: all(isImage, deviceIs('disk')),
    isAdvanced: true,
  },
  ioThread: {
    label: 'I/O thread',
    type: integer(1, 4_294_967_295),
    absent: 'Main loop',
    help: 'Number of one of the I/O threads of the VM.',
    when: all(isOurs, onVirtio),
    isAdvanced: true,
  },
  queues: {
    label: 'Queues',
    type: integer(1, 1024),
    absent: 'One for each vCPU, or as the machine type has it',
    when: onVirtio,
    isAdvanced: true,
  },
  queueSize: {
    label: 'Queue size',
    type: integer(2, 1024),
    absent: 'Hypervisor default',
    help: 'A power of two.',
    when: onVirtio,
    isAdvanced: true,
  },
  metadataCacheBytes: {
    label: 'Metadata cache',
    type: size(1),
    absent: 'Hypervisor default',
    help: 'Of qcow2: one MiB covers about eight GiB of image.',
    when: all(isOurs, isQcow2),
    isAdvanced: true,
  },
  driverName: {
    label: 'Driver',
    type: choice(['qemu', 'file', 'phy', 'tap', 'tap2'], { allowsOther: true }),
    absent: 'Chosen by the hypervisor',
    help: 'Leave it, except for storage scripts of Xen.',
    isAdvanced: true,
  },
  ioEventFd: {
    label: 'I/O in a thread of its own (ioeventfd)',
    type: flag,
    absent: 'Hypervisor default',
    when: all(isOurs, onVirtio),
    isAdvanced: true,
  },
  eventIdx: {
    label: 'Fewer interrupts (event_idx)',
    type: flag,
    absent: 'Hypervisor default',
    when: onVirtio,
    isAdvanced: true,
  },
  iommu: {
    label: 'Behind the virtual IOMMU',
    type: flag,
    absent: 'No',
    when: onVirtio,
    isAdvanced: true,
  },
  ats: {
    label: 'Address translation service',
    type: flag,
    absent: 'No',
    when: onVirtio,
    isAdvanced: true,
  },
  packed: { label: 'Packed queues', type: flag, absent: 'No', when: onVirtio, isAdvanced: true },
  pagePerVq: {
    label: 'One page for each queue',
    type: flag,
    absent: 'Hypervisor default',
    when: onVirtio,
    isAdvanced: true,
  },
  rawIo: {
    label: 'Raw I/O rights',
    type: flag,
    absent: 'No',
    help: 'The emulator gets CAP_SYS_RAWIO, which some SCSI commands need.',
    when: deviceIs('lun'),
    isAdvanced: true,
  },
  sgIo: {
    label: 'SCSI commands',
    type: choice([
      ['filtered', 'Filtered by the kernel'],
      ['unfiltered', 'All', 'refused by libvirt since 9.0'],
    ]),
    absent: 'Filtered by the kernel',
    when: deviceIs('lun'),
    isAdvanced: true,
  },
  reservations: {
    label: 'Persistent reservations, served by libvirt',
    type: flag,
    absent: 'None',
    help: 'For clusters. Choose no to use a helper of your own by its socket.',
    when: all(deviceIs('lun'), sourceIs('block')),
    isAdvanced: true,
  },
  reservationsSocket: {
    label: 'Socket of the reservations helper',
    type: path,
    when: all(deviceIs('lun'), sourceIs('block'), (values) => values.reservations === false),
    isAdvanced: true,
  },
} as const satisfies { readonly [field: string]: Field }
