/** Pools and volumes as the daemon finds them: by name. */
import { AppError } from '../../../../shared/errors'
import { parseXml } from '../../../domain-xml/document'
import {
  isInvalidState,
  isNoStorageVol,
  type StoragePoolHandle,
  type StorageVolHandle,
} from '../../../libvirt-rpc/index'
import type { VolumeAt } from '../../storage-session'
import type { LibvirtHost } from '../host'
import { quick } from '../host-choices-sweep'

export async function findPool({ rpc }: LibvirtHost, name: string): Promise<StoragePoolHandle> {
  return (await rpc.callJob('STORAGE_POOL_LOOKUP_BY_NAME', { name }, quick)).pool
}

export interface PoolFacts {
  readonly handle: StoragePoolHandle
  readonly type: string
  /** Where its volumes are seen. */
  readonly path: string | undefined
  readonly device: string | undefined
}

export async function poolFacts(host: LibvirtHost, name: string): Promise<PoolFacts> {
  const handle = await findPool(host, name)
  const { xml } = await host.rpc.callJob('STORAGE_POOL_GET_XML_DESC', { pool: handle, flags: 0 }, quick)
  const { root } = parseXml(xml, `the description of pool ${name}`)
  return {
    handle,
    type: root.attribute('type') ?? '',
    path: root.textOf('target', 'path'),
    device: root.find('source', 'device')?.attribute('path'),
  }
}

export async function findVolume(host: LibvirtHost, { pool, volume }: VolumeAt): Promise<StorageVolHandle> {
  const handle = await findPool(host, pool)
  return await whileActive(async () => {
    return (await host.rpc.callJob('STORAGE_VOL_LOOKUP_BY_NAME', { pool: handle, name: volume }, quick)).vol
  })
}

export async function hasVolume(host: LibvirtHost, at: VolumeAt): Promise<boolean> {
  try {
    await findVolume(host, at)
    return true
  } catch (error) {
    if (isNoStorageVol(error)) return false
    throw error
  }
}

/** libvirt's own words for it speak of a VM's state otherwise. */
export async function whileActive<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isInvalidState(error)) throw error
    throw new AppError('invalid', 'The pool is not active', {
      cure: 'Start it, then its volumes can be seen.',
      cause: error,
    })
  }
}
