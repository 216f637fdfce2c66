/** Pools and volumes of a libvirt host, put together from their parts. */
import type { StorageSession } from '../../storage-session'
import type { LibvirtHost } from '../host'
import { translated } from '../translated'
import { poolsOf, type PoolSurroundings } from './pools'
import type { FreshUsage } from './usage'
import { openDownload, openUpload } from './transfer'
import { volumesOf } from './volumes-part'

export function storageOf(
  host: LibvirtHost,
  around: Omit<PoolSurroundings, 'usage'>,
  fresh: FreshUsage,
): StorageSession {
  const volumes = volumesOf(host, around.changed, fresh)
  const pools = poolsOf(host, { ...around, usage: () => volumes.usage() })
  return translated({
    ...pools,
    ...volumes,
    // a pool that is read anew may have images that nobody knew
    poolAction: (pool, action) => pools.poolAction(pool, action).finally(() => fresh.drop()),
    // transfers
    openUpload: (volume, range, signal) => openUpload(host, volume, range, signal),
    openDownload: (volume, range, signal) => openDownload(host, volume, range, signal),
  } satisfies StorageSession)
}
