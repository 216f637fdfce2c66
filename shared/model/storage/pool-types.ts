/** What the host's kinds of pools are, can do and destroy (https://libvirt.org/storage.html), as data for forms and rules. */
import { own } from '../hardware/own'
import type { PoolUse } from './pool-fields'

export interface PoolType {
  /** As libvirt names it. */
  readonly id: string
  /** "Folder". */
  readonly label: string
  /** One line for who has to choose. */
  readonly explanation: string
  /** Offered first, among the others, or only where one is there already. */
  readonly rank: 'usual' | 'special' | 'old'
  /** Which fields it has (pool-kind.ts), and whether it needs them. */
  readonly fields: PoolUse
  /** Who can find what it could be made of: the host by itself, the host asking a server, or the list of its devices. */
  readonly sources?: 'host' | 'server' | 'devices' | 'adapters'
  /** What "build" makes on the host before the first start; absent: there is nothing to make. */
  readonly build?: {
    /** A sentence: "Makes the folder if it is not there". */
    readonly does: string
    /** What "overwrite" destroys, a sentence; absent: it cannot be asked for. */
    readonly overwrites?: string
    /** Does not start without having been built once, unless it is there already. */
    readonly isUsual?: true
  }
  /** Where its volumes are seen on the host, as long as nobody says otherwise. NAME and SOURCE stand for those of the pool. */
  readonly usualPath?: string
  /** What goes when all of it is deleted, a sentence with WHAT for its source or path; absent: the host cannot. */
  readonly destroys?: string
  /** The data in its volumes go as well; the others refuse while there is something in them. */
  readonly destroysVolumes?: true
  /** What to keep in mind as long as it is there, a sentence or two. */
  readonly caution?: string
  /** What to look at when it does not start, a sentence. */
  readonly ifNotStarting: string
  /** What VMs lose when it is stopped and its definition removed, a sentence; absent: nothing. */
  readonly detaches?: string
}

/** Not below the usual folder of images: a pool there would wait for a dead server as well when it is read. */
const mountPoint = '/mnt/NAME'
const makesFolder = 'Makes the folder if it is not there.'
const emptyFolder = 'The folder WHAT is removed if it is empty.'

