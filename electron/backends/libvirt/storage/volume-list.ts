/** Volumes of a pool: all names by one call, the rest for those that are shown. */
import type { VolumeDetails, VolumeNames } from '../../../../shared/model/storage/volume'
import { parseXml } from '../../../domain-xml/document'
import { isRpcError, type StoragePoolHandle, type StorageVolHandle } from '../../../libvirt-rpc/index'
import type { LibvirtHost } from '../host'
import { quick, readEach } from '../host-choices-sweep'
import { findPool, poolFacts, whileActive } from './volume-handles'
import { readVolume } from './volume-read'

/** A server that does not answer, or a folder with very many files. */
const listing = { timeoutMs: 15_000 }
/** REMOTE_STORAGE_VOL_LIST_MAX (remote_protocol.x): the daemon refuses to list more, and tells so many names. */
const mostListed = 16_384

export async function volumeNames(host: LibvirtHost, name: string): Promise<VolumeNames> {
  const { vols, isTruncated } = await volumesOf(host, await findPool(host, name))
  return { volumes: vols.map((vol) => ({ name: vol.name, key: vol.key })), isTruncated }
}

/** Keys of those that do not fit an answer are what they usually are: to ask for them would be as many calls. */
export async function volumesOf(
  host: LibvirtHost,
  pool: StoragePoolHandle,
): Promise<{ readonly vols: readonly StorageVolHandle[]; readonly isTruncated: boolean }> {
  return await whileActive(async () => {
    try {
      const args = { pool, need_results: 1, flags: 0 }
      const { vols } = await host.rpc.callJob('STORAGE_POOL_LIST_ALL_VOLUMES', args, listing)
      return { vols, isTruncated: false }
    } catch (error) {
      // "Too many storage_vols", by remote_daemon_dispatch.c
      if (!isRpcError(error, 'VIR_ERR_INTERNAL_ERROR')) throw error
      const { num } = await host.rpc.callJob('STORAGE_POOL_NUM_OF_VOLUMES', { pool }, listing)
      if (num <= mostListed) throw error
    }
    const { path } = await poolFacts(host, pool.name)
    const args = { pool, maxnames: mostListed }
    const { names } = await host.rpc.callJob('STORAGE_POOL_LIST_VOLUMES', args, listing)
    return {
      vols: names.map((name) => ({
        pool: pool.name,
        name,
        key: path === undefined ? name : `${path}/${name}`,
      })),
      isTruncated: true,
    }
  })
}

export async function volumeDetails(
  host: LibvirtHost,
  name: string,
  names: readonly string[],
): Promise<VolumeDetails> {
  await findPool(host, name)
  const { items, error } = await readEach(names, async (one) => {
    // the daemon looks a volume up by pool and name; the key is only for clients
    const vol = { pool: name, name: one, key: '' }
    const { xml } = await whileActive(() =>
      host.rpc.callJob('STORAGE_VOL_GET_XML_DESC', { vol, flags: 0 }, quick),
    )
    return readVolume(parseXml(xml, `the description of volume ${one}`).root, one, one)
  })
  return { volumes: items, ...(error ? { error } : {}) }
}
