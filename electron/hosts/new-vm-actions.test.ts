import { beforeEach, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { vmId } from '../../shared/model/ids'
import type { CloudInit } from '../../shared/model/new-vm/cloud'
import type { Task } from '../../shared/model/task'
import type { HypervisorSession } from '../backends/backend'
import { demo, failing, type Demo } from '../new-vm/testing/demo'
import { disk, gib, wanted } from '../new-vm/testing/inputs'
import { standIn } from '../new-vm/testing/stand-in-writer'
import { findTestGuestPlace, testDiskBytes } from '../new-vm/test-guest/test-guest'
import { definitionWriter } from '../new-vm/writer'
import { OperatingSystems } from '../os-catalogue/operating-systems'
import { TaskList } from '../tasks/task-list'
import { NewVmActions } from './new-vm-actions'
import { Revisions } from './revisions'

let one: Demo
let session: HypervisorSession
let tasks: TaskList
let actions: NewVmActions
let ended: Promise<Task>

beforeEach(async () => {
  one = await demo()
  session = one.session
  let tell: (task: Task) => void
  ended = new Promise((resolve) => (tell = resolve))
  const changed = (change: { readonly kind: string; readonly item?: Task }): void => {
    if (change.item && change.item.state !== 'running') tell(change.item)
  }
  tasks = new TaskList({ emit: { tasks: { changed } }, revisions: new Revisions() })
  actions = new NewVmActions({ tasks, hosts: { get: () => session }, writer: standIn })
})

it('a VM is made by a task that has its id and the equal command', async () => {
  const id = await actions.create(wanted())
  expect(tasks.list().items).toMatchObject([
    {
      id,
      kind: 'vm.create',
      title: 'Creating new-01',
      canCancel: true,
      command: 'virt-install --name new-01',
    },
  ])
  const task = await ended
  expect(task.state).toBe('succeeded')
  expect(task.vm).toBe(one.host.byName('new-01')?.definition.id)
})

it('what stands against it is refused at once, with the field, and starts nothing', async () => {
  await expect(actions.create(wanted({ name: 'web-01' }))).rejects.toMatchObject({
    kind: 'invalid',
    field: 'name',
  })
  await expect(
    actions.create(wanted({ disks: [disk({ isFull: true, sizeBytes: 9000 * gib })] })),
  ).rejects.toMatchObject({
    field: 'disks.0.sizeBytes',
  })
  expect(tasks.list().items).toEqual([])
})

it('several are not made as if they were one', async () => {
  await expect(actions.create(wanted({ count: 3 }))).rejects.toMatchObject({
    kind: 'invalid',
    field: 'count',
  })
  expect(tasks.list().items).toEqual([])
  await actions.create(wanted({ count: 1 }))
  expect((await ended).state).toBe('succeeded')
})

it('a test guest is made without a question: its disk is uploaded, and it runs', async () => {
  const id = await actions.createTest(wanted().host)
  const task = await ended
  expect(task).toMatchObject({ id, title: 'Creating test-guest', state: 'succeeded' })
  const made = one.host.byName('test-guest')
  expect(made?.state).toBe('running')
  expect(task.vm).toBe(made?.definition.id)
  const path = made?.definition.disks[0]?.source ?? ''
  expect(one.host.files.get(path)).toMatchObject({ sizeBytes: testDiskBytes, format: 'raw' })
})

it('a second test guest stands beside the first', async () => {
  const { disk: first } = await findTestGuestPlace(session)
  await actions.createTest(wanted().host)
  await ended
  const { name, disk: second } = await findTestGuestPlace(session)
  expect(name).toBe('test-guest-2')
  expect(second).not.toEqual(first)
})

it('a test guest that does not start with acceleration is emulated, and its description says why', async () => {
  const whole = session
  const started = failing(whole, {
    power: async (vm, action, context) => {
      if (one.host.vms.get(vm)?.definition.description?.includes('emulated') !== true)
        throw new AppError('internal', 'KVM is locked by another program')
      await whole.power(vm, action, context)
    },
  })
  session = started
  const writer = definitionWriter(
    async () => undefined,
    async () => {
      throw new AppError('not-found', 'There is no tree')
    },
  )
  actions = new NewVmActions({ tasks, hosts: { get: () => session }, writer })
  await actions.createTest(wanted().host)
  expect((await ended).error).toBeUndefined()
  const made = one.host.byName('test-guest')
  expect(made?.state).toBe('running')
  expect((await session.overview(vmId.parse(made?.definition.id))).description).toContain(
    'did not start with kvm:\nKVM is locked by another program',
  )
})

it('a test guest that the host does not take leaves no disk behind', async () => {
  const { disk: at } = await findTestGuestPlace(session)
  const refused = failing(session.creation, {
    define: async () => {
      throw new AppError('invalid', 'The host wants nothing')
    },
  })
  session = failing(session, { creation: refused })
  await actions.createTest(wanted().host)
  expect((await ended).error?.message).toBe('The host wants nothing')
  expect((await session.storage.volumeNames(at.pool)).volumes.map(({ name }) => name)).not.toContain(
    at.volume,
  )
})

it('a test guest is refused at once where there is no PC, or no pool for its disk', async () => {
  const capabilities = await session.capabilities()
  const arms = capabilities.guests.map((kind) => ({ ...kind, architecture: 'aarch64' }))
  const whole = session
  session = failing(whole, { capabilities: async () => ({ ...capabilities, guests: arms }) })
  await expect(actions.createTest(wanted().host)).rejects.toMatchObject({ kind: 'unsupported' })
  const choices = await whole.hostChoices()
  session = failing(whole, { hostChoices: async () => ({ ...choices, pools: { items: [] } }) })
  await expect(actions.createTest(wanted().host)).rejects.toMatchObject({
    kind: 'invalid',
    cure: 'Make a pool of a folder on the page Storage of the host, or start one.',
  })
  expect(tasks.list().items).toEqual([])
})

it('a plan is told with its problems instead', async () => {
  expect((await actions.plan(wanted({ name: 'web-01' }))).problems).toMatchObject([
    { level: 'error', field: 'name' },
  ])
})

it('a connection that only looks plans, and creates nothing', async () => {
  session = failing(session, { info: { ...session.info, isReadOnly: true } })
  expect((await actions.plan(wanted())).problems).toEqual([])
  await expect(actions.create(wanted())).rejects.toMatchObject({ kind: 'denied' })
  expect(tasks.list().items).toEqual([])
})

it('a cancelled task leaves nothing of it', async () => {
  const id = await actions.create(wanted({ disks: [disk(), disk()] }))
  tasks.cancel(id)
  expect((await ended).state).toBe('cancelled')
  expect(one.host.byName('new-01')).toBeUndefined()
  expect([...one.host.files.keys()].filter((path) => path.includes('new-01'))).toEqual([])
})

it('a server from a disc is on the demo host as its plan has shown it', async () => {
  const systems = new OperatingSystems({ hosts: { get: () => session } })
  const whole = new NewVmActions({
    tasks,
    hosts: { get: () => session },
    writer: definitionWriter(
      (id) => systems.get(id),
      (url) => systems.detectTree(url),
    ),
  })
  const disc = { kind: 'volume', pool: 'default', volume: 'fedora-40-server.iso' } as const
  const input = wanted({
    source: { kind: 'iso', disc, second: [] },
    osId: 'http://debian.org/debian/12',
    firmware: 'efi',
    hasTpm: true,
  })
  const plan = await whole.plan(input)
  expect(plan.problems).toEqual([])
  await whole.create(input)
  expect((await ended).error).toBeUndefined()
  const vm = one.host.byName('new-01')
  expect(vm?.state).toBe('running')
  expect(vm?.definition).toMatchObject({
    osId: 'http://debian.org/debian/12',
    firmware: 'UEFI',
    hasTpm: true,
    memoryBytes: 2 * gib,
    vcpuCount: 2,
    display: { kind: 'vnc' },
  })
  expect(vm?.definition.disks.map(({ device, source }) => [device, source])).toEqual([
    ['disk', '/var/lib/libvirt/images/new-01.qcow2'],
    ['cdrom', '/var/lib/libvirt/images/fedora-40-server.iso'],
  ])
  const view = await session.hardware(vmId.parse(vm?.definition.id))
  expect(view.items.map(({ ref }) => ref.kind)).toEqual(plan.view.items.map(({ ref }) => ref.kind))
})

it('several VMs are made two at a time, and the failure of one stops no other', async () => {
  const states = (): string[] => tasks.list().items.map(({ state }) => state)
  let running = 0
  let most = 0
  session = failing(session, {
    creation: failing(session.creation, {
      define: async (xml: string) => {
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setTimeout(resolve, 5))
        running -= 1
        if (xml.includes('<name>farm-02</name>')) throw new AppError('busy', 'Not this one')
        return one.session.creation.define(xml)
      },
    }),
  })
  const ids = await actions.createSeries(wanted({ name: 'farm', count: 5, startsNow: false }))
  expect(tasks.list().items.map(({ id, title }) => [id, title])).toEqual(
    ids.map((id, at) => [id, `Creating farm-0${at + 1}`]),
  )
  await expect.poll(states, { timeout: 20_000 }).not.toContain('running')
  expect(states()).toEqual(['succeeded', 'failed', 'succeeded', 'succeeded', 'succeeded'])
  expect(most).toBe(2)
  const disks = [...one.host.files.keys()].filter((path) => path.includes('/farm-'))
  expect(disks.map((path) => path.slice(path.lastIndexOf('/') + 1)).toSorted()).toEqual([
    'farm-01.qcow2',
    'farm-03.qcow2',
    'farm-04.qcow2',
    'farm-05.qcow2',
  ])
  for (const task of tasks.list().items.filter(({ state }) => state === 'succeeded'))
    expect(one.host.byName(task.title.slice('Creating '.length))?.definition.id).toBe(task.vm)
})

