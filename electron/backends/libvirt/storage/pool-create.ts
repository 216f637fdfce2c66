/** Making a pool: defined, built, started. What cannot be done to its end is undone. */
import { AppError } from '../../../../shared/errors'
import type { CreatePoolInput } from '../../../../shared/model/storage/pool'
import { poolTypeOf } from '../../../../shared/model/storage/pool-types'
import { builtGroupXml, newPoolXml, withUuid, writtenPool } from '../../../domain-xml/storage/pool-document'
import {
  isNoStoragePool,
  virStoragePoolBuildFlags as buildFlags,
  type StoragePoolHandle,
} from '../../../libvirt-rpc/index'
import type { ActionContext } from '../../backend'
import { cancelled } from '../errors'
import type { LibvirtHost } from '../host'
import { inPool, type PoolNamed } from './pool-errors'
import { lookUp } from './pool-record'

/** Ones that ask what is on a device; the others only make a folder and take no flags. */
const looksFirst = ['fs', 'disk', 'logical']

export async function buildPool(
  { rpc }: LibvirtHost,
  pool: StoragePoolHandle,
  type: string,
  how: 'build' | 'overwrite',
): Promise<void> {
  const build = poolTypeOf(type)?.build
  if (how === 'overwrite' && build?.overwrites === undefined) {
    throw new AppError('unsupported', 'There is nothing to overwrite for a pool of this kind')
  }
  if (!build) throw new AppError('unsupported', 'There is nothing to build for a pool of this kind')
  const flags = !looksFirst.includes(type)
    ? 0
    : how === 'overwrite'
      ? buildFlags.VIR_STORAGE_POOL_BUILD_OVERWRITE
      : buildFlags.VIR_STORAGE_POOL_BUILD_NO_OVERWRITE
  await inPool({ name: pool.name, type }, 'build', () => rpc.callJob('STORAGE_POOL_BUILD', { pool, flags }))
}

export async function createPool(
  host: LibvirtHost,
  input: Omit<CreatePoolInput, 'host'>,
  { signal }: ActionContext,
): Promise<void> {
  const { rpc } = host
  const xml = input.values ? newPoolXml(input.values, { build: input.build }) : (input.xml ?? '')
  const { name, document } = writtenPool(xml)
  const type = document.root.attribute('type') ?? ''
  const named: PoolNamed = { name, type }
  if (input.build !== 'no') refuseToBuild(type, input.build)
  await refuseTaken(host, name)
  if (signal.aborted) throw cancelled()
  const { pool } = await inPool(named, 'define', () =>
    rpc.callJob('STORAGE_POOL_DEFINE_XML', { xml, flags: 0 }, { timeoutMs: 40_000 }),
  )
  let isStarted = false
  const work = async (): Promise<void> => {
    if (input.build !== 'no') {
      await buildPool(host, pool, type, input.build)
      await defineAsBuilt(host, named, pool, xml)
    }
    if (signal.aborted) throw cancelled()
    if (input.start) {
      await inPool(named, 'start', () => rpc.callJob('STORAGE_POOL_CREATE', { pool, flags: 0 }))
      isStarted = true
    }
    if (signal.aborted) throw cancelled()
    if (input.autostart)
      await inPool(named, 'autostart', () =>
        rpc.callJob('STORAGE_POOL_SET_AUTOSTART', { pool, autostart: 1 }, { timeoutMs: 40_000 }),
      )
  }
  const whole = work().catch(async (error: unknown) => {
    await undo(host, pool, isStarted)
    throw error
  })
  await orAborted(whole, signal)
}

async function defineAsBuilt(
  { rpc }: LibvirtHost,
  named: PoolNamed,
  { uuid }: StoragePoolHandle,
  xml: string,
): Promise<void> {
  const next = builtGroupXml(xml)
  if (next === undefined) return
  await inPool(named, 'define', () =>
    rpc.callJob('STORAGE_POOL_DEFINE_XML', { xml: withUuid(next, uuid), flags: 0 }, { timeoutMs: 40_000 }),
  )
}

/** Best effort: the first error is the one that counts. */
async function undo({ rpc }: LibvirtHost, pool: StoragePoolHandle, isStarted: boolean): Promise<void> {
  if (isStarted) await rpc.callJob('STORAGE_POOL_DESTROY', { pool }).catch(() => {})
  await rpc.callJob('STORAGE_POOL_UNDEFINE', { pool }).catch(() => {})
}

/** libvirt takes no call back: who has given up does not wait for it, but what it makes is undone when it ends. */
async function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const over = new AbortController()
  const given = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(cancelled()), { signal: over.signal })
  })
  try {
    await Promise.race([work, given])
  } finally {
    over.abort()
  }
}

function refuseToBuild(type: string, how: 'build' | 'overwrite'): void {
  const build = poolTypeOf(type)?.build
  if (!build) throw new AppError('unsupported', 'There is nothing to build for a pool of this kind')
  if (how === 'overwrite' && build.overwrites === undefined)
    throw new AppError('unsupported', 'There is nothing to overwrite for a pool of this kind')
}

async function refuseTaken(host: LibvirtHost, name: string): Promise<void> {
  try {
    await lookUp(host, name)
  } catch (error) {
    if (isNoStoragePool(error)) return
    throw error
  }
  throw new AppError('already-exists', `A pool called ${name} exists already`, {
    cure: 'Choose another name.',
    field: 'name',
  })
}
