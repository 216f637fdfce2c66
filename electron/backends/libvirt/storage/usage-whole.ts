/**
 * Who uses what, as sure as it can be known before files are deleted. Pools know only the files that were there when they
 * were last read, and libvirt looks into no image that lies in none: both are made up for, or said.
 */
import { dirname, normalize } from 'node:path/posix'
import { errorData } from '../../../../shared/errors'
import { parseXml } from '../../../domain-xml/document'
import { RpcClosedError, RpcError, type StoragePoolHandle } from '../../../libvirt-rpc/index'
import type { LibvirtHost } from '../host'
import { quick, sweepMs } from '../host-choices-sweep'
import type { HostCommands } from '../../images/host-commands'
import { readChain } from '../../images/chain'
import { windowed } from '../../windowed'
import type { DiskSource } from '../../../domain-xml/disks'
import { readUses, type HostUses, type Named } from './usage'
import { activePools, reasonOf } from './usage-images'

/** A pool on a server that does not answer. */
const refreshing = { timeoutMs: 15_000 }
/** Each is a command on the host. */
const width = 3

/** `near`: files beside which others may lie that are built on them. */
export async function readWholeUses(
  host: LibvirtHost,
  commands: HostCommands,
  near: readonly DiskSource[],
): Promise<HostUses> {
  const unread = await refreshPools(host, near)
  let uses = await readUses(host)
  const unknown = outside(uses).map(({ path }): DiskSource => ({ kind: 'path', path }))
  if (unknown.length > 0) {
    const folders = new Set(foldersOf(near))
    const others = unknown.filter((one) => !foldersOf([one]).some((folder) => folders.has(folder)))
    const pools = await poolsAt(host, others)
    if (pools.length > 0) {
      unread.push(...(await refreshEach(host, pools)))
      uses = await readUses(host)
    }
  }
  return await withChains({ ...uses, unread: [...unread, ...uses.unread] }, commands)
}

interface Outside {
  readonly path: string
  /** Who names it, in words. */
  readonly what: string
}

/** Images that may be built on others, and lie in no active pool. */
function outside({ named, images }: HostUses): Outside[] {
  const known = new Set(images.paths.values())
  const found = new Map<string, Outside>()
  const add = (path: string, what: string): void => {
    if (!known.has(path) && !found.has(path)) found.set(path, { path, what })
  }
  for (const { source, user, mayHaveBase } of named)
    if (mayHaveBase === true && source.kind === 'path') add(normalize(source.path), inWords(user))
  for (const [overlay, base] of images.bases)
    if (base.startsWith('/') && !images.rawBases.has(base)) add(base, `the base of ${overlay}`)
  return [...found.values()]
}

function inWords({ kind, name, snapshot, target }: Named['user']): string {
  if (kind === 'snapshot') return `snapshot ${snapshot ?? ''} of ${name}`
  return target === undefined ? `a disk of ${name}` : `disk ${target} of ${name}`
}

async function withChains(uses: HostUses, commands: HostCommands): Promise<HostUses> {
  const looked = outside(uses)
  if (looked.length === 0) return uses
  const bases = new Map(uses.images.bases)
  const unread = [...uses.unread]
  const untilMs = performance.now() + sweepMs
  await windowed(looked, width, async ({ path, what }) => {
    const why =
      performance.now() > untilMs ? 'the host took too long' : await followChain(commands, path, bases)
    if (why !== undefined)
      unread.push(`${path} (${what}) is in no active pool, and what it is built on is not known: ${why}`)
  })
  return { ...uses, images: { ...uses.images, bases }, unread }
}

/** Undefined when all of it is known, otherwise why it is not. A file that is gone is built on nothing. */
async function followChain(
  commands: HostCommands,
  path: string,
  bases: Map<string, string>,
): Promise<string | undefined> {
  try {
    const { images, brokenBy } = await readChain(commands, path)
    for (const [at, { path: overlay }] of images.entries()) {
      const base = images[at + 1]?.path
      if (base !== undefined) bases.set(normalize(overlay), normalize(base))
    }
    return brokenBy === undefined || brokenBy.endsWith(' is missing') ? undefined : brokenBy
  } catch (error) {
    const { kind, message } = errorData(error)
    return kind === 'not-found' ? undefined : message
  }
}

async function refreshPools(host: LibvirtHost, near: readonly DiskSource[]): Promise<string[]> {
  return refreshEach(host, await poolsAt(host, near))
}

async function refreshEach(host: LibvirtHost, pools: readonly StoragePoolHandle[]): Promise<string[]> {
  const unread: string[] = []
  for (const pool of pools) {
    try {
      await host.rpc.callJob('STORAGE_POOL_REFRESH', { pool, flags: 0 }, refreshing)
    } catch (error) {
      if (error instanceof RpcClosedError) throw error
      unread.push(`Pool ${pool.name} could not be read anew: ${reasonOf(error)}`)
    }
  }
  return unread
}

/** Active pools that these lie in. */
async function poolsAt(host: LibvirtHost, sources: readonly DiskSource[]): Promise<StoragePoolHandle[]> {
  if (sources.length === 0) return []
  const folders = new Set(foldersOf(sources))
  const names = new Set(sources.flatMap((one) => (one.kind === 'volume' ? [one.pool] : [])))
  const found: StoragePoolHandle[] = []
  for (const pool of await activePools(host)) {
    if (names.has(pool.name)) found.push(pool)
    else if (folders.has((await folderOf(host, pool)) ?? '')) found.push(pool)
  }
  return found
}

function foldersOf(sources: readonly DiskSource[]): string[] {
  return sources.flatMap((one) => (one.kind === 'path' ? [dirname(normalize(one.path))] : []))
}

async function folderOf({ rpc }: LibvirtHost, pool: StoragePoolHandle): Promise<string | undefined> {
  try {
    const { xml } = await rpc.callJob('STORAGE_POOL_GET_XML_DESC', { pool, flags: 0 }, quick)
    const path = parseXml(xml, `the description of pool ${pool.name}`).root.textOf('target', 'path')
    return path?.startsWith('/') === true ? normalize(path).replace(/(?<=.)\/+$/, '') : undefined
  } catch (error) {
    // stopped or removed meanwhile; what it cannot tell, the reading that follows says
    if (error instanceof RpcError) return undefined
    throw error
  }
}
