/** Pools and volumes of a libvirt host, put together from their parts. */
import type { StorageSession } from '../../storage-session'
import type { LibvirtHost } from '../host'
import { translated } from '../translated'
import { poolsOf, type PoolSurroundings } from './pools'
import { openDownload, openUpload } from './transfer'
import { volumesOf } from './volumes-part'

export function storageOf(host: LibvirtHost, around: Omit<PoolSurroundings, 'usage'>): StorageSession {
  const volumes = volumesOf(host, around.changed)
  return translated({
    ...poolsOf(host, { ...around, usage: () => volumes.usage() }),
    ...volumes,
    // transfers
    openUpload: (volume, range, signal) => openUpload(host, volume, range, signal),
    openDownload: (volume, range, signal) => openDownload(host, volume, range, signal),
  } satisfies StorageSession)
}
