/** Pools: folders of the host. Which of them are active is a note of ours, as there is no daemon to hold them. */
import { randomUUID } from 'node:crypto'
import { AppError } from '../../../../shared/errors'
import { plain } from '../../../../shared/model/hardware/field'
import type { Pool, PoolView } from '../../../../shared/model/storage/pool'
import { poolTypeOf } from '../../../../shared/model/storage/pool-types'
import type { EditDocument } from '../../../domain-xml/edit/tree'
import { poolCommands } from '../../../domain-xml/storage/pool-commands'
import {
  editedPoolXml,
  newPoolXml,
  poolFingerprint,
  portablePool,
  readPoolValues,
  storedPool,
  withUuid,
  writtenPool,
} from '../../../domain-xml/storage/pool-document'
import { toolError } from '../../images/tool-errors'
import { deletePlanOfPool } from '../../pool-delete-plan'
import type { StorageSession } from '../../storage-session'
import { windowed } from '../../windowed'
import { cancelled } from '../errors'
import type { QemuHost } from '../host'
import { poolFrom, type KeptPool, type PoolsFile } from './pools-file'

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

const width = 4
const folderOnly = 'Without libvirt a pool is a folder of the host'

export function poolsPart(
  host: QemuHost,
  file: PoolsFile,
  volumes: Pick<StorageSession, 'volumeNames' | 'usage'>,
  changed: (name: string) => void,
): PoolsPart {
  const replace = (name: string, change: (pool: KeptPool) => KeptPool | undefined): Promise<void> =>
    file.change(async (pools) =>
      pools.flatMap((pool) => {
        const next = pool.name === name ? change(pool) : pool
        return next ? [next] : []
      }),
    )
  return {
    async pools() {
      const items = await windowed(await file.read(), width, (pool) => recordOf(host, pool))
      return { items: items.toSorted((a, b) => (a.name < b.name ? -1 : 1)) }
    },
    pool: async (name) => viewOf(host, await file.find(name)),
    async discover(type, server) {
      if (type === 'netfs' && server === undefined)
        throw new AppError('invalid', 'Enter the server to ask', { field: 'server' })
      throw new AppError('unsupported', folderOnly, { cure: 'Enter the path of a folder.' })
    },
    async previewPool(values) {
      const xml = newPoolXml(values)
      const named = { name: plain(values['name']), type: plain(values['type']) }
      return { xml, commands: poolCommands(xml, named, (words) => ['virsh', ...words].join(' ')) }
    },
    async createPool(input, { signal }) {
      const written = input.values ? newPoolXml(input.values, { build: input.build }) : (input.xml ?? '')
      const { name, document } = writtenPool(written)
      const type = document.root.attribute('type') ?? ''
      refuseToBuild(type, input.build)
      if (type !== 'dir')
        throw new AppError('unsupported', folderOnly, { field: 'type', cure: 'Choose the type “dir”.' })
      const uuid = document.root.find('uuid')?.text() ?? ''
      const pool = poolFrom(uuid === '' ? withUuid(document.toString(), randomUUID()) : document.toString())
      await file.change(async (pools) => {
        if (pools.some((other) => other.name === name)) throw nameTaken(name)
        if (signal.aborted) throw cancelled()
        if (input.build !== 'no') await build(host, pool)
        if (input.start) await refuseMissing(host, pool)
        return [...pools, { ...pool, isActive: input.start, isAutostart: input.autostart }]
      })
      changed(name)
    },
    async editPool(name, { base, values, xml }) {
      const pool = await file.find(name)
      const stored = storedPool(pool.xml, name)
      if (poolFingerprint(stored) !== base) {
        throw new AppError('busy', 'The pool was changed by somebody else meanwhile', {
          cure: 'Look at it as it is now, then make the change again.',
        })
      }
      const { document } = writtenPool(values ? editedPoolXml(stored, values) : (xml ?? ''))
      const next = poolFrom(withIdentity(document, pool))
      await replace(name, (one) => ({ ...one, ...next }))
      changed(name)
    },
    async poolAction(name, action) {
      const pool = await file.find(name)
      switch (action) {
        case 'start':
          if (pool.isActive) throw new AppError('invalid', `The pool ${name} is active already`)
          await refuseMissing(host, pool)
          await replace(name, (one) => ({ ...one, isActive: true }))
          break
        case 'stop':
          needActive(pool)
          await replace(name, (one) => ({ ...one, isActive: false }))
          break
        case 'refresh':
          needActive(pool)
          break
        case 'build':
          await build(host, pool)
          break
        case 'autostart-on':
        case 'autostart-off':
          await replace(name, (one) => ({ ...one, isAutostart: action === 'autostart-on' }))
      }
      changed(name)
    },
    async poolDeletePlan(name) {
      const pool = await file.find(name)
      const content = pool.isActive ? { volumes: (await volumes.volumeNames(name)).volumes } : {}
      return deletePlanOfPool(await recordOf(host, pool), content, await volumes.usage())
    },
    async deletePool(name, what) {
      const pool = await file.find(name)
      if (what === 'everything') {
        const { code, stderr } = await host.commands.run(['rmdir', '--', pool.path])
        if (/not empty/i.test(stderr)) {
          throw new AppError('busy', `The folder ${pool.path} is not empty`, {
            cure: 'Delete its volumes first, or remove the definition only.',
            detail: stderr.trim(),
          })
        }
        if (code !== 0 && !/no such file/i.test(stderr)) throw toolError('rmdir', { stderr, code })
      }
      await replace(name, () => undefined)
      changed(name)
    },
    poolDefinition: async (name) => portablePool(storedPool((await file.find(name)).xml, name)),
  }
}

