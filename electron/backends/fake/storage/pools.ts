/** Pools of a demo host: the same definitions, rules and errors as on a real one, without its disks. */
import { randomUUID } from 'node:crypto'
import { AppError } from '../../../../shared/errors'
import { plain, type Values } from '../../../../shared/model/hardware/field'
import type { Pool, PoolView } from '../../../../shared/model/storage/pool'
import { poolTypeOf } from '../../../../shared/model/storage/pool-types'
import { poolCommands } from '../../../domain-xml/storage/pool-commands'
import {
  editedPoolXml,
  newPoolXml,
  poolFingerprint,
  portablePool,
  readPoolValues,
  sourceLine,
  storedPool,
  writtenPool,
} from '../../../domain-xml/storage/pool-document'
import type { EditDocument } from '../../../domain-xml/edit/tree'
import { deletePlanOfPool } from '../../pool-delete-plan'
import type { StorageSession } from '../../storage-session'
import { cancelled } from '../clock'
import { virshLine } from '../virsh-command'
import { pathIn, type FakePool, type FakeStorage } from './model'
import { definitionOf } from './pool-definitions'
import { demoSources } from './pool-sources'
import { buildPool, failToStart } from './pool-steps'

type PoolsPart = Pick<
  StorageSession,
  | 'pools'
  | 'pool'
  | 'discover'
  | 'previewPool'
  | 'createPool'
  | 'editPool'
  | 'poolAction'
  | 'poolDeletePlan'
  | 'deletePool'
  | 'poolDefinition'
>

const startMs = 300
const terabyte = 1024 ** 4

export function poolsPart(
  storage: FakeStorage,
  answerTime: () => Promise<void>,
  usage: StorageSession['usage'],
): PoolsPart {
  const { host } = storage
  const changed = (name: string): void => host.resourceChanged('pool', name)
  const start = (pool: FakePool): void => {
    if (pool.state === 'running') throw inState('The pool is active already')
    failToStart(storage, pool)
    pool.state = 'running'
    pool.capacityBytes ??= terabyte
  }
  const remove = (pool: FakePool): void => {
    storage.pools.delete(pool.name)
    changed(pool.name)
  }
  return {
    async pools() {
      await answerTime()
      const items = [...storage.pools.values()].map((pool) => asPool(storage, pool))
      return { items: items.sort((a, b) => (a.name < b.name ? -1 : 1)) }
    },
    async pool(name) {
      await answerTime()
      return viewOf(storage, storage.pool(name))
    },
    async discover(type, server) {
      await answerTime()
      return demoSources(storage, type, server)
    },
    async previewPool(values) {
      await answerTime()
      const xml = newPoolXml(values)
      const name = plain(values['name'])
      return { xml, commands: poolCommands(xml, { name, type: plain(values['type']) }, virshLine) }
    },
    async createPool(input, { signal }) {
      await answerTime()
      const xml = input.values ? newPoolXml(input.values, { build: input.build }) : (input.xml ?? '')
      const pool = place(storage, writtenPool(xml).document)
      try {
        await host.clock.delay(startMs, signal)
        await answerTime()
        if (input.build !== 'no') buildPool(storage, pool, input.build)
        if (input.start) start(pool)
        pool.isAutostart = input.autostart
      } catch (error) {
        storage.pools.delete(pool.name)
        throw signal.aborted ? cancelled() : error
      }
      changed(pool.name)
    },
    async editPool(name, { base, values, xml }) {
      await answerTime()
      const pool = storage.pool(name)
      const stored = definitionOf(pool)
      if (poolFingerprint(stored) !== base) {
        throw new AppError('busy', 'The pool was changed by somebody else meanwhile', {
          cure: 'Look at it as it is now, then make the change again.',
        })
      }
      const document = writtenPool(values ? editedPoolXml(stored, values) : (xml ?? '')).document
      take(pool, withIdentity(document, stored, name))
      changed(name)
    },
    async poolAction(name, action) {
      await answerTime()
      const pool = storage.pool(name)
      await host.clock.delay(startMs)
      await answerTime()
      switch (action) {
        case 'start':
          start(pool)
          break
        case 'stop':
          storage.active(name)
          pool.state = 'inactive'
          if (!pool.isPersistent) return remove(pool)
          break
        case 'refresh':
          storage.active(name)
          break
        case 'build':
          buildPool(storage, pool, 'build')
          break
        case 'autostart-on':
        case 'autostart-off':
          if (!pool.isPersistent) throw inState('The pool is not stored, so it cannot start by itself')
          pool.isAutostart = action === 'autostart-on'
      }
      changed(name)
    },
    async poolDeletePlan(name) {
      const users = await usage()
      const pool = storage.pool(name)
      return deletePlanOfPool(asPool(storage, pool), contentOf(storage, pool), users)
    },
    async deletePool(name, what) {
      await answerTime()
      const pool = storage.pool(name)
      const type = poolTypeOf(pool.type)
      if (what === 'everything') {
        if (type?.destroys === undefined)
          throw new AppError('unsupported', 'The host cannot destroy what this pool is made of')
        const volumes = [...storage.volumes(pool).keys()]
        // what is mounted there is unmounted first
        if (volumes.length > 0 && pool.type === 'dir') {
          throw new AppError('busy', `The folder ${pool.path ?? ''} is not empty`, {
            cure: 'Delete its volumes first, or remove the definition only.',
            detail: `cannot remove directory '${pool.path ?? ''}': Directory not empty`,
          })
        }
        if (type.destroysVolumes) for (const volume of volumes) storage.take(pool, volume)
      }
      await host.clock.delay(startMs)
      remove(pool)
    },
    async poolDefinition(name) {
      await answerTime()
      return portablePool(definitionOf(storage.pool(name)))
    },
  }
}

