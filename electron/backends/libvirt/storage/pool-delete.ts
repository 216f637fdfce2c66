/** Deleting a pool: told first what goes with it, then stopped, destroyed if wanted, and forgotten. */
import { AppError } from '../../../../shared/errors'
import type { PoolDeletePlan } from '../../../../shared/model/storage/pool'
import type { StorageUsage } from '../../../../shared/model/storage/volume'
import { poolTypeOf } from '../../../../shared/model/storage/pool-types'
import { isNoStoragePool, type StoragePoolHandle } from '../../../libvirt-rpc/index'
import { deletePlanOfPool } from '../../pool-delete-plan'
import type { LibvirtHost } from '../host'
import { inPool, type PoolNamed } from './pool-errors'
import { lookUp, readPool } from './pool-record'

export async function workOutDelete(
  host: LibvirtHost,
  name: string,
  usage: () => Promise<StorageUsage>,
): Promise<PoolDeletePlan> {
  const handle = await lookUp(host, name)
  const [pool, users] = await Promise.all([readPool(host, handle), usage()])
  if (pool.state !== 'running' && pool.state !== 'degraded') return deletePlanOfPool(pool, {}, users)
  const { vols } = await host.rpc.callJob(
    'STORAGE_POOL_LIST_ALL_VOLUMES',
    { pool: handle, need_results: 1, flags: 0 },
    { timeoutMs: 8000 },
  )
  return deletePlanOfPool(pool, { volumes: vols }, users)
}

export async function deletePool(
  host: LibvirtHost,
  name: string,
  what: 'definition' | 'everything',
): Promise<void> {
  const { rpc } = host
  const handle = await lookUp(host, name)
  const pool = await readPool(host, handle)
  const named: PoolNamed = { name, type: pool.type }
  if (what === 'everything' && poolTypeOf(pool.type)?.destroys === undefined)
    throw new AppError('unsupported', 'The host cannot destroy what this pool is made of', {
      cure: 'Remove its definition only.',
    })
  const wasActive = pool.state !== 'inactive'
  if (wasActive) await inPool(named, 'stop', () => rpc.callJob('STORAGE_POOL_DESTROY', { pool: handle }))
  try {
    if (what === 'everything')
      await inPool(named, 'destroy', () => rpc.callJob('STORAGE_POOL_DELETE', { pool: handle, flags: 0 }))
    if (pool.isPersistent) await forget(host, handle, named)
  } catch (error) {
    // what could not be deleted stays as it was
    if (wasActive) await rpc.callJob('STORAGE_POOL_CREATE', { pool: handle, flags: 0 }).catch(() => {})
    throw error
  }
}

async function forget({ rpc }: LibvirtHost, pool: StoragePoolHandle, named: PoolNamed): Promise<void> {
  try {
    await inPool(named, 'undefine', () => rpc.callJob('STORAGE_POOL_UNDEFINE', { pool }))
  } catch (error) {
    // somebody else was quicker
    if (!isNoStoragePool(error)) throw error
  }
}
