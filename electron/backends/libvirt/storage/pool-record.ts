/** One pool as the host has it now. */
import { AppError } from '../../../../shared/errors'
import { poolStates } from '../../../../shared/model/host-choices'
import type { Pool } from '../../../../shared/model/storage/pool'
import type { EditDocument } from '../../../domain-xml/edit/tree'
import { sourceLine, storedPool } from '../../../domain-xml/storage/pool-document'
import {
  hyperNumber,
  isRpcError,
  virStorageXMLFlags,
  type StoragePoolHandle,
} from '../../../libvirt-rpc/index'
import { given } from '../../../../shared/given'
import type { LibvirtHost } from '../host'
import { quick } from '../host-choices-sweep'

export interface PoolFlags {
  readonly isAutostart: boolean
  readonly isPersistent: boolean
}

export async function lookUp({ rpc }: LibvirtHost, name: string): Promise<StoragePoolHandle> {
  return (await rpc.callJob('STORAGE_POOL_LOOKUP_BY_NAME', { name }, quick)).pool
}

export async function readRecord(
  { rpc }: LibvirtHost,
  pool: StoragePoolHandle,
  flags: PoolFlags,
): Promise<Pool> {
  const [info, { xml }] = await Promise.all([
    rpc.callJob('STORAGE_POOL_GET_INFO', { pool }, quick),
    rpc.callJob('STORAGE_POOL_GET_XML_DESC', { pool, flags: 0 }, quick),
  ])
  const state = poolStates[info.state] ?? 'unknown'
  const { root } = storedPool(xml, pool.name)
  return {
    name: pool.name,
    uuid: pool.uuid,
    state,
    type: root.attribute('type') ?? 'unknown',
    ...flags,
    ...given('path', root.find('target', 'path')?.text()),
    ...given('source', sourceLine(root)),
    // one that is not active has no size yet
    ...(state === 'running' || state === 'degraded'
      ? {
          capacityBytes: hyperNumber(info.capacity),
          allocationBytes: hyperNumber(info.allocation),
          availableBytes: hyperNumber(info.available),
        }
      : {}),
  }
}

export async function readPool(host: LibvirtHost, pool: StoragePoolHandle): Promise<Pool> {
  const { rpc } = host
  const [{ autostart }, { persistent }] = await Promise.all([
    rpc.callJob('STORAGE_POOL_GET_AUTOSTART', { pool }, quick),
    rpc.callJob('STORAGE_POOL_IS_PERSISTENT', { pool }, quick),
  ])
  return readRecord(host, pool, { isAutostart: autostart !== 0, isPersistent: persistent !== 0 })
}

/** What its next start uses. */
export async function readStored({ rpc }: LibvirtHost, pool: StoragePoolHandle): Promise<EditDocument> {
  const read = async (flags: number): Promise<EditDocument> => {
    const { xml } = await rpc.callJob('STORAGE_POOL_GET_XML_DESC', { pool, flags }, quick)
    return storedPool(xml, pool.name)
  }
  try {
    return await read(virStorageXMLFlags.VIR_STORAGE_XML_INACTIVE)
  } catch (error) {
    // some drivers have one definition only
    if (!isRpcError(error, 'VIR_ERR_INVALID_ARG')) throw error
    return read(0)
  }
}

export function refuseTransient({ name, isPersistent }: Pool): void {
  if (isPersistent) return
  throw new AppError('invalid', `The pool ${name} is not stored, so nothing of it can be changed`, {
    cure: 'It is gone as soon as it is stopped. Create it anew from its XML to keep it.',
  })
}
