/** Which image of the host's pools is built on which, and where volumes are that VMs name by pool. */
import { normalize } from 'node:path/posix'
import { parseXml } from '../../../domain-xml/document'
import {
  isNoStoragePool,
  isNoStorageVol,
  isUnsupported,
  RpcClosedError,
  virConnectListAllStoragePoolsFlags as poolFlags,
} from '../../../libvirt-rpc/index'
import type { LibvirtHost } from '../host'
import { quick, width } from '../host-choices-sweep'
import { turn } from '../turns'
import { windowed } from '../../windowed'
import { volumesOf } from './volume-list'

export interface Images {
  /** The base of each image that has one, by path. */
  readonly bases: ReadonlyMap<string, string>
  /** Paths by "pool/volume". */
  readonly paths: ReadonlyMap<string, string>
  /** Of the bases, those that have none themselves. */
  readonly rawBases: ReadonlySet<string>
  readonly unread: readonly string[]
}

/** Volumes of the others are disks: they have no base, and what they are called is their path. */
const hasNoImages = new Set(['iscsi', 'iscsi-direct', 'scsi', 'mpath', 'disk', 'zfs', 'rbd', 'sheepdog'])

export async function readImages(host: LibvirtHost, untilMs: number): Promise<Images> {
  const bases = new Map<string, string>()
  const paths = new Map<string, string>()
  const rawBases = new Set<string>()
  const unread: string[] = []
  const { rpc } = host
  for (const pool of await activePools(host)) {
    try {
      const [{ xml }, { vols, isTruncated }] = await Promise.all([
        rpc.callJob('STORAGE_POOL_GET_XML_DESC', { pool, flags: 0 }, quick),
        volumesOf(host, pool),
      ])
      if (isTruncated) unread.push(`Pool ${pool.name}: it has more volumes than the host tells`)
      const type = parseXml(xml, `the description of pool ${pool.name}`).root.attribute('type') ?? ''
      for (const vol of vols) paths.set(`${pool.name}/${vol.name}`, normalize(vol.key))
      if (hasNoImages.has(type)) continue
      let isLate = false
      await windowed(vols, width, async (vol) => {
        isLate ||= performance.now() > untilMs
        if (isLate) return
        const found = await baseOf(host, vol)
        if (found === undefined) return
        paths.set(`${pool.name}/${vol.name}`, found.path)
        if (found.base !== undefined) bases.set(found.path, found.base)
        if (found.base !== undefined && found.isOnRaw === true) rawBases.add(found.base)
      })
      if (isLate) unread.push(`Pool ${pool.name}: the host took too long`)
    } catch (error) {
      if (error instanceof RpcClosedError) throw error
      // stopped or removed meanwhile
      if (!isNoStoragePool(error)) unread.push(`Pool ${pool.name}: ${reasonOf(error)}`)
    }
  }
  return { bases, paths, rawBases, unread }
}

/** Only those that have a base are taken apart. */
async function baseOf(
  { rpc }: LibvirtHost,
  vol: { pool: string; name: string; key: string },
): Promise<{ path: string; base?: string; isOnRaw?: boolean } | undefined> {
  try {
    const { xml } = await rpc.callJob('STORAGE_VOL_GET_XML_DESC', { vol, flags: 0 }, quick)
    const simple = /<target>\s*<path>([^<&]+)<\/path>/.exec(xml)?.[1]
    if (simple !== undefined && !xml.includes('<backingStore')) return { path: normalize(simple) }
    await turn()
    const { root } = parseXml(xml, `the description of volume ${vol.name}`)
    const base = root.textOf('backingStore', 'path')
    const path = normalize(root.textOf('target', 'path') ?? vol.key)
    const isOnRaw = root.find('backingStore', 'format')?.attribute('type') === 'raw'
    return base === undefined ? { path } : { path, base: normalize(base), isOnRaw }
  } catch (error) {
    if (isNoStorageVol(error)) return undefined
    throw error
  }
}

export async function activePools(host: LibvirtHost): Promise<{ name: string; uuid: string }[]> {
  return listedPools(host, poolFlags.VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE)
}

/** Names, in order. A host that does not tell them has been told of as not read already. */
export async function stoppedPools(host: LibvirtHost): Promise<readonly string[]> {
  try {
    const pools = await listedPools(host, poolFlags.VIR_CONNECT_LIST_STORAGE_POOLS_INACTIVE)
    return pools.map(({ name }) => name).toSorted()
  } catch (error) {
    if (error instanceof RpcClosedError) throw error
    return []
  }
}

async function listedPools({ rpc }: LibvirtHost, flags: number): Promise<{ name: string; uuid: string }[]> {
  try {
    return (await rpc.callJob('CONNECT_LIST_ALL_STORAGE_POOLS', { need_results: 1, flags }, quick)).pools
  } catch (error) {
    if (isUnsupported(error)) return []
    throw error
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
