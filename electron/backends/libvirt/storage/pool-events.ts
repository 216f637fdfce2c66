/** Events of pools, taken as hints that a pool is not what it was. None tells of a volume, nor of autostart. */
import type { LibvirtSession } from '../../../libvirt-rpc/index'

const names = ['STORAGE_POOL_EVENT_LIFECYCLE', 'STORAGE_POOL_EVENT_REFRESH'] as const

/** Listen before anything is listed. A driver without such events is no reason not to connect. */
export async function watchPools(rpc: LibvirtSession, onHint: (name: string) => void): Promise<void> {
  for (const name of names) rpc.onEvent(name, ({ pool }) => onHint(pool.name))
  await rpc.registerEvents(names)
}
