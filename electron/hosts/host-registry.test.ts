import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../shared/errors'
import type { AppEmitters } from '../../shared/ipc/contract'
import type { StatsTick } from '../../shared/model/stats'
import { openSettings } from '../settings/settings'
import { HostRegistry } from './host-registry'
import { Prompts } from './prompts'
import { Revisions } from './revisions'
import { idOf, TinyBackend, TinySession, vm } from './testing/tiny-backend'

type HostChange = Parameters<AppEmitters['hosts']['changed']>[0]
type VmsChange = Parameters<AppEmitters['vms']['changed']>[0]

let directory: string
let backend: TinyBackend
let hosts: HostRegistry
let hostChanges: HostChange[]
let orders: (readonly string[])[]
let vmChanges: VmsChange[]
let ticks: StatsTick[]
const open: HostRegistry[] = []

async function start(): Promise<HostRegistry> {
  const revisions = new Revisions()
  const registry = new HostRegistry({
    backends: [backend],
    settings: await openSettings(directory),
    prompts: new Prompts({ emit: { prompts: { changed: () => undefined } } }),
    revisions,
    emit: {
      hosts: {
        changed: (change) => hostChanges.push(change),
        resourceChanged: () => undefined,
        reordered: ({ order }) => orders.push(order),
      },
      vms: { changed: (change) => vmChanges.push(change) },
      stats: { tick: (tick) => ticks.push(tick), hostTick: () => undefined },
    },
  })
  open.push(registry)
  await registry.start()
  return registry
}

beforeEach(async () => {
  vi.useFakeTimers()
  directory = await mkdtemp(join(tmpdir(), 'hosts-'))
  backend = new TinyBackend().next(async () => new TinySession([vm(1), vm(2)]))
  hostChanges = []
  orders = []
  vmChanges = []
  ticks = []
  hosts = await start()
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((registry) => registry.close()))
  vi.useRealTimers()
  await rm(directory, { recursive: true, force: true })
})

const advance = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)
const add = (uri: string, more = {}) => hosts.add({ uri, autoconnect: false, ...more })
const hostList = () => hosts.list().items

describe('host list', () => {
  it('adds a host and connects it, naming it after its URI', async () => {
    const id = await add('tiny+ssh://root@lab/system')
    await advance(20)
    expect(hostList()).toMatchObject([
      { id, label: 'lab', isDemo: false, status: { kind: 'connected' }, lastInfo: { hostname: 'tiny' } },
    ])
    expect(hosts.listVms().items.map((one) => one.name)).toEqual(['vm-1', 'vm-2'])
    expect(hosts.get(id).info.hostname).toBe('tiny')
    expect(hosts.log(id).map((line) => line.text)).toContain('Connected to tiny: TINY')
  })

  it.each([
    ['nonsense', 'invalid'],
    ['tiny+carrier-pigeon://x/', 'invalid'],
    ['esx://vcenter/', 'unsupported'],
  ])('refuses %s as %s, naming the field', async (uri, kind) => {
    await expect(add(uri)).rejects.toMatchObject({ kind, field: 'uri' })
    expect(hostList()).toEqual([])
  })

  it('refuses a host that is there already, however it is written', async () => {
    await add('tiny+ssh://root@Lab/system', { label: 'My lab' })
    await expect(add(' tiny+ssh://root@lab/system')).rejects.toMatchObject({
      kind: 'already-exists',
      message: 'This host is already in the list as "My lab"',
    })
    await add('tiny+ssh://maria@lab/system')
    expect(hostList()).toHaveLength(2)
  })

  it('adds the demo host once', async () => {
    const id = await hosts.addDemo()
    expect(await hosts.addDemo()).toBe(id)
    expect(hostList()).toMatchObject([{ isDemo: true, uri: 'demo://local/', label: 'Demo host' }])
  })

  it('changes label and autoconnect, and an empty label means the default one', async () => {
    const id = await add('tiny+ssh://lab/', { label: 'A' })
    await hosts.update({ host: id, autoconnect: true })
    expect(hostList()).toMatchObject([{ label: 'A', autoconnect: true }])
    await hosts.update({ host: id, label: '' })
    expect(hostList()).toMatchObject([{ label: 'lab', autoconnect: true }])
    expect(hosts.labelOf(id)).toBe('lab')
  })

  it('removes a host with its VMs and its connection, for good', async () => {
    const session = new TinySession([vm(1)])
    backend = new TinyBackend().next(async () => session)
    hosts = await start()
    const id = await add('tiny:///')
    await advance(20)
    vmChanges = []
    await hosts.remove(id)
    expect(vmChanges.flatMap((change) => change.changes)).toEqual([
      { kind: 'removed', ref: { host: id, vm: idOf(1) } },
    ])
    expect(hostChanges.at(-1)).toMatchObject({ kind: 'removed', id })
    expect(session.isClosed).toBe(true)
    expect(() => hosts.get(id)).toThrow(expect.objectContaining({ kind: 'not-found' }))
    await hosts.close()
    hosts = await start()
    expect(hostList()).toEqual([])
  })

  it('tells unreachable hosts and vanished VMs apart', async () => {
    backend.next(() => Promise.reject(new AppError('denied', 'No')))
    const id = await add('tiny:///a')
    await advance(20)
    await hosts.disconnect(id)
    expect(() => hosts.get(id)).toThrow(expect.objectContaining({ kind: 'unreachable' }))
    expect(() => hosts.vm({ host: id, vm: idOf(9) })).toThrow(expect.objectContaining({ kind: 'not-found' }))
  })
})

