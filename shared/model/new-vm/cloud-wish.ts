/** What the user chose for a VM from a cloud image, and what the wizard makes of it. */
import type { PoolChoice } from '../host-choices'
import { hasImageFiles } from '../storage/volume-abilities'
import { hostNameFor } from './cloud-init'
import type { InstallSource, PlaceOnHost, PlanProblem } from './new-vm'
import type { Offer } from './suggest'
import { poolFor, takesNewDisks } from './suggest-places'

export interface CloudWish {
  readonly base?: PlaceOnHost
  /** Of the image, where its list told. */
  readonly baseBytes?: number
  readonly how?: 'copy' | 'overlay'
  readonly pool?: string
  /** A text is what was typed and is no size. */
  readonly sizeBytes?: number | string
  readonly hostname?: string
  readonly userName?: string
  /** One a line. */
  readonly sshKeys?: string
  readonly password?: string
  readonly isAdmin?: boolean
  /** As typed, with blanks, commas or lines between them. */
  readonly packages?: string
  readonly network?: 'dhcp' | 'static'
  readonly address?: string
  readonly gateway?: string
  readonly dns?: string
  /** The texts count, and the form does not. */
  readonly isRaw?: boolean
  readonly userData?: string
  readonly networkConfig?: string
}

/** Whole: what is not chosen is suggested. */
export type ShownCloud = Required<Omit<CloudWish, 'base' | 'baseBytes'>> &
  Pick<CloudWish, 'base' | 'baseBytes'>

export function shownCloud(
  wish: CloudWish,
  { choices, usualPool, os }: Pick<Offer, 'choices' | 'usualPool' | 'os'>,
  vmName: string,
  storageBytes: number,
): ShownCloud {
  const pools = (choices?.pools.items ?? []).filter(takesImages)
  return {
    how: 'copy',
    pool: poolFor(pools, usualPool)?.name ?? '',
    sizeBytes: Math.max(storageBytes, wish.baseBytes ?? 0),
    hostname: hostNameFor(vmName),
    userName: os?.cloudUser ?? 'user',
    sshKeys: '',
    password: '',
    isAdmin: true,
    packages: '',
    network: 'dhcp',
    address: '',
    gateway: '',
    dns: '',
    isRaw: false,
    userData: '',
    networkConfig: '',
    ...wish,
  }
}

/** Both the disk and the disc for cloud-init are files. */
export function takesImages(pool: PoolChoice): boolean {
  return takesNewDisks(pool) && hasImageFiles(pool.type)
}

/**
 * Checked by the schema afterwards, which is why wrong texts may be in it. A name that was only suggested is left out: each
 * VM of a series has its own.
 */
export function cloudSource(cloud: ShownCloud, { hostname = '' }: CloudWish): unknown {
  const { base, how, pool, sizeBytes, network, address, gateway, dns, isRaw } = cloud
  const raw = isRaw
    ? {
        userData: cloud.userData,
        ...(cloud.networkConfig.trim() === '' ? {} : { networkConfig: cloud.networkConfig }),
      }
    : {}
  return {
    kind: 'cloud' satisfies InstallSource['kind'],
    base,
    how,
    pool,
    sizeBytes,
    init: {
      ...(hostname.trim() === '' ? {} : { hostname: hostname.trim() }),
      ...(isRaw ? {} : { user: userOf(cloud) }),
      packages: isRaw ? [] : wordsOf(cloud.packages),
      network:
        network === 'static' && !isRaw
          ? {
              kind: 'static',
              address: address.trim(),
              ...(gateway.trim() === '' ? {} : { gateway: gateway.trim() }),
              dns: wordsOf(dns),
            }
          : { kind: 'dhcp' },
      ...raw,
    },
  }
}

function userOf({ userName, sshKeys, password, isAdmin }: ShownCloud): unknown {
  return {
    name: userName.trim(),
    sshKeys: keyLines(sshKeys),
    ...(password === '' ? {} : { password }),
    isAdmin,
  }
}

export function keyLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
}

export function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '')
}

/** What has to be chosen or typed before the host can be asked. */
export function missingOfCloud(cloud: ShownCloud, isPoolsKnown: boolean): PlanProblem[] {
  const problems: PlanProblem[] = []
  const miss = (field: string, message: string, cure?: string): void => {
    problems.push({ level: 'error', field, message, ...(cure === undefined ? {} : { cure }) })
  }
  if (!cloud.base) miss('source.base', 'Choose a cloud image')
  if (typeof cloud.sizeBytes !== 'number') miss('source.sizeBytes', 'Enter a size, such as 20 GiB')
  if (cloud.pool === '' && isPoolsKnown)
    miss(
      'source.pool',
      'No pool of this host takes new disks now',
      'Start or make one that is a folder, on the Storage page of the host.',
    )
  if (!cloud.isRaw && keyLines(cloud.sshKeys).length === 0 && cloud.password === '')
    miss(
      'source.init.user.sshKeys',
      'Nobody could log in to this VM: it has neither an SSH key nor a password',
      'Give it one of them.',
    )
  return problems
}
