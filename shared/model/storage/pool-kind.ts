/** A storage pool as a form: one kind whose fields come and go with the type of the pool. */
import {
  choice,
  flag,
  hostChoice,
  integer,
  path,
  plain,
  rows,
  text,
  type Field,
  type Values,
} from '../hardware/field'
import { defineKind } from '../hardware/kind'
import type { PoolPart } from './pool-fields'
import { poolTypeOf, poolTypes } from './pool-types'

const uses =
  (part: PoolPart) =>
  (values: Values): boolean =>
    poolTypeOf(plain(values['type']))?.fields[part] !== undefined

const isVirtualPort = (values: Values): boolean =>
  uses('adapter')(values) && values['adapterType'] === 'fc_host'

/** libvirt's schema (basictypes.rng): dnsName, ipAddr. */
const serverForm = {
  pattern: /^([a-zA-Z0-9.-]+|[0-9a-fA-F:.]+)$/,
  otherwise: 'Enter a host name or an address, without a port',
}
const server: Field = {
  label: 'Server',
  type: text({ maxLength: 255, form: serverForm }),
  help: 'Host name or address, as the host sees it.',
}
const port = integer(1, 65_535)

const targetForm = {
  pattern: /^iqn\.\d{4}-(0[1-9]|1[0-2])\.[a-zA-Z0-9.-]+(:.+)?$/,
  otherwise: 'Enter an iSCSI name such as iqn.2026-01.example.com:disks',
}
const worldWideName = {
  pattern: /^[0-9a-fA-F]{16}$/,
  otherwise: 'Enter 16 hexadecimal digits such as 20000000c9831b4b',
}
const noSlash = { pattern: /^[^/]+$/, otherwise: 'Use no "/"' }
const device = text({
  maxLength: 4096,
  isMono: true,
  form: { pattern: /^\/.+/, otherwise: 'Enter a path such as /dev/disk/by-id/…' },
})