describe('changes of many hosts', () => {
  it('send many VMs as one message, with revisions that only grow', async () => {
    await Promise.all(['a', 'b', 'c'].map((path) => add(`tiny:///${path}`)))
    await advance(20)
    expect(vmChanges).toHaveLength(1)
    expect(vmChanges[0]?.changes).toHaveLength(6)
    const revisions = [...hostChanges, ...vmChanges].map((change) => change.revision).sort((x, y) => x - y)
    expect(new Set(revisions).size).toBe(revisions.length)
    expect(hosts.list().revision).toBe(revisions.at(-1))
  })

  it('tell only the last of several changes of one VM within a frame', async () => {
    const session = new TinySession([vm(1)])
    backend = new TinyBackend().next(async () => session)
    hosts = await start()
    await add('tiny:///')
    await advance(20)
    vmChanges = []
    for (const state of ['running', 'paused', 'running'] as const) {
      session.tell({ kind: 'vm-changed', vm: vm(1, { state }) })
    }
    await advance(16)
    expect(vmChanges).toMatchObject([{ changes: [{ kind: 'put', vm: { state: 'running' } }] }])
  })

  it('are not held up by a host that hangs, fails or throws', async () => {
    const good = new TinySession([vm(1)])
    const hanging = new TinySession([])
    hanging.counters = () => new Promise(() => undefined)
    backend = new TinyBackend()
      .next(() => new Promise(() => undefined))
      .next(() => {
        throw new TypeError('a bug')
      })
      .next(async () => hanging)
      .next(async () => good)
    hosts = await start()
    for (const path of ['hangs', 'throws', 'slow', 'good']) await add(`tiny:///${path}`)
    await advance(5000)
    expect(hostList().map((host) => host.status.kind)).toEqual([
      'connecting',
      expect.stringMatching(/failed|connect/),
      'connected',
      'connected',
    ])
    const { id } = hostList().at(-1) ?? {}
    expect(ticks.filter((tick) => tick.host === id).length).toBeGreaterThanOrEqual(2)
  })
})

describe('after a restart', () => {
  it('shows hosts and their last known VMs before anything is connected', async () => {
    await add('tiny+ssh://lab/', { label: 'Lab' })
    await advance(20)
    expect(hostList()[0]?.lastHeardMs).toBeUndefined()
    await hosts.close()
    const heardMs = hostList()[0]?.lastHeardMs
    expect(heardMs).toEqual(expect.any(Number))
    backend = new TinyBackend()
    vmChanges = []
    hosts = await start()
    expect(hostList()).toMatchObject([
      {
        label: 'Lab',
        status: { kind: 'disconnected' },
        lastInfo: { hostname: 'tiny' },
        lastHeardMs: heardMs,
      },
    ])
    expect(hosts.listVms().items.map((one) => one.name)).toEqual(['vm-1', 'vm-2'])
    expect(backend.requests).toEqual([])
  })

  it('connects the hosts that are to connect by themselves', async () => {
    await add('tiny:///a', { autoconnect: true, keyFile: '/keys/a' })
    await add('tiny:///b')
    await hosts.close()
    backend = new TinyBackend().next(async () => new TinySession([]))
    hosts = await start()
    await advance(20)
    expect(backend.requests).toMatchObject([{ uri: 'tiny:///a', keyFile: '/keys/a' }])
    expect(hostList().map((host) => host.status.kind)).toEqual(['connected', 'disconnected'])
  })

  it('connects the first few at once and the others one after the other', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await add(`tiny:///${name}`, { autoconnect: true })
    await hosts.close()
    backend = new TinyBackend().next(async () => new TinySession([]))
    hosts = await start()
    expect(backend.requests).toHaveLength(3)
    await advance(90)
    expect(backend.requests).toHaveLength(4)
    await advance(400)
    expect(hostList().map((host) => host.status.kind)).toEqual(Array.from({ length: 6 }, () => 'connected'))
  })

  it('keeps a host whose driver is no longer there, and says so when connecting', async () => {
    const id = await add('tiny:///')
    await hosts.close()
    const tiny = backend
    backend = Object.assign(new TinyBackend(), { accepts: () => false })
    hosts = await start()
    hosts.connect(id)
    await advance(20)
    expect(hostList()).toMatchObject([{ status: { kind: 'failed', error: { kind: 'unsupported' } } }])
    expect(tiny.requests).toHaveLength(1)
  })
})

