import { afterEach, expect, test, vi } from 'vitest'
import type { ActionContext } from '../../backend'
import type { LibvirtSession } from '../../../libvirt-rpc/index'
import type { LibvirtHost } from '../host'
import { fakeRpc, hostError } from '../testing/fake-rpc'
import { translated } from '../translated'
import { poolsOf, type PoolsPart } from './pools'

const uuid = '0f1e2d3c-0000-4000-8000-000000000001'
const pool = { name: 'images', uuid }
const context = (signal = new AbortController().signal): ActionContext => ({ signal, onProgress: () => {} })
const folder = { type: 'dir', name: 'images', path: '/srv/images' }
const none = () => {
  throw hostError('VIR_ERR_NO_STORAGE_POOL')
}
const quiet = { pools: [], ret: 0 }

afterEach(() => {
  vi.useRealTimers()
})

function partOf(rpc: LibvirtSession, changed: string[] = []): PoolsPart {
  return translated(
    poolsOf({ rpc } as unknown as LibvirtHost, {
      hostname: 'h',
      virsh: (words) => `virsh ${words.join(' ')}`,
      changed: (name) => changed.push(name),
      usage: async () => ({ users: {}, unread: [] }),
    }),
  )
}

const making = {
  CONNECT_LIST_ALL_STORAGE_POOLS: () => quiet,
  STORAGE_POOL_LOOKUP_BY_NAME: none,
  STORAGE_POOL_DEFINE_XML: () => ({ pool }),
  STORAGE_POOL_BUILD: () => undefined,
  STORAGE_POOL_CREATE: () => undefined,
  STORAGE_POOL_SET_AUTOSTART: () => undefined,
  STORAGE_POOL_DESTROY: () => undefined,
  STORAGE_POOL_UNDEFINE: () => undefined,
}
const steps = (calls: readonly { name: string }[]): string[] =>
  calls.map(({ name }) => name.replace('STORAGE_POOL_', '')).filter((name) => !/^CONNECT|^LOOKUP/.test(name))

test('a pool is defined, built, started and set to start with the host, in this order', async () => {
  const { session, calls } = fakeRpc(making)
  await partOf(session).createPool(
    { values: folder, build: 'build', start: true, autostart: true },
    context(),
  )
  expect(steps(calls)).toEqual(['DEFINE_XML', 'BUILD', 'CREATE', 'SET_AUTOSTART'])
  expect(calls.find(({ name }) => name === 'STORAGE_POOL_BUILD')?.args).toEqual({ pool, flags: 0 })
})

test('only what asks first what is on a device is told not to write over it, and to do so only when wanted', async () => {
  const device = {
    type: 'fs',
    name: 'images',
    device: '/dev/disk/by-id/x',
    fileSystem: 'ext4',
    path: '/mnt/x',
  }
  for (const [build, flags] of [
    ['build', 4],
    ['overwrite', 8],
  ] as const) {
    const { session, calls } = fakeRpc(making)
    await partOf(session).createPool({ values: device, build, start: false, autostart: false }, context())
    expect(calls.find(({ name }) => name === 'STORAGE_POOL_BUILD')?.args).toEqual({ pool, flags })
  }
})

test('a volume group is stored without its devices once it is built, as the same pool', async () => {
  const { session, calls } = fakeRpc(making)
  const values = {
    type: 'logical',
    name: 'images',
    volumeGroup: 'vg0',
    devices: [{ path: '/dev/disk/by-id/x' }],
  }
  await partOf(session).createPool({ values, build: 'build', start: true, autostart: false }, context())
  expect(steps(calls)).toEqual(['DEFINE_XML', 'BUILD', 'DEFINE_XML', 'CREATE'])
  const defined = calls.filter(({ name }) => name === 'STORAGE_POOL_DEFINE_XML').map(({ args }) => args)
  expect(defined[0]).toMatchObject({ xml: expect.stringContaining("<device path='/dev/disk/by-id/x'/>") })
  expect(defined[1]).toMatchObject({ xml: expect.stringContaining(`<uuid>${uuid}</uuid>`) })
  expect(defined[1]).not.toMatchObject({ xml: expect.stringContaining('<device') })
})

