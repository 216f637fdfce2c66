import { AppError } from '../../../shared/errors'
import { maxVolumes, type VolumeChoice, type VolumeList } from '../../../shared/model/host-choices'
import { parseXml } from '../../domain-xml/document'
import { isInvalidState, isNoStorageVol, type StorageVolHandle } from '../../libvirt-rpc/index'
import type { LibvirtHost } from './host'
import { quick, sweepMs, width } from './host-choices-sweep'
import { readVolume } from './host-choices-xml'
import { windowed } from '../windowed'

/** One question per volume, a few at a time; when time is up, the others are told by name only. */
export async function readVolumes(
  { rpc }: LibvirtHost,
  poolName: string,
  untilMs = performance.now() + sweepMs,
): Promise<VolumeList> {
  const { pool } = await rpc.callJob('STORAGE_POOL_LOOKUP_BY_NAME', { name: poolName }, quick)
  const all = await volumesOf(() =>
    rpc.callJob('STORAGE_POOL_LIST_ALL_VOLUMES', { pool, need_results: 1, flags: 0 }, quick),
  )
  const wanted = [...all].sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, maxVolumes)
  const read = await windowed(wanted, width, async (vol): Promise<VolumeChoice | undefined> => {
    if (performance.now() > untilMs) return { name: vol.name, path: vol.key, type: 'unknown' }
    try {
      const { xml } = await rpc.callJob('STORAGE_VOL_GET_XML_DESC', { vol, flags: 0 }, quick)
      return readVolume(parseXml(xml, `the description of volume ${vol.name}`).root, vol.name, vol.key)
    } catch (error) {
      if (isNoStorageVol(error)) return undefined
      throw error
    }
  })
  return {
    volumes: read.filter((one) => one !== undefined),
    isTruncated: all.length > wanted.length,
  }
}

async function volumesOf(list: () => Promise<{ vols: StorageVolHandle[] }>): Promise<StorageVolHandle[]> {
  try {
    return (await list()).vols
  } catch (error) {
    if (!isInvalidState(error)) throw error
    throw new AppError('invalid', 'The pool is not active', {
      cure: 'Start it, then its volumes can be seen.',
      cause: error,
    })
  }
}
