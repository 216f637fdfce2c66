/** Storage volumes behind the disks of a VM: found by path or by pool and name. */
import { dirname } from 'node:path/posix'
import {
  RpcError,
  hyperNumber,
  isNoStoragePool,
  isNoStorageVol,
  isUnsupported,
  virConnectListAllStoragePoolsFlags as poolFlags,
  virStorageVolType,
  type CallOptions,
  type LibvirtSession,
  type StoragePoolHandle,
  type StorageVolHandle,
} from '../../libvirt-rpc/index'
import type { DiskSource } from '../../domain-xml/disks'
import { parseXml } from '../../domain-xml/document'

export interface Volume {
  readonly handle: StorageVolHandle
  readonly path: string
  readonly sizeBytes: number
  readonly allocationBytes: number
  readonly format: string | undefined
  /** A file of its own, rather than a block device or an object on another host. */
  readonly isFile: boolean
}

const options: CallOptions = { timeoutMs: 15_000 }

/** Undefined when no active pool of the host has it. */
export async function findVolume(rpc: LibvirtSession, source: DiskSource): Promise<Volume | undefined> {
  const handle = await findHandle(rpc, source)
  if (!handle) return undefined
  try {
    const [info, { xml }] = await Promise.all([
      rpc.call('STORAGE_VOL_GET_INFO', { vol: handle }, options),
      rpc.call('STORAGE_VOL_GET_XML_DESC', { vol: handle, flags: 0 }, options),
    ])
    const { root } = parseXml(xml, `the description of ${handle.name}`)
    return {
      handle,
      path: root.textOf('target', 'path') ?? handle.key,
      sizeBytes: hyperNumber(info.capacity),
      allocationBytes: hyperNumber(info.allocation),
      format: root.find('target', 'format')?.attribute('type'),
      isFile: info.type === virStorageVolType.VIR_STORAGE_VOL_FILE,
    }
  } catch (error) {
    if (isNoStorageVol(error)) return undefined
    throw error
  }
}

async function findHandle(rpc: LibvirtSession, source: DiskSource): Promise<StorageVolHandle | undefined> {
  switch (source.kind) {
    case 'path':
      return (await byPath(rpc, source.path)) ?? (await afterRefresh(rpc, source.path))
    case 'volume':
      return byName(rpc, source.pool, source.volume)
    case 'other':
      return undefined
  }
}

async function byPath(rpc: LibvirtSession, path: string): Promise<StorageVolHandle | undefined> {
  try {
    return (await rpc.call('STORAGE_VOL_LOOKUP_BY_PATH', { path }, options)).vol
  } catch (error) {
    if (isNoStorageVol(error) || isNoStoragePool(error) || isUnsupported(error)) return undefined
    throw error
  }
}

async function byName(
  rpc: LibvirtSession,
  pool: string,
  name: string,
): Promise<StorageVolHandle | undefined> {
  try {
    const found = await rpc.call('STORAGE_POOL_LOOKUP_BY_NAME', { name: pool }, options)
    return (await rpc.call('STORAGE_VOL_LOOKUP_BY_NAME', { pool: found.pool, name }, options)).vol
  } catch (error) {
    if (isNoStorageVol(error) || isNoStoragePool(error) || isUnsupported(error)) return undefined
    // an inactive pool has no volumes
    if (error instanceof RpcError) return undefined
    throw error
  }
}

/** A pool knows only the files that were there when it was last read; a disk made by other means may be newer. */
async function afterRefresh(rpc: LibvirtSession, path: string): Promise<StorageVolHandle | undefined> {
  for (const pool of await activePools(rpc)) {
    try {
      const { xml } = await rpc.call('STORAGE_POOL_GET_XML_DESC', { pool, flags: 0 }, options)
      const target = parseXml(xml, `the description of pool ${pool.name}`).root.textOf('target', 'path')
      if (target?.replace(/\/+$/, '') !== dirname(path)) continue
      await rpc.call('STORAGE_POOL_REFRESH', { pool, flags: 0 }, options)
    } catch (error) {
      // a pool that cannot be read has nothing that could be deleted
      if (!(error instanceof RpcError)) throw error
    }
    const found = await byPath(rpc, path)
    if (found) return found
  }
  return undefined
}

async function activePools(rpc: LibvirtSession): Promise<StoragePoolHandle[]> {
  try {
    const flags = poolFlags.VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE
    return (await rpc.call('CONNECT_LIST_ALL_STORAGE_POOLS', { need_results: 1, flags }, options)).pools
  } catch (error) {
    if (isUnsupported(error)) return []
    throw error
  }
}