export function needActive({ name, isActive }: KeptPool): void {
  if (isActive) return
  throw new AppError('invalid', `The pool ${name} is not active`, {
    cure: 'Start it, then its volumes can be seen.',
  })
}

/** Sizes are those of the file system that it is in; one that does not exist yet will be in that of the folder above. */
const sizes = `
p=$1
while [ ! -e "$p" ] && [ "$p" != / ]; do p=$(dirname -- "$p"); done
stat -f --printf '%b %f %a %S' -- "$p"`

async function recordOf({ commands }: QemuHost, pool: KeptPool): Promise<Pool> {
  const { name, uuid, path, isActive, isAutostart } = pool
  const base = { name, uuid, type: 'dir', path, isAutostart, isPersistent: true }
  if (!isActive) return { ...base, state: 'inactive' }
  const { stdout, code } = await commands.run(['sh', '-c', sizes, 'innkeeper', path])
  const [blocks = 0, free = 0, available = 0, unit = 0] = stdout.split(' ').map(Number)
  if (code !== 0) return { ...base, state: 'inaccessible' }
  return {
    ...base,
    state: 'running',
    capacityBytes: blocks * unit,
    allocationBytes: (blocks - free) * unit,
    availableBytes: available * unit,
  }
}

async function viewOf(host: QemuHost, pool: KeptPool): Promise<PoolView> {
  const stored = storedPool(pool.xml, pool.name)
  return {
    base: poolFingerprint(stored),
    pool: await recordOf(host, pool),
    values: readPoolValues(stored.root),
    xml: stored.toString(),
  }
}

function refuseToBuild(type: string, how: 'no' | 'build' | 'overwrite'): void {
  if (how === 'no') return
  const able = poolTypeOf(type)?.build
  if (!able) throw new AppError('unsupported', 'There is nothing to build for a pool of this kind')
  if (how === 'overwrite' && able.overwrites === undefined)
    throw new AppError('unsupported', 'There is nothing to overwrite for a pool of this kind')
}

async function build({ commands }: QemuHost, { path, xml }: Pick<KeptPool, 'path' | 'xml'>): Promise<void> {
  const mode = storedPool(xml, 'the pool').root.find('target', 'permissions', 'mode')?.text()
  const { code, stderr } = await commands.run([
    'mkdir',
    '-p',
    ...(mode === undefined ? [] : ['-m', mode]),
    '--',
    path,
  ])
  if (code !== 0) throw toolError('mkdir', { stderr, code })
}

async function refuseMissing(
  { commands }: QemuHost,
  { name, path }: Pick<KeptPool, 'name' | 'path'>,
): Promise<void> {
  if ((await commands.run(['test', '-d', path])).code === 0) return
  throw new AppError('invalid', `The pool ${name} does not start`, {
    cure: poolTypeOf('dir')?.ifNotStarting ?? `Make the folder ${path} on the host first.`,
    detail: `${path} is no folder of the host`,
  })
}

function nameTaken(name: string): AppError {
  return new AppError('already-exists', `A pool called ${name} exists already`, {
    cure: 'Choose another name.',
    field: 'name',
  })
}

/** The same UUID is the same pool, and a name belongs to one. */
function withIdentity(document: EditDocument, { name, uuid }: KeptPool): string {
  const own = document.root.find('uuid')?.text()
  if (writtenPool(document.toString()).name !== name || (own ?? uuid) !== uuid) {
    throw new AppError('invalid', 'Name and UUID of a pool cannot be changed', {
      cure: 'Create another pool instead.',
      field: 'xml',
    })
  }
  return own === undefined ? withUuid(document.toString(), uuid) : document.toString()
}