describe('changing the list', () => {
  it('reaches a connected host anew when the way to it changes', async () => {
    const id = await add('tiny:///a')
    await advance(20)
    await hosts.update({ host: id, uri: 'tiny:///b', readOnly: true, sshEngine: 'system' })
    await advance(20)
    expect(backend.requests.at(-1)).toMatchObject({ uri: 'tiny:///b', readOnly: true, sshEngine: 'system' })
    expect(hostList()).toMatchObject([
      { id, uri: 'tiny:///b', readOnly: true, status: { kind: 'connected' } },
    ])
  })

  it('keeps where new disks and network cards of a host go, until it is taken away', async () => {
    const id = await add('tiny:///a')
    await advance(20)
    const session = hosts.get(id)
    await hosts.update({ host: id, usualPool: 'fast', usualNetwork: 'office' })
    await hosts.update({ host: id, label: 'Rack' })
    expect(hostList()).toMatchObject([{ label: 'Rack', usualPool: 'fast', usualNetwork: 'office' }])
    expect(hosts.get(id)).toBe(session)
    await hosts.update({ host: id, usualPool: '' })
    expect(hostList()[0]).not.toHaveProperty('usualPool')
    expect(hostList()).toMatchObject([{ usualNetwork: 'office' }])
  })

  it('leaves the connection alone when only its name changes', async () => {
    const id = await add('tiny:///a')
    await advance(20)
    const session = hosts.get(id)
    await hosts.update({ host: id, label: 'Rack', group: 'Site' })
    expect(hosts.get(id)).toBe(session)
    expect(hostList()).toMatchObject([{ label: 'Rack', group: 'Site' }])
  })

  it('does not connect a disconnected host because it was edited', async () => {
    const id = await add('tiny:///a')
    await hosts.disconnect(id)
    await hosts.update({ host: id, uri: 'tiny:///b' })
    await advance(20)
    expect(hostList()).toMatchObject([{ status: { kind: 'disconnected' } }])
  })

  it.each([
    ['nonsense', 'invalid'],
    ['esx://vcenter/', 'unsupported'],
    ['tiny:///taken', 'already-exists'],
  ])('refuses to change a URI to %s as %s', async (uri, kind) => {
    await add('tiny:///taken')
    const id = await add('tiny:///a')
    await expect(hosts.update({ host: id, uri })).rejects.toMatchObject({ kind, field: 'uri' })
    expect(hostList()[1]?.uri).toBe('tiny:///a')
  })

  it('takes label, group and key file away when they are emptied', async () => {
    const id = await add('tiny:///a', { label: 'L', group: 'G', keyFile: '/k' })
    await hosts.update({ host: id, label: '', group: '', keyFile: '' })
    expect(hostList()[0]).toMatchObject({ label: 'Local tiny' })
    expect(hostList()[0]).not.toHaveProperty('group')
    expect(hostList()[0]).not.toHaveProperty('keyFile')
  })

  it('keeps order and groups over a restart', async () => {
    const [a, b, c] = [await add('tiny:///a'), await add('tiny:///b'), await add('tiny:///c')]
    await hosts.move({ host: c, group: 'Site', before: a })
    await hosts.move({ host: a, group: 'Site' })
    expect(orders).toEqual([
      [c, a, b],
      [c, b, a],
    ])
    await hosts.renameGroup({ group: 'Site', name: 'Berlin' })
    await hosts.close()
    hosts = await start()
    expect(hostList().map((host) => [host.id, host.group])).toEqual([
      [c, 'Berlin'],
      [b, undefined],
      [a, 'Berlin'],
    ])
  })

  it('tells each host whose group changed', async () => {
    const id = await add('tiny:///a', { group: 'Old' })
    hostChanges = []
    await hosts.renameGroup({ group: 'Old', name: '' })
    expect(hostChanges).toMatchObject([{ kind: 'put', item: { id } }])
    expect(hostList()[0]).not.toHaveProperty('group')
  })

  it('adds many at once, connects only those that are to, and answers for each that is refused', async () => {
    await add('tiny:///there')
    await advance(20)
    const { added, skipped } = await hosts.addMany([
      { uri: 'tiny:///one', autoconnect: true },
      { uri: 'tiny:///two', autoconnect: false, group: 'New' },
      { uri: 'tiny:///one', autoconnect: true },
      { uri: 'tiny:///there', autoconnect: true },
      { uri: 'nonsense', autoconnect: true },
    ])
    await advance(20)
    expect(added).toHaveLength(2)
    expect(skipped.map(({ uri, error }) => [uri, error.kind])).toEqual([
      ['tiny:///one', 'already-exists'],
      ['tiny:///there', 'already-exists'],
      ['nonsense', 'invalid'],
    ])
    expect(hostList().map((host) => [host.uri, host.status.kind])).toEqual([
      ['tiny:///there', 'connected'],
      ['tiny:///one', 'connected'],
      ['tiny:///two', 'disconnected'],
    ])
  })

  it('says that a group is gone', async () => {
    await expect(hosts.renameGroup({ group: 'None', name: 'x' })).rejects.toMatchObject({ kind: 'not-found' })
  })
})