function inState(message: string): AppError {
  return new AppError('invalid', message)
}

function asPool(storage: FakeStorage, pool: FakePool): Pool {
  const isSized = pool.state === 'running' && pool.capacityBytes !== undefined
  return {
    name: pool.name,
    uuid: pool.uuid,
    state: pool.state,
    type: pool.type,
    isAutostart: pool.isAutostart,
    isPersistent: pool.isPersistent,
    ...(pool.path === undefined ? {} : { path: pool.path }),
    ...(pool.source === undefined ? {} : { source: pool.source }),
    ...(isSized
      ? {
          capacityBytes: pool.capacityBytes ?? 0,
          allocationBytes: storage.allocationBytes(pool),
          availableBytes: storage.availableBytes(pool),
        }
      : {}),
  }
}

function viewOf(storage: FakeStorage, pool: FakePool): PoolView {
  const stored = definitionOf(pool)
  return {
    base: poolFingerprint(stored),
    pool: asPool(storage, pool),
    values: readPoolValues(stored.root),
    xml: stored.toString(),
  }
}

function contentOf(
  storage: FakeStorage,
  pool: FakePool,
): { volumes?: { readonly name: string; readonly key: string }[] } {
  if (pool.state !== 'running') return {}
  return { volumes: [...storage.volumes(pool).keys()].map((name) => ({ name, key: pathIn(pool, name) })) }
}

/** A new pool, not active and not stored with anything but its definition. */
function place(storage: FakeStorage, document: EditDocument): FakePool {
  const values: Values = readPoolValues(document.root)
  const name = writtenPool(document.toString()).name
  if (storage.pools.has(name)) {
    throw new AppError('already-exists', `A pool called ${name} exists already`, {
      field: 'name',
      detail: `operation failed: pool '${name}' already exists`,
    })
  }
  const pool: FakePool = {
    name,
    uuid: document.root.find('uuid')?.text() ?? randomUUID(),
    type: plain(values['type']),
    state: 'inactive',
    isAutostart: false,
    isPersistent: true,
    otherBytes: 0,
    blocks: new Map(),
  }
  take(pool, storedPool(document.toString(), name))
  storage.pools.set(name, pool)
  return pool
}

function take(pool: FakePool, document: EditDocument): void {
  const path = document.root.find('target', 'path')?.text()
  const source = sourceLine(document.root)
  pool.xml = document.toString()
  if (path !== undefined) pool.path = path
  if (source !== undefined) pool.source = source
}

/** As a host would: the same UUID is the same pool, and a name belongs to one. */
function withIdentity(document: EditDocument, stored: EditDocument, name: string): EditDocument {
  const uuid = (one: EditDocument): string | undefined => one.root.find('uuid')?.text()
  if (writtenPool(document.toString()).name !== name || (uuid(document) ?? uuid(stored)) !== uuid(stored)) {
    throw new AppError('invalid', 'Name and UUID of a pool cannot be changed', {
      cure: 'Create another pool instead.',
      field: 'xml',
    })
  }
  return document
}
