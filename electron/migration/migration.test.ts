import { beforeEach, describe, expect, it } from 'vitest'
import { isKind } from '../../shared/errors'
import { hostId, type HostId } from '../../shared/model/ids'
import type { MoveInput, MovePlan } from '../../shared/model/migration/move'
import { usualMoveOptions, type MoveOptions } from '../../shared/model/migration/options'
import type { Task } from '../../shared/model/task'
import type { HypervisorSession } from '../backends/backend'
import { fakeBackend, type FakeBackend } from '../backends/fake/fake-backend'
import { connectTo, idOf } from '../backends/fake/test-session'
import { MigrationActions } from '../hosts/migration-actions'
import { Revisions } from '../hosts/revisions'
import { TaskList } from '../tasks/task-list'

const [from, to] = [hostId.parse('from'), hostId.parse('to')]

let backend: FakeBackend
let source: HypervisorSession
let target: HypervisorSession
let tasks: TaskList
let migrations: MigrationActions
/** Whoever waits in the fake hosts goes on at once, unless a test says otherwise. */
let pace: () => Promise<void>
let told: Task[]

/** Off, with one disk. */
const cold = 'customer-acceptance-environment-for-the-quarterly-billing-migration-eu-central-second-attempt'

beforeEach(async () => {
  pace = async () => undefined
  backend = fakeBackend({
    delay: async (_, signal) => {
      await pace()
      signal?.throwIfAborted()
    },
  })
  source = await connectTo(backend, 'demo://local/')
  target = await connectTo(backend, 'demo://empty/')
  told = []
  tasks = new TaskList({
    emit: { tasks: { changed: (change) => void (change.kind === 'put' && told.push(change.item)) } },
    revisions: new Revisions(),
  })
  const get = (host: HostId): HypervisorSession => (host === from ? source : target)
  migrations = new MigrationActions({ hosts: { get, labelOf: (host) => `Host ${host}` }, tasks })
})

const input = async (name: string, options: Partial<MoveOptions> = {}): Promise<MoveInput> => ({
  host: from,
  to,
  vm: await idOf(source, name),
  options: { ...usualMoveOptions, storage: 'full', ...options },
})

const done = async (): Promise<Task[]> => {
  await expect.poll(() => tasks.list().items.every(({ state }) => state !== 'running')).toBe(true)
  return [...tasks.list().items]
}
const errorsOf = (plan: MovePlan): string[] =>
  plan.checks.filter(({ state }) => state === 'error').map(({ message }) => message)