test('what fails is undone as far as it got, and the first error is the one that is told', async () => {
  const fails = (step: keyof typeof making, error = hostError('VIR_ERR_INTERNAL_ERROR', 'mount: no')) =>
    fakeRpc({
      ...making,
      [step]: () => {
        throw error
      },
    })
  const all = { values: folder, build: 'build', start: true, autostart: true } as const
  const start = fails('STORAGE_POOL_CREATE')
  await expect(partOf(start.session).createPool(all, context())).rejects.toMatchObject({
    kind: 'invalid',
    message: 'The pool images does not start',
    detail: 'mount: no',
  })
  expect(steps(start.calls)).toEqual(['DEFINE_XML', 'BUILD', 'CREATE', 'UNDEFINE'])
  const autostart = fails('STORAGE_POOL_SET_AUTOSTART')
  await expect(partOf(autostart.session).createPool(all, context())).rejects.toMatchObject({
    kind: 'internal',
  })
  expect(steps(autostart.calls).slice(-2)).toEqual(['DESTROY', 'UNDEFINE'])
  const built = fails('STORAGE_POOL_BUILD', hostError('VIR_ERR_OPERATION_INVALID', 'already formatted'))
  await expect(partOf(built.session).createPool(all, context())).rejects.toMatchObject({
    kind: 'already-exists',
  })
  expect(steps(built.calls)).toEqual(['DEFINE_XML', 'BUILD', 'UNDEFINE'])
})

test('who cancels does not wait for a server that does not answer; what it makes is undone when it does', async () => {
  let answer: () => void = () => {}
  const { session, calls } = fakeRpc({
    ...making,
    STORAGE_POOL_CREATE: () => new Promise<void>((resolve) => (answer = resolve)),
  })
  const stop = new AbortController()
  const all = { values: folder, build: 'no', start: true, autostart: true } as const
  const created = partOf(session).createPool(all, context(stop.signal))
  await expect.poll(() => steps(calls)).toContain('CREATE')
  stop.abort()
  await expect(created).rejects.toMatchObject({ kind: 'cancelled' })
  expect(steps(calls)).toEqual(['DEFINE_XML', 'CREATE'])
  answer()
  await expect.poll(() => steps(calls)).toEqual(['DEFINE_XML', 'CREATE', 'DESTROY', 'UNDEFINE'])
})

const described = `<pool type='netfs'><name>images</name><uuid>${uuid}</uuid>
  <source><host name='nas'/><dir path='/exports/images'/></source><target><path>/mnt</path></target></pool>`
const info = { state: 2, capacity: 10, allocation: 4, available: 6 }

test('when the list of pools does not come, what is known of them is asked for one by one', async () => {
  vi.useFakeTimers()
  let isStuck = false
  const never = new Promise<never>(() => {})
  const { session, calls } = fakeRpc({
    ...making,
    CONNECT_LIST_ALL_STORAGE_POOLS: () => (isStuck ? never : { pools: [pool], ret: 1 }),
    STORAGE_POOL_GET_INFO: () => info,
    STORAGE_POOL_GET_XML_DESC: () => ({ xml: described }),
  })
  const part = partOf(session)
  expect((await part.pools()).items).toMatchObject([{ name: 'images', state: 'running', capacityBytes: 10 }])
  isStuck = true
  const late = part.pools()
  await vi.advanceTimersByTimeAsync(5000)
  expect(await late).toMatchObject({ items: [{ name: 'images' }], error: { kind: 'timed-out' } })
  const asked = calls.filter(({ name }) => name === 'CONNECT_LIST_ALL_STORAGE_POOLS').length
  // nothing is defined meanwhile, and the list is not asked for again
  const made = part
    .createPool({ values: folder, build: 'no', start: false, autostart: false }, context())
    .catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(5000)
  expect(await made).toMatchObject({ kind: 'busy' })
  expect(calls.filter(({ name }) => name === 'CONNECT_LIST_ALL_STORAGE_POOLS')).toHaveLength(asked)
  expect(steps(calls)).not.toContain('DEFINE_XML')
})

