/** Pools of a libvirt host. All on the connections for long work: a server that does not answer keeps nobody waiting. */
import { AppError } from '../../../../shared/errors'
import { plain } from '../../../../shared/model/hardware/field'
import type { EditPoolInput, PoolAction, PoolView } from '../../../../shared/model/storage/pool'
import { poolCommands } from '../../../domain-xml/storage/pool-commands'
import {
  editedPoolXml,
  newPoolXml,
  poolFingerprint,
  portablePool,
  readPoolValues,
  writtenPool,
} from '../../../domain-xml/storage/pool-document'
import type { StoragePoolHandle } from '../../../libvirt-rpc/index'
import type { StorageSession } from '../../storage-session'
import { given } from '../../../../shared/given'
import type { LibvirtHost } from '../host'
import { listed, readEach } from '../host-choices-sweep'
import { buildPool, createPool } from './pool-create'
import { deletePool, workOutDelete } from './pool-delete'
import { inPool, type PoolNamed } from './pool-errors'
import { PoolList } from './pool-list'
import { lookUp, readPool, readStored, refuseTransient } from './pool-record'
import { findSources, type PoolValues } from './pool-sources'

export type PoolsPart = Pick<
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

export interface PoolSurroundings {
  /** As the host calls itself. */
  readonly hostname: string
  virsh(words: readonly string[]): string
  /** For what the daemon has no event. */
  changed(pool: string): void
  usage: StorageSession['usage']
}

export function poolsOf(host: LibvirtHost, around: PoolSurroundings): PoolsPart {
  const list = new PoolList(host)
  return {
    pools: () => listed(() => list.read()),
    pool: (name) => viewOf(host, name),
    discover: async (type, server, initiator) =>
      findSources(
        host,
        { type, ...given('server', server), ...given('initiator', initiator), hostname: around.hostname },
        await valuesOf(host, list),
      ),
    async previewPool(values) {
      const xml = newPoolXml(values)
      const named = { name: plain(values['name']), type: plain(values['type']) }
      return { xml, commands: poolCommands(xml, named, around.virsh) }
    },
    async createPool(input, context) {
      await list.refuseWhileStuck()
      await createPool(host, input, context)
    },
    async editPool(name, change) {
      await list.refuseWhileStuck()
      await editPool(host, name, change)
    },
    async poolAction(name, action) {
      await act(host, name, action)
      if (action !== 'start' && action !== 'stop' && action !== 'refresh') around.changed(name)
    },
    poolDeletePlan: (name) => workOutDelete(host, name, around.usage),
    deletePool: (name, what) => deletePool(host, name, what),
    async poolDefinition(name) {
      return portablePool(await readStored(host, await lookUp(host, name)))
    },
  }
}

async function viewOf(host: LibvirtHost, name: string): Promise<PoolView> {
  const handle = await lookUp(host, name)
  const [pool, stored] = await Promise.all([readPool(host, handle), readStored(host, handle)])
  return { base: poolFingerprint(stored), pool, values: readPoolValues(stored.root), xml: stored.toString() }
}

/** What the pools are made of; one that cannot be read is left out. */
async function valuesOf(host: LibvirtHost, list: PoolList): Promise<readonly PoolValues[]> {
  const { items } = await listed(() => list.read())
  const read = await readEach(items, async ({ name }) => {
    const stored = await readStored(host, await lookUp(host, name))
    return { name, values: readPoolValues(stored.root) }
  })
  return read.items
}

async function editPool(
  host: LibvirtHost,
  name: string,
  { base, values, xml }: Omit<EditPoolInput, 'host' | 'pool'>,
): Promise<void> {
  const { rpc } = host
  const handle = await lookUp(host, name)
  const [pool, stored] = await Promise.all([readPool(host, handle), readStored(host, handle)])
  refuseTransient(pool)
  if (poolFingerprint(stored) !== base) {
    throw new AppError('busy', 'The pool was changed by somebody else meanwhile', {
      cure: 'Look at it as it is now, then make the change again.',
    })
  }
  const next = values ? editedPoolXml(stored, values) : (xml ?? '')
  refuseOther(next, name, pool.uuid)
  await inPool({ name, type: pool.type }, 'define', () =>
    rpc.callJob('STORAGE_POOL_DEFINE_XML', { xml: next, flags: 0 }, { timeoutMs: 40_000 }),
  )
}

/** With another name or UUID it would be another pool, beside this one. */
function refuseOther(xml: string, name: string, uuid: string): void {
  const written = writtenPool(xml)
  const writtenUuid = written.document.root.find('uuid')?.text()
  if (written.name === name && writtenUuid?.toLowerCase() === uuid.toLowerCase()) return
  throw new AppError('invalid', 'Name and UUID of a pool cannot be changed', {
    cure: 'Leave both as they are, or create another pool of this XML.',
    field: 'xml',
  })
}

async function refuseActive(host: LibvirtHost, handle: StoragePoolHandle): Promise<void> {
  const { state } = await readPool(host, handle)
  if (state !== 'inactive') throw new AppError('invalid', 'The pool is active', { cure: 'Stop it first.' })
}

async function act(host: LibvirtHost, name: string, action: PoolAction): Promise<void> {
  const { rpc } = host
  const pool = await lookUp(host, name)
  const type = (await readStored(host, pool)).root.attribute('type') ?? ''
  const named: PoolNamed = { name, type }
  switch (action) {
    case 'start':
      await inPool(named, 'start', () => rpc.callJob('STORAGE_POOL_CREATE', { pool, flags: 0 }))
      break
    case 'stop':
      await inPool(named, 'stop', () => rpc.callJob('STORAGE_POOL_DESTROY', { pool }))
      break
    case 'refresh':
      await inPool(named, 'refresh', () => rpc.callJob('STORAGE_POOL_REFRESH', { pool, flags: 0 }))
      break
    case 'build':
      await refuseActive(host, pool)
      await buildPool(host, pool, type, 'build')
      break
    case 'autostart-on':
    case 'autostart-off': {
      const autostart = action === 'autostart-on' ? 1 : 0
      await inPool(named, 'autostart', () =>
        rpc.callJob('STORAGE_POOL_SET_AUTOSTART', { pool, autostart }, { timeoutMs: 40_000 }),
      )
    }
  }
}