describe('a move', () => {
  it('brings the running VM to the other host with its disks, and tells for how long it stood still', async () => {
    const wanted = await input('web-01')
    const plan = await migrations.plan(wanted)
    expect(errorsOf(plan)).toEqual([])
    expect(plan.command).toMatch(/ web-01 demo:\/\/empty\/$/)
    expect(plan.disks).toMatchObject([
      { target: 'vda', isCopied: true, pool: 'default', path: '/var/lib/libvirt/images/web-01.qcow2' },
    ])
    await migrations.start(wanted)
    const [task] = await done()
    expect(task).toMatchObject({
      title: 'Moving web-01 to Host to',
      state: 'succeeded',
      movesTo: to,
      figures: { phase: 'done', downtimeMs: 84 },
    })
    expect(told.some(({ figures }) => figures?.phase === 'preparing')).toBe(true)
    expect((await target.listVms()).find(({ id }) => id === wanted.vm)).toMatchObject({
      state: 'running',
      isPersistent: true,
      autostart: true,
    })
    expect((await source.listVms()).some(({ id }) => id === wanted.vm)).toBe(false)
    const volumes = await target.storage.volumeNames('default')
    expect(volumes.volumes.map(({ name }) => name)).toContain('web-01.qcow2')
  })

  it('takes a disk that is a logical volume to one of the same kind', async () => {
    const wanted = await input('db-01')
    const plan = await migrations.plan(wanted)
    expect(plan.disks.map(({ pool }) => pool)).toEqual(['default', 'vg0'])
    await migrations.start(wanted)
    expect((await done())[0]).toMatchObject({ state: 'succeeded' })
  })

  it('that is cancelled leaves the VM running where it was, and no disks at the destination', async () => {
    const wanted = await input('web-01')
    let copied = 0
    pace = async () => {
      copied += 1
      const running = tasks.list().items[0]
      if (copied > 5 && running?.figures?.phase === 'copying') tasks.cancel(running.id)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await migrations.start(wanted)
    const [task] = await done()
    expect(task).toMatchObject({ state: 'cancelled' })
    expect((await source.listVms()).find(({ id }) => id === wanted.vm)?.state).toBe('running')
    expect(await target.listVms()).toEqual([])
    const { volumes } = await target.storage.volumeNames('default')
    expect(volumes.map(({ name }) => name)).not.toContain('web-01.qcow2')
  })

  it('that is temporary keeps the definition at the source when asked to', async () => {
    const wanted = await input('web-01', { isPermanent: false, removesSource: false })
    await migrations.start(wanted)
    await done()
    expect((await target.listVms())[0]).toMatchObject({ state: 'running', isPersistent: false })
    expect((await source.listVms()).find(({ id }) => id === wanted.vm)?.state).toBe('shut-off')
  })

  it('of a VM that is off copies its disks through this computer, byte for byte', async () => {
    const wanted = await input(cold)
    const plan = await migrations.plan(wanted)
    expect(plan.isRunning).toBe(false)
    await migrations.start(wanted)
    const [task] = await done()
    expect(task).toMatchObject({ state: 'succeeded' })
    expect((await target.listVms()).find(({ id }) => id === wanted.vm)).toMatchObject({ state: 'shut-off' })
    expect((await source.listVms()).some(({ id }) => id === wanted.vm)).toBe(false)
  })

  it('is refused with the reason when the destination has another VM of that name', async () => {
    const definition = await source.creation.source(await idOf(source, 'web-01'))
    await target.creation.define(definition.replace(/<uuid>.*?<\/uuid>/, ''))
    const wanted = await input('web-01')
    expect(errorsOf(await migrations.plan(wanted))).toContain(
      'The destination has another VM called "web-01".',
    )
    await expect(migrations.start(wanted)).rejects.toMatchObject({ kind: 'invalid', field: 'newName' })
    expect(errorsOf(await migrations.plan(await input('web-01', { newName: 'web-02' })))).not.toContain(
      'The destination has another VM called "web-01".',
    )
  })

  it('is refused when the disks are said to be shared and are not there', async () => {
    const wanted = await input('web-01', { storage: 'shared' })
    expect(errorsOf(await migrations.plan(wanted))).toEqual([
      'vda: the pool "default" of the destination has no web-01.qcow2.',
    ])
  })

  it('is refused to the host the VM is on, and while the VM is busy', async () => {
    const wanted = await input('web-01')
    await expect(migrations.plan({ ...wanted, to: from })).rejects.toSatisfy((error) =>
      isKind(error, 'invalid'),
    )
    await migrations.start(wanted)
    await expect(migrations.start(wanted)).rejects.toMatchObject({ kind: 'busy' })
    await done()
  })

  it('of several keeps to the number at the same time, and what cannot move stays and says why', async () => {
    const names = ['web-01', 'mail', 'staging-web']
    const vms = await Promise.all(names.map((name) => idOf(source, name)))
    let most = 0
    pace = async () => {
      const copying = tasks
        .list()
        .items.filter(({ state, figures }) => state === 'running' && figures?.phase === 'copying')
      most = Math.max(most, copying.length)
    }
    const options: MoveOptions = { ...usualMoveOptions, storage: 'full' }
    const started = await migrations.startMany({ host: from, to, vms, options, atOnce: 1 })
    expect(started).toHaveLength(3)
    const ended = await done()
    expect(most).toBe(1)
    for (const task of ended) expect(task.state === 'succeeded' || task.error !== undefined).toBe(true)
    expect(ended.filter(({ state }) => state === 'succeeded').length).toBeGreaterThan(0)
  })

  it('changes limits of a move that runs only', async () => {
    const vm = await idOf(source, 'web-01')
    await expect(migrations.tune({ host: from, vm, options: { maxDowntimeMs: 100 } })).rejects.toSatisfy(
      (error) => isKind(error, 'invalid'),
    )
  })

  it('that allows post-copy can be switched over at once', async () => {
    const wanted = await input('web-01', { allowsPostCopy: true })
    let isSwitched = false
    pace = async () => {
      const running = tasks.list().items[0]
      if (isSwitched || running?.figures?.canSwitch !== true) return
      isSwitched = true
      await migrations.switchToPostCopy(wanted)
    }
    await migrations.start(wanted)
    expect((await done())[0]).toMatchObject({ state: 'succeeded' })
    expect(isSwitched).toBe(true)
  })
})