test('exports that a file server tells are found, and those that a pool has are marked', async () => {
  const { session, calls } = fakeRpc({
    CONNECT_LIST_ALL_STORAGE_POOLS: () => ({ pools: [pool], ret: 1 }),
    STORAGE_POOL_GET_INFO: () => info,
    STORAGE_POOL_GET_XML_DESC: () => ({ xml: described }),
    STORAGE_POOL_LOOKUP_BY_NAME: () => ({ pool }),
    CONNECT_FIND_STORAGE_POOL_SOURCES: () => ({
      xml: `<sources>
        <source><host name='nas'/><dir path='/exports/images'/><format type='nfs'/></source>
        <source><host name='nas'/><dir path='/exports/isos'/><format type='nfs'/></source></sources>`,
    }),
  })
  expect(await partOf(session).discover('netfs', 'nas')).toEqual([
    {
      label: '/exports/images',
      values: { server: 'nas', exportPath: '/exports/images', share: 'nfs' },
      usedBy: 'images',
    },
    { label: '/exports/isos', values: { server: 'nas', exportPath: '/exports/isos', share: 'nfs' } },
  ])
  const asked = calls.find(({ name }) => name === 'CONNECT_FIND_STORAGE_POOL_SOURCES')?.args
  expect(asked).toMatchObject({ type: 'netfs', srcSpec: expect.stringMatching(/<host name='nas'\/>/) })
})

test('a server that cannot be asked is told at its field, with the words of the host', async () => {
  const { session } = fakeRpc({
    CONNECT_LIST_ALL_STORAGE_POOLS: () => quiet,
    CONNECT_FIND_STORAGE_POOL_SOURCES: () => {
      throw hostError('VIR_ERR_INTERNAL_ERROR', 'showmount: RPC timed out')
    },
  })
  await expect(partOf(session).discover('netfs', `na's`)).rejects.toMatchObject({
    kind: 'invalid',
    field: 'server',
    detail: 'showmount: RPC timed out',
  })
})

test('a pool that could not be destroyed goes on as before', async () => {
  const { session, calls } = fakeRpc({
    ...making,
    STORAGE_POOL_LOOKUP_BY_NAME: () => ({ pool }),
    STORAGE_POOL_GET_INFO: () => info,
    STORAGE_POOL_GET_AUTOSTART: () => ({ autostart: 1 }),
    STORAGE_POOL_IS_PERSISTENT: () => ({ persistent: 1 }),
    STORAGE_POOL_GET_XML_DESC: () => ({ xml: described }),
    STORAGE_POOL_DELETE: () => {
      throw hostError('VIR_ERR_SYSTEM_ERROR', 'Directory not empty')
    },
  })
  await expect(partOf(session).deletePool('images', 'everything', context())).rejects.toMatchObject({
    kind: 'invalid',
    detail: 'Directory not empty',
  })
  expect(steps(calls).filter((step) => !/^GET|^IS/.test(step))).toEqual(['DESTROY', 'DELETE', 'CREATE'])
})

test('autostart, of which the daemon tells nobody, is told', async () => {
  const changed: string[] = []
  const { session } = fakeRpc({
    ...making,
    STORAGE_POOL_LOOKUP_BY_NAME: () => ({ pool }),
    STORAGE_POOL_GET_XML_DESC: () => ({ xml: described }),
  })
  const part = partOf(session, changed)
  await part.poolAction('images', 'autostart-on')
  expect(changed).toEqual(['images'])
  await part.poolAction('images', 'stop')
  expect(changed).toEqual(['images'])
})
