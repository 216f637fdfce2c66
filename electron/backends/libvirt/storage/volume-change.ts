/** Volumes resized, wiped and deleted, after a look at who uses them. */
import { normalize } from 'node:path/posix'
import { AppError } from '../../../../shared/errors'
import { hasImageFiles, whyNotResized } from '../../../../shared/model/storage/volume-abilities'
import { wipeAlgorithms, type ImageUser, type Volume } from '../../../../shared/model/storage/volume'
import { parseXml } from '../../../domain-xml/document'
import {
  isRpcError,
  RpcError,
  virDomainBlockResizeFlags,
  virStorageVolResizeFlags as resizeFlags,
  type StorageVolHandle,
} from '../../../libvirt-rpc/index'
import type { ActionContext } from '../../backend'
import { diskOfOneVm, refuseWhileUsed } from '../../image-usage'
import type { StorageSession, VolumeAt } from '../../storage-session'
import { domainOf } from '../domain-handle'
import { changeTimeoutMs, type LibvirtHost } from '../host'
import { quick } from '../host-choices-sweep'
import { readUsage, type FreshUsage } from './usage'
import { need } from './volume-create'
import { findVolume, poolFacts, whileActive, type PoolFacts } from './volume-handles'
import { readVolume } from './volume-read'
import { untilAborted } from './volume-wait'

/** ENOENT */
const noSuchFile = 2

type ResizeRequest = Parameters<StorageSession['resizeVolume']>[1]

/** Under a running VM by its emulator, so that the guest sees it; otherwise by the pool. */
export async function resizeVolume(
  host: LibvirtHost,
  at: VolumeAt,
  { capacityBytes, allocate, shrink }: ResizeRequest,
): Promise<void> {
  const { handle, volume, pool } = await described(host, at)
  const users = await usersNow(host, at, volume)
  const running = users.filter(({ isRunning, kind }) => isRunning && kind !== 'snapshot')
  if (capacityBytes < volume.capacityBytes) {
    if (!shrink) {
      throw new AppError('invalid', 'This would cut off the end of the volume', {
        field: 'capacityBytes',
        cure: 'Enter a larger capacity, or say that it shall shrink.',
      })
    }
    refuseWhileUsed(at.volume, running, [], 'Shut it off first: a disk cannot shrink under a guest.')
  }
  const overlays = users.filter(({ kind }) => kind === 'image' || kind === 'backing')
  refuseWhileUsed(at.volume, overlays, [], 'Resize the image that is built on it instead.')
  const [disk] = running
  if (disk) {
    await resizeUnderGuest(host, at, running, capacityBytes)
    return
  }
  need(pool.type, 'resize')
  const why = hasImageFiles(pool.type) ? whyNotResized(volume.format) : undefined
  if (why !== undefined) throw new AppError('unsupported', why)
  const flags =
    (allocate ? resizeFlags.VIR_STORAGE_VOL_RESIZE_ALLOCATE : 0) |
    (capacityBytes < volume.capacityBytes ? resizeFlags.VIR_STORAGE_VOL_RESIZE_SHRINK : 0)
  await whileActive(() =>
    host.rpc.callJob('STORAGE_VOL_RESIZE', { vol: handle, capacity: BigInt(capacityBytes), flags }),
  )
}

async function resizeUnderGuest(
  host: LibvirtHost,
  at: VolumeAt,
  running: readonly ImageUser[],
  capacityBytes: number,
): Promise<void> {
  const disk = diskOfOneVm(at.volume, running, 'Shut them off first, then resize it.')
  if (!disk) return
  await host.rpc.callJob(
    'DOMAIN_BLOCK_RESIZE',
    {
      dom: domainOf(disk.vm, disk.name),
      disk: disk.target,
      size: BigInt(capacityBytes),
      flags: virDomainBlockResizeFlags.VIR_DOMAIN_BLOCK_RESIZE_BYTES,
    },
    { timeoutMs: changeTimeoutMs },
  )
}