export const poolKind = defineKind({
  id: 'pool',
  label: 'Pool',
  role: 'device',
  fields: {
    name: {
      label: 'Name',
      type: text({ maxLength: 256, form: noSlash }),
      isRequired: true,
      help: 'The same on every host that VMs shall move between.',
    },
    type: {
      label: 'Kind of storage',
      type: choice(
        poolTypes.map(({ id, label, explanation }) => [id, label, explanation] as const),
        {
          allowsOther: true,
          offeredWhen: (id, values) => poolTypeOf(id)?.rank !== 'old' || values['type'] === id,
        },
      ),
      isRequired: true,
    },
    server: { ...server, isRequired: true, when: uses('server') },
    port: {
      label: 'Port',
      type: port,
      absent: 'Of the protocol',
      when: uses('port'),
      isAdvanced: true,
    },
    monitors: {
      label: 'Monitors',
      type: rows('monitor', {
        server: { ...server, isRequired: true },
        port: { label: 'Port', type: port, absent: '6789' },
      }),
      help: 'The cluster is found as long as one of them answers.',
      isRequired: true,
      when: uses('monitors'),
    },
    share: {
      label: 'Kind of share',
      type: choice([
        ['auto', 'Found by the host', 'NFS, unless told otherwise'],
        ['nfs', 'NFS'],
        ['glusterfs', 'GlusterFS'],
        ['cifs', 'SMB (Windows share)'],
      ]),
      absent: 'Found by the host',
      when: uses('share'),
    },
    exportPath: {
      label: 'Exported folder',
      type: text({ maxLength: 4096 }),
      help: 'NFS: the path on the server. GlusterFS: the volume. SMB: the name of the share.',
      isRequired: true,
      when: uses('exportPath'),
    },
    device: {
      label: 'Device',
      type: device,
      help: 'A path that stays the same, such as one in /dev/disk/by-id.',
      isRequired: true,
      when: uses('device'),
    },
    volumeGroup: {
      label: 'Volume group',
      type: text({
        maxLength: 127,
        form: {
          pattern: /^[a-zA-Z0-9+_.][a-zA-Z0-9+_.-]*$/,
          otherwise: 'Use letters, digits and + _ . - only',
        },
      }),
      isRequired: true,
      when: uses('volumeGroup'),
    },
    zpool: {
      label: 'ZFS pool',
      type: text({
        maxLength: 255,
        form: {
          pattern: /^[a-zA-Z][a-zA-Z0-9_.:/ -]*$/,
          otherwise: 'Begin with a letter; use letters, digits and _ . : - only',
        },
      }),
      isRequired: true,
      when: uses('zpool'),
    },
    devices: {
      label: 'Devices to make it of',
      type: rows('device', { path: { label: 'Device', type: device, isRequired: true } }, 100),
      absent: 'It is there already',
      help: 'Only to build a new one. Paths that stay the same, such as those in /dev/disk/by-id.',
      when: uses('devices'),
    },
    cephPool: {
      label: 'Ceph pool',
      type: text({ maxLength: 255 }),
      isRequired: true,
      when: uses('cephPool'),
    },
    glusterVolume: {
      label: 'Gluster volume',
      type: text({ maxLength: 255, form: noSlash }),
      isRequired: true,
      when: uses('glusterVolume'),
    },
    glusterFolder: {
      label: 'Folder in the volume',
      type: path,
      absent: 'All of the volume',
      when: uses('glusterFolder'),
    },
    cluster: { label: 'Cluster', type: text({ maxLength: 255 }), isRequired: true, when: uses('cluster') },
    sheepdogPool: {
      label: 'Sheepdog pool',
      type: text({ maxLength: 255 }),
      isRequired: true,
      when: uses('sheepdogPool'),
    },
    target: {
      label: 'Target',
      type: text({ maxLength: 223, isMono: true, form: targetForm }),
      help: 'Its iSCSI name (IQN).',
      isRequired: true,
      when: uses('target'),
    },
    initiator: {
      label: 'Name of the host for iSCSI',
      type: text({ maxLength: 223, isMono: true, form: targetForm }),
      absent: 'As set on the host',
      help: 'The initiator IQN by which the server knows who asks.',
      when: uses('initiator'),
    },
    adapterType: {
      label: 'Adapter',
      type: choice([
        ['scsi_host', 'SCSI adapter of the host'],
        ['fc_host', 'Virtual Fibre Channel port (NPIV)', 'each pool, so each group of VMs, has its own'],
      ]),
      absent: 'SCSI adapter of the host',
      when: uses('adapter'),
    },
    adapterName: {
      label: 'Name of the adapter',
      type: text({
        maxLength: 64,
        form: { pattern: /^(scsi_)?host\d+$/, otherwise: 'Enter a name such as scsi_host0' },
      }),
      when: (values) => uses('adapter')(values) && !isVirtualPort(values),
    },
    wwnn: {
      label: 'Node name (WWNN)',
      type: text({ isMono: true, form: worldWideName }),
      isRequired: true,
      when: isVirtualPort,
    },
    wwpn: {
      label: 'Port name (WWPN)',
      type: text({ isMono: true, form: worldWideName }),
      isRequired: true,
      when: isVirtualPort,
    },
    parent: {
      label: 'Adapter it is made on',
      type: text({
        maxLength: 64,
        form: { pattern: /^(scsi_)?host\d+$/, otherwise: 'Enter a name such as scsi_host5' },
      }),
      absent: 'One with ports to spare',
      when: isVirtualPort,
    },
    managed: {
      label: 'Comes and goes with the pool',
      type: flag,
      absent: 'No: the port is made when it is missing, and stays',
      when: isVirtualPort,
    },
    path: {
      label: 'Path on the host',
      type: path,
      help: 'Where its volumes are seen.',
      when: uses('path'),
    },
    fileSystem: {
      label: 'File system',
      type: choice([
        ['auto', 'Found by the host'],
        'ext4',
        'xfs',
        'ext3',
        'ext2',
        ['vfat', 'FAT'],
        ['iso9660', 'ISO 9660 (CD)'],
        ['udf', 'UDF (DVD)'],
        'gfs2',
        'gfs',
        'ocfs2',
        ['ufs', 'UFS'],
        'hfs+',
        ['vmfs', 'VMFS'],
      ]),
      absent: 'Found by the host',
      help: 'Must be chosen to make a new one.',
      when: uses('fileSystem'),
    },
    partitionTable: {
      label: 'Partition table',
      type: choice([
        ['gpt', 'GPT', 'for large disks and many partitions'],
        ['dos', 'MBR (DOS)', 'four primary partitions, at most 2 TiB'],
        ['dvh', 'DVH (SGI)'],
        ['mac', 'Mac'],
        ['bsd', 'BSD'],
        ['pc98', 'PC-98'],
        ['sun', 'Sun'],
        ['lvm2', 'LVM 2'],
        ['unknown', 'Unknown'],
      ]),
      absent: 'MBR for a new one',
      when: uses('partitionTable'),
    },
    authUser: {
      label: 'User name',
      type: text({ maxLength: 255 }),
      absent: 'Without signing in',
      when: uses('auth'),
    },
    authSecret: {
      label: 'Password, kept as a secret of the host',
      type: hostChoice('secret'),
      absent: 'Without signing in',
      when: uses('auth'),
    },
    mode: {
      label: 'Rights of the folder',
      type: text({
        isMono: true,
        form: { pattern: /^0?[0-7]{3,4}$/, otherwise: 'Enter an octal number such as 0711' },
      }),
      absent: 'Usual ones',
      help: 'Octal; set when the folder is built.',
      when: uses('permissions'),
      isAdvanced: true,
    },
    owner: {
      label: 'Owner',
      type: integer(0, 4_294_967_295),
      absent: 'Whoever runs libvirt',
      help: 'The number of a user of the host.',
      when: uses('permissions'),
      isAdvanced: true,
    },
    group: {
      label: 'Group',
      type: integer(0, 4_294_967_295),
      absent: 'Of whoever runs libvirt',
      help: 'The number of a group of the host.',
      when: uses('permissions'),
      isAdvanced: true,
    },
    label: {
      label: 'SELinux label',
      type: text({ maxLength: 1024, isMono: true }),
      absent: 'Usual one',
      when: uses('permissions'),
      isAdvanced: true,
    },
    cow: {
      label: 'Copy on write (Btrfs)',
      type: flag,
      absent: 'Off where it can be',
      help: 'Images that are written to get slower with it; only Btrfs has it.',
      when: uses('cow'),
      isAdvanced: true,
    },
    protocolVersion: {
      label: 'NFS version',
      type: choice(['3', '4', '4.0', '4.1', '4.2'], { allowsOther: true }),
      absent: 'As host and server agree',
      when: (values) =>
        uses('protocolVersion')(values) && ['', 'auto', 'nfs'].includes(plain(values['share'])),
      isAdvanced: true,
    },
    mountOptions: {
      label: 'Mount options',
      type: rows('option', { name: { label: 'Option', type: text({ maxLength: 255 }), isRequired: true } }),
      absent: 'Usual ones',
      help: 'Such as "nosuid" or "sync"; they take the place of those that libvirt sets.',
      when: uses('mountOptions'),
      isAdvanced: true,
    },
    partitionSeparator: {
      label: 'A "p" before the number of a partition',
      type: flag,
      absent: 'Found by the host',
      help: 'Only for multipath devices, whose partitions may be named in either way.',
      when: uses('partitionSeparator'),
      isAdvanced: true,
    },
    fullSizes: {
      label: 'What volumes take',
      type: choice([
        ['default', 'Asked of the cluster', 'exact, but slow with large images'],
        ['capacity', 'Taken to be their full size', 'quick'],
      ]),
      absent: 'Asked of the cluster',
      when: uses('fullSizes'),
      isAdvanced: true,
    },
    cephOptions: {
      label: 'Options of Ceph',
      type: rows('option', {
        name: { label: 'Option', type: text({ maxLength: 255 }), isRequired: true },
        value: { label: 'Value', type: text({ maxLength: 255 }), isRequired: true },
      }),
      absent: 'Usual ones',
      when: uses('cephOptions'),
      isAdvanced: true,
    },
  },
  groups: [
    { title: '', fields: ['name', 'type'] },
    {
      title: 'Where it comes from',
      fields: [
        'server',
        'port',
        'monitors',
        'share',
        'exportPath',
        'device',
        'volumeGroup',
        'zpool',
        'devices',
        'cephPool',
        'glusterVolume',
        'glusterFolder',
        'cluster',
        'sheepdogPool',
        'target',
        'initiator',
        'adapterType',
        'adapterName',
        'wwnn',
        'wwpn',
        'parent',
        'managed',
        'fileSystem',
        'partitionTable',
        'partitionSeparator',
        'protocolVersion',
        'mountOptions',
        'cephOptions',
      ],
    },
    { title: 'Signing in', fields: ['authUser', 'authSecret'] },
    { title: 'On the host', fields: ['path', 'cow', 'fullSizes', 'mode', 'owner', 'group', 'label'] },
  ],
  title: (values) => `Pool ${plain(values['name'])}`.trim(),
  summary: (values) => poolTypeOf(plain(values['type']))?.label,
})