export const poolTypes: readonly PoolType[] = [
  {
    id: 'dir',
    label: 'Folder',
    explanation: 'Images as files in a folder of the host. The right choice when in doubt.',
    rank: 'usual',
    fields: { path: 'needed', cow: 'may', permissions: 'may' },
    build: { does: makesFolder, isUsual: true },
    usualPath: '/var/lib/libvirt/images/NAME',
    destroys: emptyFolder,
    ifNotStarting: 'Check that the folder is there; if not, build the pool.',
  },
  {
    id: 'fs',
    label: 'Partition with a file system',
    explanation: 'Images as files on a partition or disk that the host mounts for the pool.',
    rank: 'usual',
    fields: {
      device: 'needed',
      fileSystem: 'may',
      path: 'needed',
      cow: 'may',
      mountOptions: 'may',
      permissions: 'may',
    },
    sources: 'devices',
    build: {
      does: 'Makes the mount point, and a file system on the device if there is nothing on it.',
      overwrites: 'Everything on the device is lost: a new file system is made over it.',
    },
    usualPath: mountPoint,
    destroys: 'The mount point WHAT is removed. What is on the device stays.',
    detaches: 'The file system is unmounted; VMs find their disks again when it is mounted there.',
    ifNotStarting:
      'Check that the device is there with this file system, and that the mount point is: if not, build the pool.',
  },
  {
    id: 'netfs',
    label: 'Network share (NFS, GlusterFS, SMB)',
    explanation: 'Images as files on a file server. Several hosts can use it, so VMs can move between them.',
    rank: 'usual',
    fields: {
      server: 'needed',
      exportPath: 'needed',
      share: 'may',
      path: 'needed',
      protocolVersion: 'may',
      cow: 'may',
      mountOptions: 'may',
      permissions: 'may',
    },
    sources: 'server',
    build: { does: 'Makes the mount point if it is not there.', isUsual: true },
    usualPath: mountPoint,
    destroys: 'The mount point WHAT is removed. What is on the server stays.',
    detaches: 'The share is unmounted, so VMs no longer reach their disks in it.',
    ifNotStarting:
      'Check that the server is up and exports the folder to this host, and that the mount point is there: if not, build the pool.',
  },
  {
    id: 'disk',
    label: 'Whole disk, a partition for each volume',
    explanation: 'Each volume is a partition of a disk that nothing else uses.',
    rank: 'special',
    fields: {
      device: 'needed',
      partitionTable: 'may',
      partitionSeparator: 'may',
      path: 'needed',
      permissions: 'may',
    },
    sources: 'devices',
    build: {
      does: 'Makes a partition table if there is nothing on the disk.',
      overwrites: 'Everything on the disk is lost: a new, empty partition table is made over it.',
    },
    usualPath: '/dev',
    destroys: 'The partition table of WHAT is wiped, and all data in its partitions are lost.',
    destroysVolumes: true,
    ifNotStarting: 'Check that the disk is there with this partition table; if it is new, build the pool.',
  },
  {
    id: 'logical',
    label: 'LVM volume group',
    explanation: 'Each volume is a logical volume: fast, and its size can be chosen freely.',
    rank: 'usual',
    fields: { volumeGroup: 'needed', devices: 'may', path: 'may', permissions: 'may' },
    sources: 'host',
    build: {
      does: 'Makes a volume group of the devices, if there is nothing on them.',
      overwrites: 'Everything on the devices is lost: they become parts of a new volume group.',
    },
    usualPath: '/dev/SOURCE',
    destroys: 'The volume group WHAT is deleted with all of its volumes, and all data in them are lost.',
    destroysVolumes: true,
    caution:
      'Leave the volumes to the pool: do not mount or change them on the host, and mount nothing there by its label.',
    detaches: 'The volume group is switched off, so VMs no longer reach their disks in it.',
    ifNotStarting: 'Check on the host that the volume group is there ("vgs"); if it is new, build the pool.',
  },
  {
    id: 'iscsi',
    label: 'iSCSI target',
    explanation: 'The disks (LUNs) of a storage server, which the host signs in to.',
    rank: 'usual',
    fields: {
      server: 'needed',
      port: 'may',
      target: 'needed',
      initiator: 'may',
      auth: 'may',
      path: 'needed',
      permissions: 'may',
    },
    sources: 'server',
    usualPath: '/dev/disk/by-path',
    caution:
      'Leave the LUNs to the pool: do not mount or change them on the host. ' +
      'One that is not shown may need a partition table, an empty one will do: fdisk /dev/disk/by-path/NAME.',
    detaches: 'The host signs out of the target, so VMs no longer reach their disks in it.',
    ifNotStarting: 'Check that the server is up, and that it lets this host sign in to the target.',
  },
  {
    id: 'iscsi-direct',
    label: 'iSCSI target, reached by VMs directly',
    explanation: 'As iSCSI, but the emulator signs in by itself: no devices appear on the host.',
    rank: 'special',
    fields: { server: 'needed', port: 'may', target: 'needed', initiator: 'needed', auth: 'may' },
    sources: 'server',
    detaches: 'VMs that name their disks by this pool do not start without it.',
    ifNotStarting: 'Check that the server is up, and that it lets this name sign in to the target.',
  },
  {
    id: 'scsi',
    label: 'SCSI or Fibre Channel adapter',
    explanation: 'The disks (LUNs) behind an adapter of the host, or a virtual Fibre Channel port (NPIV).',
    rank: 'special',
    fields: { adapter: 'needed', path: 'needed', permissions: 'may' },
    sources: 'adapters',
    usualPath: '/dev/disk/by-path',
    caution: 'Leave the LUNs to the pool: do not mount or change them on the host.',
    detaches:
      'If the host made the virtual port for this pool, it goes, and VMs no longer reach their disks.',
    ifNotStarting:
      'Check that the adapter is there, and the names of a virtual port with those of the switch.',
  },
  {
    id: 'mpath',
    label: 'Multipath devices',
    explanation:
      'All devices that the host reaches by several paths. They can be given to VMs, nothing else.',
    rank: 'special',
    fields: { path: 'needed', permissions: 'may' },
    usualPath: '/dev/mapper',
    ifNotStarting: 'Check on the host that multipathd runs.',
  },
  {
    id: 'rbd',
    label: 'Ceph RBD',
    explanation: 'Images in a pool of a Ceph cluster, with snapshots and replication.',
    rank: 'usual',
    fields: { monitors: 'needed', cephPool: 'needed', auth: 'may', fullSizes: 'may', cephOptions: 'may' },
    detaches: 'VMs that name their disks by this pool do not start without it.',
    ifNotStarting: 'Check that a monitor can be reached, and that user and secret are those of the cluster.',
  },
  {
    id: 'gluster',
    label: 'Gluster volume',
    explanation: 'Files in a Gluster volume, which the emulator reads without a mount.',
    rank: 'special',
    fields: { server: 'needed', port: 'may', glusterVolume: 'needed', glusterFolder: 'may' },
    sources: 'server',
    detaches: 'VMs that name their disks by this pool do not start without it.',
    ifNotStarting: 'Check that the server is up, and that the volume is started.',
  },
  {
    id: 'zfs',
    label: 'ZFS pool',
    explanation: 'Each volume is a ZFS volume (zvol).',
    rank: 'special',
    fields: { zpool: 'needed', devices: 'may', path: 'may' },
    build: { does: 'Makes a ZFS pool of the devices.' },
    usualPath: '/dev/zvol/SOURCE',
    destroys: 'The ZFS pool WHAT is destroyed with all of its volumes, and all data in them are lost.',
    destroysVolumes: true,
    ifNotStarting: 'Check on the host that the ZFS pool is there ("zpool list").',
  },
  {
    id: 'vstorage',
    label: 'Virtuozzo Storage',
    explanation: 'Images as files in a Virtuozzo Storage cluster, which the host mounts.',
    rank: 'special',
    fields: { cluster: 'needed', path: 'needed', permissions: 'may' },
    build: { does: 'Makes the mount point if it is not there.', isUsual: true },
    usualPath: '/mnt/NAME',
    destroys: 'The mount point WHAT is removed. What is in the cluster stays.',
    detaches: 'The cluster is unmounted, so VMs no longer reach their disks in it.',
    ifNotStarting: 'Check that the host is part of the cluster.',
  },
  {
    id: 'sheepdog',
    label: 'Sheepdog',
    explanation: 'A storage cluster that is no longer developed and that libvirt has given up.',
    rank: 'old',
    fields: { server: 'needed', port: 'may', sheepdogPool: 'needed' },
    detaches: 'VMs that name their disks by this pool do not start without it.',
    ifNotStarting: 'Check that the cluster is up.',
  },
]

const byId = Object.fromEntries(poolTypes.map((type) => [type.id, type]))

/** Undefined for one that a newer host has. */
export function poolTypeOf(id: string): PoolType | undefined {
  return own(byId, id)
}