export async function wipeVolume(
  host: LibvirtHost,
  at: VolumeAt,
  algorithm: (typeof wipeAlgorithms)[number],
  context: ActionContext,
): Promise<void> {
  const { handle, volume, pool } = await described(host, at)
  need(pool.type, 'wipe')
  const { users, unread } = await usageNow(host, at, volume)
  refuseWhileUsed(at.volume, users, unread, 'Remove it there first.')
  await untilAborted(
    context,
    () =>
      whileActive(() =>
        host.rpc.callJob('STORAGE_VOL_WIPE_PATTERN', {
          vol: handle,
          // in the order of virStorageVolWipeAlgorithm
          algorithm: wipeAlgorithms.indexOf(algorithm),
          flags: 0,
        }),
      ).catch((error: unknown) => {
        throw whyNotWiped(algorithm, error)
      }),
    { meanwhile: 'It goes on until all of the volume is overwritten.' },
  )
}

/** All but zeros are written by a program of its own, which few hosts have. */
function whyNotWiped(algorithm: string, error: unknown): unknown {
  const isMissing = isRpcError(error, 'VIR_ERR_SYSTEM_ERROR') && error.details.int1 === noSuchFile
  if (algorithm === 'trim' && isRpcError(error, 'VIR_ERR_ARGUMENT_UNSUPPORTED')) {
    return new AppError('unsupported', 'Volumes of this pool cannot be trimmed', {
      cure: 'Overwrite it with zeros instead.',
      cause: error,
    })
  }
  if (algorithm === 'zero' || algorithm === 'trim' || !isMissing) return error
  return new AppError('unsupported', 'The host lacks the program "scrub", which overwrites in this way', {
    cure: 'Install it on the host, or overwrite the volume with zeros.',
    detail: error.message,
    cause: error,
  })
}

export async function deleteVolume(
  host: LibvirtHost,
  at: VolumeAt,
  evenUsed: boolean,
  fresh: FreshUsage,
): Promise<void> {
  const { handle, volume, pool } = await described(host, at)
  need(pool.type, 'delete')
  if (!evenUsed) {
    const { users, unread } = await fresh.read()
    refuseWhileUsed(
      at.volume,
      usersOf(users, at, volume),
      unread,
      'Remove it there first, or delete it nevertheless.',
    )
  }
  try {
    await whileActive(() => host.rpc.callJob('STORAGE_VOL_DELETE', { vol: handle, flags: 0 }))
  } catch (error) {
    throw numberedDisk(pool, at.volume, error)
  }
  await fresh.forget(normalize(volume.path))
}

/** libvirt 9 asks parted to remove "p1" of /dev/nvme0n1, which knows only "1" (storage_backend_disk.c). */
function numberedDisk({ type, device }: PoolFacts, volume: string, error: unknown): unknown {
  const disk = device?.replace(/^.*\//, '') ?? ''
  const number = volume.startsWith(`${disk}p`) ? volume.slice(disk.length + 1) : ''
  if (type !== 'disk' || !/\dp\d+$/.test(volume) || number === '' || !(error instanceof RpcError))
    return error
  return new AppError(
    'unsupported',
    'libvirt cannot delete partitions of disks whose names end with a digit',
    {
      cure: `On the host, run "parted ${device ?? ''} rm ${number}", then refresh the pool.`,
      detail: error.message,
      cause: error,
    },
  )
}

interface Described {
  readonly handle: StorageVolHandle
  readonly volume: Volume
  readonly pool: PoolFacts
}

async function described(host: LibvirtHost, at: VolumeAt): Promise<Described> {
  const pool = await poolFacts(host, at.pool)
  const handle = await findVolume(host, at)
  const { xml } = await host.rpc.callJob('STORAGE_VOL_GET_XML_DESC', { vol: handle, flags: 0 }, quick)
  const { root } = parseXml(xml, `the description of volume ${at.volume}`)
  return { handle, volume: readVolume(root, handle.name, handle.key), pool }
}

async function usageNow(
  host: LibvirtHost,
  at: VolumeAt,
  volume: Volume,
): Promise<{ users: readonly ImageUser[]; unread: readonly string[] }> {
  const { users, unread } = await readUsage(host)
  return { users: usersOf(users, at, volume), unread }
}

async function usersNow(host: LibvirtHost, at: VolumeAt, volume: Volume): Promise<readonly ImageUser[]> {
  return (await usageNow(host, at, volume)).users
}

function usersOf(
  users: { readonly [image: string]: readonly ImageUser[] },
  at: VolumeAt,
  volume: Volume,
): readonly ImageUser[] {
  const keys = new Set([normalize(volume.path), normalize(volume.key), `${at.pool}/${at.volume}`])
  return [...keys].flatMap((key) => (Object.hasOwn(users, key) ? (users[key] ?? []) : []))
}
