/** Pools of a demo host and what is in them. Images that VMs have are the host's files, so that both see the same. */
import { AppError } from '../../../../shared/errors'
import type { PoolState } from '../../../../shared/model/host-choices'
import { gib } from '../build'
import type { FakeHost } from '../fake-host'
import type { FakeFile } from '../model'

const terabyte = 1024 * gib
/** Volumes of the pool "archive": as many as no page draws at once. */
const archived = 5000

export interface FakePool {
  readonly name: string
  readonly uuid: string
  readonly type: string
  state: PoolState
  isAutostart: boolean
  isPersistent: boolean
  path?: string
  source?: string
  /** The stored definition of one that was made or changed here. */
  xml?: string
  /** Absent while nobody knows, as it is not active. */
  capacityBytes?: number
  /** Taken by what is no volume. */
  otherBytes: number
  /** Of pools whose volumes are no files. */
  readonly blocks: Map<string, FakeFile>
}

const filePools = new Set(['dir', 'fs', 'netfs'])
const known = new WeakMap<FakeHost, FakeStorage>()

/** The same for all sessions of a host, for as long as it lives. */
export function storageModelOf(host: FakeHost): FakeStorage {
  const storage = known.get(host) ?? new FakeStorage(host)
  known.set(host, storage)
  return storage
}

export class FakeStorage {
  readonly pools = new Map<string, FakePool>()
  /** Block devices of VMs that were made volumes once; one that is deleted does not come back. */
  readonly #seen = new Set<string>()
  /** Only who starts that pool sees what it takes to show it. */
  #isArchiveFilled = false

  constructor(readonly host: FakeHost) {
    for (const pool of firstPools()) this.pools.set(pool.name, pool)
    host.files.set('/var/lib/libvirt/images/spare-disk.qcow2', {
      sizeBytes: 40 * gib,
      allocationBytes: 200_704,
      format: 'qcow2',
    })
    host.files.set('/var/lib/libvirt/images/debian-12-genericcloud-amd64.qcow2', {
      sizeBytes: 3 * gib,
      allocationBytes: 446_693_376,
      format: 'qcow2',
    })
    host.files.set('/var/lib/libvirt/images/fedora-40-server.iso', {
      sizeBytes: 2_612_854_784,
      allocationBytes: 2_612_854_784,
      format: 'iso',
    })
  }

  pool(name: string): FakePool {
    const pool = this.pools.get(name)
    if (pool) return pool
    throw new AppError('not-found', 'The storage pool does not exist on this host', {
      detail: `Storage pool not found: no storage pool with matching name '${name}'`,
    })
  }

  active(name: string): FakePool {
    const pool = this.pool(name)
    if (pool.state === 'running') return pool
    throw new AppError('invalid', 'The pool is not active', {
      cure: 'Start it, then its volumes can be seen.',
    })
  }

  /** By name, in the order of names. */
  volumes(pool: FakePool): Map<string, FakeFile> {
    this.#takeBlocksOfVms(pool)
    if (pool.name === 'archive' && pool.state === 'running' && !this.#isArchiveFilled) {
      this.#isArchiveFilled = true
      this.fill(pool, archived)
    }
    const found: [string, FakeFile][] = [...pool.blocks]
    if (filePools.has(pool.type)) {
      const folder = `${pool.path ?? ''}/`
      for (const [path, file] of this.host.files) {
        const name = path.slice(folder.length)
        if (path.startsWith(folder) && name !== '' && !name.includes('/')) found.push([name, file])
      }
    }
    return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  volume(pool: FakePool, name: string): FakeFile {
    const found = this.volumes(pool).get(name)
    if (found) return found
    throw new AppError('not-found', 'The storage volume no longer exists', {
      detail: `Storage volume not found: no storage vol with matching name '${name}'`,
    })
  }

  put(pool: FakePool, name: string, file: FakeFile): void {
    if (filePools.has(pool.type)) this.host.files.set(pathIn(pool, name), file)
    else pool.blocks.set(name, file)
  }

  take(pool: FakePool, name: string): void {
    if (filePools.has(pool.type)) this.host.files.delete(pathIn(pool, name))
    else pool.blocks.delete(name)
  }

  allocationBytes(pool: FakePool): number {
    let bytes = pool.otherBytes
    for (const { allocationBytes } of this.volumes(pool).values()) bytes += allocationBytes
    return bytes
  }

  availableBytes(pool: FakePool): number {
    return Math.max(0, (pool.capacityBytes ?? 0) - this.allocationBytes(pool))
  }

  /** Fills a pool with that many small images, for a pool that is larger than what fits a page. */
  fill(pool: FakePool, count: number): void {
    for (let at = 1; at <= count; at += 1) {
      const name = `${pool.name}-${String(at).padStart(4, '0')}.qcow2`
      this.put(pool, name, {
        sizeBytes: (1 + (at % 40)) * gib,
        allocationBytes: (1 + (at % 97)) * 1024 ** 2,
        format: 'qcow2',
      })
    }
  }

  #takeBlocksOfVms(pool: FakePool): void {
    const folder = `${pool.path ?? ''}/`
    if (filePools.has(pool.type) || folder === '/') return
    for (const { definition } of this.host.vms.values()) {
      for (const { source, sourceType } of definition.disks) {
        if (sourceType !== 'block' || !source?.startsWith(folder) || this.#seen.has(source)) continue
        this.#seen.add(source)
        pool.blocks.set(source.slice(folder.length), {
          sizeBytes: 200 * gib,
          allocationBytes: 200 * gib,
          format: 'raw',
        })
      }
    }
  }
}

export function pathIn(pool: FakePool, name: string): string {
  return `${pool.path ?? ''}/${name}`
}

function firstPools(): FakePool[] {
  const base = { isAutostart: true, isPersistent: true, otherBytes: 0 }
  const uuid = (last: number): string => `9c1f6f0e-2f0b-4d6e-8a53-0d5c2b7e4f0${last}`
  return [
    // the file server is switched off
    {
      ...base,
      name: 'archive',
      uuid: uuid(1),
      type: 'netfs',
      state: 'inactive',
      isAutostart: false,
      path: '/srv/archive',
      source: 'nas.example.net:/exports/archive',
      blocks: new Map(),
    },
    {
      ...base,
      name: 'default',
      uuid: uuid(2),
      type: 'dir',
      state: 'running',
      path: '/var/lib/libvirt/images',
      capacityBytes: 2 * terabyte,
      otherBytes: 0.3 * terabyte,
      blocks: new Map(),
    },
    {
      ...base,
      name: 'vg0',
      uuid: uuid(3),
      type: 'logical',
      state: 'running',
      path: '/dev/vg0',
      source: 'vg0',
      capacityBytes: terabyte,
      blocks: new Map([
        ['scratch', { sizeBytes: 50 * gib, allocationBytes: 50 * gib, format: 'raw' } satisfies FakeFile],
      ]),
    },
  ]
}
