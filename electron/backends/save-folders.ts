/** Where memory may be saved to: folders of pools, as they are made for large files and their room is known to the daemon. */
import { AppError } from '../../shared/errors'
import type { Pool } from '../../shared/model/storage/pool'
import type { SaveFolder } from '../../shared/model/save/saved-state'
import type { StorageSession } from './storage-session'

const folderTypes: ReadonlySet<string> = new Set(['dir', 'fs', 'netfs'])
/** Where libvirt's QEMU driver keeps its own: https://libvirt.org/drvqemu.html#location-of-configuration-files */
export const systemFolder = '/var/lib/libvirt/qemu/save'

export async function saveFolders(
  storage: Pick<StorageSession, 'pools'>,
  isSystem: boolean,
): Promise<readonly SaveFolder[]> {
  const { items } = await storage.pools()
  const folders = items
    .flatMap((pool: Pool): SaveFolder[] =>
      pool.path !== undefined && pool.state === 'running' && folderTypes.has(pool.type)
        ? [
            {
              path: pool.path,
              pool: pool.name,
              ...(pool.availableBytes === undefined ? {} : { freeBytes: pool.availableBytes }),
            },
          ]
        : [],
    )
    .toSorted((a, b) => (b.freeBytes ?? 0) - (a.freeBytes ?? 0))
  return folders.length > 0 || !isSystem ? folders : [{ path: systemFolder }]
}

/** The pool whose folder it is; libvirt deletes what is in such folders only. */
export function poolOfFolder(folders: readonly SaveFolder[], folder: string): string {
  const pool = folders.find(({ path }) => path === folder)?.pool
  if (pool !== undefined) return pool
  throw new AppError('unsupported', `${folder} is the folder of no storage pool`, {
    cure: 'The host deletes files of its pools only: delete this one on the host itself, or make a pool of the folder.',
  })
}

/** Of the pool that a folder is in. */
export function roomByPools(folders: readonly SaveFolder[], folder: string): number | undefined {
  return folders.find(({ path }) => folder === path || folder.startsWith(`${path}/`))?.freeBytes
}
