/**
 * All pools of a host. libvirt's list waits for every pool, also for one whose server does not answer; what it listed last
 * is then asked for pool by pool, so that one dead server does not take away all others.
 */
import { AppError, errorData } from '../../../../shared/errors'
import type { Listed } from '../../../../shared/model/host-choices'
import type { Pool } from '../../../../shared/model/storage/pool'
import {
  RpcTimeoutError,
  virConnectListAllStoragePoolsFlags as flagsOf,
  type StoragePoolHandle,
} from '../../../libvirt-rpc/index'
import { toAppError } from '../errors'
import type { LibvirtHost } from '../host'
import { quick, readEach } from '../host-choices-sweep'
import { readRecord, type PoolFlags } from './pool-record'

/** An answer takes milliseconds, unless something is stuck. */
const patienceMs = 4000
/** For each pool then. */
const lookMs = 3000

interface Handles {
  readonly pools: readonly StoragePoolHandle[]
  readonly flags: ReadonlyMap<string, PoolFlags>
}

export class PoolList {
  readonly #host: LibvirtHost
  #asked: Promise<Handles> | undefined
  #last: Handles | undefined
  readonly #records = new Map<string, Pool>()

  constructor(host: LibvirtHost) {
    this.#host = host
  }

  async read(): Promise<Listed<Pool>> {
    const handles = await this.#handles()
    if (handles === 'stuck') return this.#withoutList(this.#last ?? { pools: [], flags: new Map() })
    const names = new Set(handles.pools.map(({ name }) => name))
    for (const name of this.#records.keys()) if (!names.has(name)) this.#records.delete(name)
    return this.#readAll(handles, (pool, flags) => readRecord(this.#host, pool, flags))
  }

  /**
   * Before a definition is stored: libvirt compares it with every pool, and while it waits for one that does not answer,
   * nobody gets at any pool at all.
   */
  async refuseWhileStuck(): Promise<void> {
    if ((await this.#handles()) !== 'stuck') return
    throw new AppError('busy', 'A pool of this host does not answer, and libvirt would wait for it', {
      cure: 'Bring the server of that pool back, or restart libvirt on the host; VMs go on meanwhile.',
    })
  }

  /** A list that was asked for and did not come is not asked for again: each would keep a worker of the daemon. */
  async #handles(): Promise<Handles | 'stuck'> {
    this.#asked ??= this.#ask().finally(() => {
      this.#asked = undefined
    })
    const late = new AbortController()
    try {
      return await Promise.race([this.#asked, stuckAfter(patienceMs, late.signal)])
    } finally {
      late.abort()
    }
  }

  async #ask(): Promise<Handles> {
    const { rpc } = this.#host
    const list = async (flags: number): Promise<StoragePoolHandle[]> =>
      (await rpc.callJob('CONNECT_LIST_ALL_STORAGE_POOLS', { need_results: 1, flags })).pools
    const [pools, autostart, persistent] = await Promise.all([
      list(0),
      list(flagsOf.VIR_CONNECT_LIST_STORAGE_POOLS_AUTOSTART),
      list(flagsOf.VIR_CONNECT_LIST_STORAGE_POOLS_PERSISTENT),
    ])
    const uuids = (some: readonly StoragePoolHandle[]): Set<string> => new Set(some.map(({ uuid }) => uuid))
    const [starting, stored] = [uuids(autostart), uuids(persistent)]
    const flags = new Map(
      pools.map(({ uuid }) => [uuid, { isAutostart: starting.has(uuid), isPersistent: stored.has(uuid) }]),
    )
    this.#last = { pools, flags }
    return this.#last
  }

  async #withoutList(last: Handles): Promise<Listed<Pool>> {
    const { rpc } = this.#host
    const found = await this.#readAll(last, async (pool, flags) => {
      try {
        // of the daemon's list of pools this waits for this one only
        await rpc.callJob('STORAGE_POOL_GET_INFO', { pool }, { ...quick, timeoutMs: lookMs })
      } catch (error) {
        const known = this.#records.get(pool.name)
        if (!(error instanceof RpcTimeoutError) || !known) throw error
        const { capacityBytes: _1, allocationBytes: _2, availableBytes: _3, ...rest } = known
        return { ...rest, state: 'inaccessible' }
      }
      return readRecord(this.#host, pool, flags)
    })
    const error = toAppError(new RpcTimeoutError('CONNECT_LIST_ALL_STORAGE_POOLS', patienceMs))
    return { items: found.items, error: found.error ?? errorData(error) }
  }

  async #readAll(
    { pools, flags }: Handles,
    read: (pool: StoragePoolHandle, flags: PoolFlags) => Promise<Pool>,
  ): Promise<Listed<Pool>> {
    const { items, ...rest } = await readEach(pools, async (pool) => {
      const record = await read(pool, flags.get(pool.uuid) ?? { isAutostart: false, isPersistent: true })
      if (record.state !== 'inaccessible') this.#records.set(pool.name, record)
      return record
    })
    return { items: [...items].sort((a, b) => (a.name < b.name ? -1 : 1)), ...rest }
  }
}

async function stuckAfter(ms: number, signal: AbortSignal): Promise<'stuck'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('stuck'), ms)
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  })
}
