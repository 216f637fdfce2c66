import type { SecretUsage } from '../../shared/model/host-choices'
import type { Secret } from '../../shared/model/secret'

export type NamedUsage = Exclude<SecretUsage, 'none' | 'unknown'>

interface UsageWords {
  readonly label: string
  readonly note: string
  /** What its name is to libvirt. */
  readonly idLabel: string
  readonly example: string
}

/** What a secret is for, and what names it. */
export const usageWords: Record<NamedUsage, UsageWords> = {
  volume: {
    label: 'Encrypted volume',
    note: 'The passphrase of an encrypted image or disk (LUKS).',
    idLabel: 'Path of the volume',
    example: '/var/lib/libvirt/images/db-01.img',
  },
  ceph: {
    label: 'Ceph (RBD)',
    note: 'The key of a Ceph user, for pools and disks in RBD.',
    idLabel: 'Name of the Ceph client',
    example: 'client.libvirt secret',
  },
  iscsi: {
    label: 'iSCSI (CHAP)',
    note: 'The password with which the host signs in to an iSCSI target.',
    idLabel: 'Name of the target’s account',
    example: 'libvirt-iscsi',
  },
  tls: {
    label: 'TLS key',
    note: 'The passphrase of a private key, as for encrypted disks over the network (NBD, VxHS).',
    idLabel: 'Name',
    example: 'tls-disk-passphrase',
  },
  vtpm: {
    label: 'Virtual TPM',
    note: 'Encrypts the state of a virtual TPM at rest.',
    idLabel: 'Name',
    example: 'web-01 TPM',
  },
}

export const namedUsages = Object.keys(usageWords) as NamedUsage[]

export function usageText({ usageType }: Pick<Secret, 'usageType'>): string {
  if (usageType === 'none') return 'Nothing in particular'
  if (usageType === 'unknown') return 'Something unknown here'
  return usageWords[usageType].label
}

/** How it is called: by what it is for, else by its UUID. */
export function secretName({ usageId, uuid }: Pick<Secret, 'usageId' | 'uuid'>): string {
  return usageId ?? uuid
}

export function valueText({ hasValue }: Secret): string {
  return hasValue === undefined ? 'Not told' : hasValue ? 'Set' : 'None yet'
}
