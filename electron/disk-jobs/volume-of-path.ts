/** Where images lie: in pools that keep files in a folder. */
import type { ClonePool } from '../../shared/model/clone'
import { hasImageFiles } from '../../shared/model/storage/volume-abilities'
import type { Pool } from '../../shared/model/storage/pool'
import type { VolumeAt } from '../backends/storage-session'

export type FilePool = Pool & { readonly path: string }

/** Active ones. */
export function filePools(pools: readonly Pool[]): FilePool[] {
  return pools.filter(
    (pool): pool is FilePool =>
      (pool.state === 'running' || pool.state === 'degraded') &&
      hasImageFiles(pool.type) &&
      pool.path !== undefined,
  )
}

export function asClonePool({ name, path, availableBytes }: FilePool): ClonePool {
  return { name, path, ...(availableBytes === undefined ? {} : { freeBytes: availableBytes }) }
}

export function volumeOfPath(pools: readonly FilePool[], path: string): VolumeAt | undefined {
  const at = path.lastIndexOf('/')
  const pool = pools.find((one) => one.path === path.slice(0, at))
  return pool && { pool: pool.name, volume: path.slice(at + 1) }
}
