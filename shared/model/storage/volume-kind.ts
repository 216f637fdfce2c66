/** A new volume, as its form asks for it. What makes sense depends on the type of its pool, which the values carry. */
import { choice, flag, hostChoice, integer, path, plain, size, text, type Values } from '../hardware/field'
import { defineKind } from '../hardware/kind'
import { hasImageFiles, volumeFormatsOf } from './volume-abilities'

const kib = 1024

const poolType = (values: Values): string => plain(values['poolType'])
const isFile = (values: Values): boolean => hasImageFiles(poolType(values))
const isQcow2 = (values: Values): boolean => isFile(values) && values['format'] === 'qcow2'
const isEncryptable = (values: Values): boolean =>
  (isFile(values) && ['raw', 'qcow2'].includes(plain(values['format']))) || poolType(values) === 'logical'
/** Formats whose images can hold only what differs from another one. */
export const layeredFormats: readonly string[] = ['qcow2', 'qed', 'qcow', 'vmdk']

export const volume = defineKind({
  id: 'volume',
  label: 'Volume',
  role: 'device',
  fields: {
    /** Not shown: the type of the pool it is made in. */
    poolType: { label: 'Type of the pool', type: text({ maxLength: 32 }), isReadOnly: true },
    name: {
      label: 'Name',
      type: text({
        maxLength: 255,
        form: { pattern: /^(?!\.{1,2}$)[^/]+$/, otherwise: 'Enter a name without "/"' },
      }),
      isRequired: true,
      help: 'As its file is called; an ending such as ".qcow2" tells people what it is',
      // partitions are numbered by the host
      when: (values) => poolType(values) !== 'disk',
    },
    format: {
      label: 'Format',
      type: choice(
        [
          ['qcow2', 'qcow2', 'Grows as it is written to, can have snapshots and a base'],
          ['raw', 'raw', 'Byte for byte what the guest sees: fastest, understood everywhere'],
          ['qed', 'QED', 'An early rival of qcow2, no longer developed'],
          ['vmdk', 'VMDK', 'Of VMware, for exchange'],
          ['vdi', 'VDI', 'Of VirtualBox, for exchange'],
          ['vpc', 'VHD', 'Of Virtual PC and Hyper-V, for exchange'],
          ['none', 'None', 'A partition without a type of its own'],
          ['linux', 'Linux'],
          ['fat16', 'FAT16'],
          ['fat32', 'FAT32'],
          ['linux-swap', 'Linux swap'],
          ['linux-lvm', 'Linux LVM'],
          ['linux-raid', 'Linux RAID'],
          ['extended', 'Extended', 'Holds further partitions on disks with an MBR'],
        ],
        { offeredWhen: (format, values) => volumeFormatsOf(poolType(values)).includes(format) },
      ),
      absent: 'Raw',
      when: (values) => volumeFormatsOf(poolType(values)).length > 1,
    },
    capacityBytes: {
      label: 'Capacity',
      type: size(512),
      help: 'As large as the guest sees it',
    },
    allocation: {
      label: 'Space taken',
      type: choice(
        [
          ['sparse', 'As it is written to', 'Takes little now; the pool can run full later'],
          ['metadata', 'Tables now, data later', 'A little faster while it grows'],
          ['full', 'All of it now', 'The guest never finds the pool full'],
        ],
        {
          offeredWhen: (kind, values) =>
            kind === 'sparse' ||
            (isQcow2(values) && values['backingPath'] === undefined) ||
            (kind === 'full' && isPlainRaw(values)),
        },
      ),
      absent: 'As it is written to',
      when: (values) => isFile(values) || poolType(values) === 'zfs',
    },
    backingPath: {
      label: 'Built on',
      type: path,
      absent: 'Nothing: the image stands alone',
      help: 'Only what differs from this image is stored. It must not be changed or deleted from then on.',
      when: (values) => isFile(values) && layeredFormats.includes(plain(values['format'])),
    },
    backingFormat: {
      label: 'Format of that image',
      type: choice(['qcow2', 'raw', 'qed', 'qcow', 'vmdk', 'vdi', 'vpc']),
      help: 'Written into the new image. Looking for it instead would let a guest choose how its disk is read.',
      when: (values) => values['backingPath'] !== undefined,
    },
    clusterSizeBytes: {
      label: 'Cluster size',
      type: choice([
        ['512', '512 bytes'],
        ...[1, 2, 4, 8, 16, 32, 64, 128, 256, 512].map((one) => [String(one * kib), `${one} KiB`] as const),
        ...[1, 2].map((one) => [String(one * kib * kib), `${one} MiB`] as const),
      ]),
      absent: '64 KiB',
      help: 'Larger ones need smaller tables in memory, smaller ones waste less space on small writes',
      isAdvanced: true,
      when: isQcow2,
    },
    compat: {
      label: 'Version of the format',
      type: choice([
        ['1.1', '1.1', 'QEMU 1.1 and later, faster'],
        ['0.10', '0.10', 'Also for programs before 2012'],
      ]),
      absent: '1.1',
      isAdvanced: true,
      when: isQcow2,
    },
    lazyRefcounts: {
      label: 'Postpone reference counts',
      type: flag,
      absent: 'No',
      help: 'Faster writes; after a crash the image is checked when it is next opened',
      isAdvanced: true,
      when: isQcow2,
    },
    extendedL2: {
      label: 'Subclusters',
      type: flag,
      absent: 'No',
      help: 'Allocates a thirty-second of a cluster at a time. QEMU 5.2 and later read it.',
      isAdvanced: true,
      when: isQcow2,
    },
    nocow: {
      label: 'No copy-on-write on Btrfs',
      type: flag,
      absent: 'No',
      help: 'Keeps an image on Btrfs from being scattered. Btrfs then neither checks it nor takes snapshots of it well; other file systems ignore it.',
      isAdvanced: true,
      when: (values) => isFile(values) && ['raw', 'qcow2'].includes(plain(values['format'])),
    },
    encrypted: {
      label: 'Encrypt with LUKS',
      type: flag,
      absent: 'No',
      when: isEncryptable,
    },
    secret: {
      label: 'Passphrase',
      type: hostChoice('secret'),
      help: 'A secret of the host that has a value. Without it the data cannot be read, also not by VMs.',
      when: (values) => isEncryptable(values) && values['encrypted'] === true,
    },
    mode: {
      label: 'Permissions',
      type: text({
        isMono: true,
        maxLength: 4,
        form: { pattern: /^0?[0-7]{3}$/, otherwise: 'Enter three octal digits such as 0644' },
      }),
      absent: '0600',
      help: 'The hypervisor gives itself access to the disks of VMs that it starts',
      isAdvanced: true,
      when: isFile,
    },
    owner: {
      label: 'Owner',
      type: integer(0, 4_294_967_294),
      absent: "libvirt's own",
      isAdvanced: true,
      when: isFile,
    },
    group: {
      label: 'Group',
      type: integer(0, 4_294_967_294),
      absent: "libvirt's own",
      isAdvanced: true,
      when: isFile,
    },
    label: {
      label: 'SELinux label',
      type: text({ isMono: true, maxLength: 256 }),
      absent: "The folder's",
      isAdvanced: true,
      when: isFile,
    },
  },
  groups: [
    { title: '', fields: ['name', 'format', 'capacityBytes', 'allocation', 'backingPath', 'backingFormat'] },
    { title: 'Encryption', fields: ['encrypted', 'secret'] },
    { title: 'Layout', fields: ['clusterSizeBytes', 'compat', 'lazyRefcounts', 'extendedL2', 'nocow'] },
    { title: 'Owner and permissions', fields: ['mode', 'owner', 'group', 'label'] },
  ],
  title: ({ name }) => `Volume ${plain(name)}`.trim(),
})

function isPlainRaw(values: Values): boolean {
  if (values['encrypted'] === true) return false
  return poolType(values) === 'zfs' || values['format'] === 'raw'
}

/** Where a new volume starts: what grows as it is written to, where the pool has it. */
export function volumeDefaults(type: string): Values {
  const [format] = volumeFormatsOf(type)
  return {
    poolType: type,
    ...(volumeFormatsOf(type).length > 1 && format !== undefined ? { format } : {}),
    ...(hasImageFiles(type) || type === 'zfs' ? { allocation: 'sparse' } : {}),
  }
}
