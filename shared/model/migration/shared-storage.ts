/** Storage that several hosts can share: what each kind takes, and what a move needs of it that no host tells. */

export interface SharedStorage {
  readonly id: 'nfs' | 'gluster' | 'iscsi' | 'drbd' | 'nbd' | 'rbd' | 'fc' | 'lvm'
  readonly name: string
  readonly takes: string
  /** Of setting it up. */
  readonly effort: 'low' | 'medium' | 'high'
  readonly whileMoving?: string
}

export const sharedStorages: readonly SharedStorage[] = [
  {
    id: 'nfs',
    name: 'NFS',
    takes: 'A server with an export, and a pool of it on every host',
    effort: 'low',
  },
  {
    id: 'nbd',
    name: 'NBD',
    takes: 'A server that gives out one disk; mostly for trying things out',
    effort: 'low',
    whileMoving: 'Its server has to let both hosts in at the same time.',
  },
  {
    id: 'gluster',
    name: 'Gluster',
    takes: 'Servers with bricks; goes on when one of them fails',
    effort: 'medium',
  },
  {
    id: 'iscsi',
    name: 'iSCSI',
    takes: 'A target on the network that every host signs in to',
    effort: 'medium',
  },
  {
    id: 'drbd',
    name: 'DRBD',
    takes: 'Two hosts that mirror their own disks to each other; no further machine',
    effort: 'medium',
    whileMoving: 'Both hosts have to be primary while the VM moves (allow-two-primaries).',
  },
  {
    id: 'lvm',
    name: 'LVM on a shared disk',
    takes: 'A disk that all hosts see, and a lock manager (lvmlockd) between them',
    effort: 'high',
    whileMoving: 'Its volume has to be active on both hosts while the VM moves.',
  },
  {
    id: 'rbd',
    name: 'Ceph (RBD)',
    takes: 'A cluster of three machines or more',
    effort: 'high',
  },
  {
    id: 'fc',
    name: 'Fibre Channel (NPIV)',
    takes: 'Adapters, a switch with zones, and a storage system; an address of its own for each VM',
    effort: 'high',
    whileMoving:
      'Both hosts have to see the same LUN: look at the zones and at what the storage system lets in.',
  },
]

export const sharedStorageOf = (id: SharedStorage['id']): SharedStorage | undefined =>
  sharedStorages.find((one) => one.id === id)
