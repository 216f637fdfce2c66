/** Images that no VM, snapshot, backup or other image of the host uses. */
import { AppError, errorData } from '../../../shared/errors'
import { backupFileCheck } from '../../../shared/model/backups/backup-names'
import type { Orphan, Orphans } from '../../../shared/model/storage/image'
import type { Volume, VolumeName } from '../../../shared/model/storage/volume'
import type { StorageSession } from '../storage-session'

/** Pools of files and logical volumes; in the others volumes belong to whoever made them. */
const types: ReadonlySet<string> = new Set(['dir', 'fs', 'netfs', 'logical'])
const perCall = 200
const maxOrphans = 5000

export async function findOrphans(
  storage: Pick<StorageSession, 'pools' | 'usage' | 'volumeNames' | 'volumeDetails'>,
): Promise<Orphans> {
  const [pools, usage] = await Promise.all([storage.pools(), storage.usage()])
  if (pools.error) throw AppError.from(pools.error)
  const unread = new Set(usage.unread)
  const orphans: Orphan[] = []
  const isUsed = (key: string): boolean => Object.hasOwn(usage.users, key) && usage.users[key]?.length !== 0
  for (const { name: pool, type, state } of pools.items) {
    if (!types.has(type)) continue
    if (state !== 'running') {
      unread.add(`pool ${pool}`)
      continue
    }
    try {
      const { volumes, isTruncated } = await storage.volumeNames(pool)
      if (isTruncated) unread.add(`pool ${pool}`)
      const isOfBackup = backupFileCheck(volumes.map(({ name }) => name))
      const unused = volumes.filter(
        ({ key, name }) => !isOfBackup(name) && !isUsed(key) && !isUsed(`${pool}/${name}`),
      )
      for (const volume of await detailsOf(storage, pool, unused)) {
        if (volume.type === 'dir' || volume.type === 'netdir' || isUsed(volume.path)) continue
        orphans.push(orphanOf(pool, volume))
      }
    } catch (error) {
      unread.add(`pool ${pool} (${errorData(error).message})`)
    }
    if (orphans.length >= maxOrphans) break
  }
  return { orphans: orphans.slice(0, maxOrphans), unread: [...unread] }
}

async function detailsOf(
  storage: Pick<StorageSession, 'volumeDetails'>,
  pool: string,
  volumes: readonly VolumeName[],
): Promise<Volume[]> {
  const found: Volume[] = []
  for (let at = 0; at < volumes.length && found.length < maxOrphans; at += perCall) {
    const names = volumes.slice(at, at + perCall).map(({ name }) => name)
    const details = await storage.volumeDetails(pool, names)
    if (details.error) throw AppError.from(details.error)
    found.push(...details.volumes)
  }
  return found
}

function orphanOf(pool: string, { name, path, allocationBytes, modifiedAtMs }: Volume): Orphan {
  return {
    pool,
    volume: name,
    path,
    allocationBytes,
    ...(modifiedAtMs === undefined ? {} : { modifiedAtMs }),
  }
}