it('several VMs that are changed as the first have cards of their own', async () => {
  const systems = new OperatingSystems({ hosts: { get: () => session } })
  actions = new NewVmActions({
    tasks,
    hosts: { get: () => session },
    writer: definitionWriter(
      (id) => systems.get(id),
      (url) => systems.detectTree(url),
    ),
  })
  const base = { kind: 'volume', pool: 'default', volume: 'debian-12-genericcloud-amd64.qcow2' } as const
  const init: CloudInit = {
    user: { name: 'ann', sshKeys: [], password: 'a long one', isAdmin: true },
    packages: [],
    network: { kind: 'dhcp' },
  }
  const input = wanted({
    name: 'farm',
    count: 3,
    disks: [],
    startsNow: false,
    source: { kind: 'cloud', base, how: 'overlay', pool: 'default', init },
    nics: [{ source: { kind: 'network', name: 'default' } }, { source: { kind: 'user' } }],
  })
  const keys = (await actions.plan(input)).view.items
    .filter(({ ref }) => ref.kind === 'nic')
    .map(({ ref }) => ref.key)
  const set = (at: number, values: { mac?: string; model?: string }) => ({
    kind: 'set' as const,
    item: { kind: 'nic', key: keys[at] ?? '' },
    values,
  })
  const given = '52:54:00:aa:bb:cc'
  const changed = { ...input, changes: [set(0, { mac: given }), set(1, { model: 'e1000e' })] }
  expect((await actions.plan(changed)).problems).toMatchObject([
    { level: 'warning', field: 'changes.mac', message: `Only farm-01 gets the MAC address ${given}` },
  ])
  await actions.createSeries(changed)
  const states = (): string[] => tasks.list().items.map(({ state }) => state)
  await expect.poll(states, { timeout: 20_000 }).toEqual(['succeeded', 'succeeded', 'succeeded'])
  const made = ['farm-01', 'farm-02', 'farm-03'].map((name) => one.host.byName(name)?.storedXml ?? '')
  const macs = made.map((xml) => [...xml.matchAll(/<mac address=["']([^"']+)/g)].map(([, mac]) => mac))
  expect(macs[0]?.[0]).toBe(given)
  expect(macs.map((each) => each.length)).toEqual([2, 2, 2])
  expect(new Set(macs.flat()).size).toBe(6)
  expect(made.map((xml) => xml.match(/<model type=["']e1000e["']/g)?.length)).toEqual([1, 1, 1])
})

it('what stands against one of several is refused before any is made', async () => {
  expect(one.host.byName('web-01')).toBeDefined()
  // the second of them
  await expect(actions.createSeries(wanted({ name: 'web-00', count: 3 }))).rejects.toMatchObject({
    kind: 'invalid',
    field: 'name',
  })
  expect(tasks.list().items).toEqual([])
})
