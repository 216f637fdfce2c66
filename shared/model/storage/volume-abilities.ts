/** What can be done with volumes in each type of pool: in some the host's administrator or another server makes them. */
import { own } from '../hardware/own'

export type VolumeAbility = 'create' | 'clone' | 'delete' | 'resize' | 'wipe' | 'upload' | 'download'

interface Abilities {
  readonly can: readonly VolumeAbility[]
  /** Formats a new volume can have, the usual one first; empty where volumes have none. */
  readonly formats: readonly string[]
  /** Who does what cannot be done here. */
  readonly why: string
}

const all: readonly VolumeAbility[] = ['create', 'clone', 'delete', 'resize', 'wipe', 'upload', 'download']
const files: Abilities = {
  can: all,
  formats: ['qcow2', 'raw', 'qed', 'vmdk', 'vdi', 'vpc'],
  why: 'Pools of this type cannot do this',
}
const luns = (who: string): Abilities => ({ can: ['wipe', 'upload', 'download'], formats: [], why: who })

/** As the backends of libvirt 9 have it (storage_backend_*.c). */
const abilities: { readonly [poolType: string]: Abilities } = {
  dir: files,
  fs: files,
  netfs: files,
  vstorage: files,
  logical: {
    can: ['create', 'clone', 'delete', 'wipe', 'upload', 'download'],
    formats: [],
    why: 'libvirt does not resize logical volumes: use "lvextend" on the host',
  },
  disk: {
    can: ['create', 'clone', 'delete', 'wipe', 'upload', 'download'],
    formats: ['none', 'linux', 'fat16', 'fat32', 'linux-swap', 'linux-lvm', 'linux-raid', 'extended'],
    why: 'libvirt does not resize partitions: use "parted" on the host',
  },
  zfs: {
    can: ['create', 'delete', 'upload', 'download'],
    formats: ['raw'],
    why: 'libvirt does not do this in ZFS pools: use "zfs" on the host',
  },
  rbd: {
    can: ['create', 'clone', 'delete', 'resize', 'wipe'],
    formats: ['raw'],
    why: 'libvirt does not transfer data of Ceph pools: use "rbd import" and "rbd export"',
  },
  sheepdog: {
    can: ['create', 'delete', 'resize'],
    formats: ['raw'],
    why: 'libvirt does not do this in Sheepdog pools',
  },
  gluster: {
    can: ['delete'],
    formats: ['raw'],
    why: 'libvirt does not make or change volumes of Gluster pools: use a pool of the type "netfs"',
  },
  iscsi: luns('LUNs are made on the storage server: make one there, then refresh the pool'),
  'iscsi-direct': {
    ...luns('LUNs are made on the storage server: make one there, then refresh the pool'),
    can: ['wipe'],
  },
  scsi: luns('LUNs are made on the storage system: make one there, then refresh the pool'),
  mpath: luns('The devices come from the storage system: set them up there, then refresh the pool'),
}

/** Types of which nothing is known are not held back: their host will tell. */
const unknown: Abilities = { can: all, formats: ['raw'], why: '' }

function of(poolType: string): Abilities {
  return own(abilities, poolType) ?? unknown
}

/** Why it cannot be done in a pool of this type, a sentence; undefined when it can. */
export function whyNotInPool(poolType: string, ability: VolumeAbility): string | undefined {
  const { can, why } = of(poolType)
  return can.includes(ability) ? undefined : why
}

/** Formats that a new volume of such a pool can have, the usual one first. */
export function volumeFormatsOf(poolType: string): readonly string[] {
  return of(poolType).formats
}

/** Images that are files and know a format of their own, a base, a way to be laid out. */
export function hasImageFiles(poolType: string): boolean {
  return of(poolType) === files
}

/** Formats whose capacity can be changed; others are converted first. */
export function whyNotResized(format: string | undefined): string | undefined {
  return format === undefined || ['raw', 'qcow2', 'none', 'iso'].includes(format)
    ? undefined
    : `Only raw and qcow2 images can be resized; convert this ${format} image first`
}
