/** On the demo host, whose hypervisor makes backups as long as a demonstration bears. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { BackupsView } from '../../shared/model/backups/backup'
import { hostId, type TaskId, type VmId } from '../../shared/model/ids'
import type { Task } from '../../shared/model/task'
import type { HypervisorSession } from '../backends/backend'
import { FakeBackend } from '../backends/fake/fake-backend'
import { systemClock, type Clock } from '../backends/fake/clock'
import { connectTo, idOf } from '../backends/fake/test-session'
import { writeVolumeBytes } from '../backends/small-volume'
import { TaskList } from '../tasks/task-list'
import { BackupActions } from './backup-actions'
import { Revisions } from './revisions'

/** A demonstration in which nobody has to wait. */
const fast: Clock = {
  now: () => systemClock.now(),
  delay: (ms, signal) => systemClock.delay(ms / 20, signal),
}
const host = hostId.parse('demo')
const pool = 'default'
let session: HypervisorSession
let tasks: TaskList
let actions: BackupActions
let vm: VmId
let nowMs: number

beforeEach(async () => {
  nowMs = Date.parse('2026-11-29T15:02:03Z')
  session = await connectTo(new FakeBackend(fast), 'demo://')
  tasks = new TaskList({ emit: { tasks: { changed: () => undefined } }, revisions: new Revisions() })
  const vms = await session.listVms()
  actions = new BackupActions({
    tasks,
    // a minute apart
    now: () => (nowMs += 60_000),
    hosts: {
      get: () => session,
      vm: (ref) => {
        const found = vms.find(({ id }) => id === ref.vm)
        if (!found) throw new Error('no VM')
        return { ...found, host }
      },
    },
  })
  vm = await idOf(session, 'web-01')
})
afterEach(() => session.close())

const ended = async (id: TaskId): Promise<Task | undefined> => {
  const task = (): Task | undefined => tasks.list().items.find((one) => one.id === id)
  await expect.poll(() => task()?.state).not.toBe('running')
  return task()
}
const make = async (kind: 'full' | 'incremental'): Promise<Task | undefined> =>
  ended(await actions.backUp({ host, vm, kind, pool, holdsStill: false }))
const view = (): Promise<BackupsView> => actions.view({ host, vm })
const volumes = async (): Promise<string[]> =>
  (await session.storage.volumeNames(pool)).volumes.map(({ name }) => name)

it('an incremental backup is built on the one before, which is known to be needed', async () => {
  expect(await make('full')).toMatchObject({ state: 'succeeded', title: 'Backing up web-01 to default', vm })
  expect(await make('incremental')).toMatchObject({ state: 'succeeded' })
  const { backups, checkpoints, follows } = await view()
  expect(backups.map(({ id, kind, neededBy }) => [id, kind, neededBy])).toEqual([
    ['web-01-20261129T150403Z', 'incremental', []],
    ['web-01-20261129T150303Z', 'full', ['web-01-20261129T150403Z']],
  ])
  expect(checkpoints.map(({ name }) => name)).toEqual(['web-01-20261129T150303Z', 'web-01-20261129T150403Z'])
  expect(follows?.id).toBe('web-01-20261129T150403Z')
  const { volumes: told } = await session.storage.volumeDetails(pool, ['web-01-20261129T150403Z-vda.qcow2'])
  expect(told[0]?.backingPath).toBe('/var/lib/libvirt/images/web-01-20261129T150303Z-vda.qcow2')
})

it('files of a backup are not told as images that nobody uses', async () => {
  const before = (await session.images.orphans()).orphans.length
  await make('full')
  expect((await session.images.orphans()).orphans).toHaveLength(before)
})

it('without the checkpoint it could begin at, only a full backup is made', async () => {
  await make('full')
  const [checkpoint] = (await view()).checkpoints
  await ended(actions.deleteCheckpoint({ host, vm, name: checkpoint?.name ?? '' }))
  await expect(actions.backUp({ host, vm, kind: 'incremental', holdsStill: false })).rejects.toMatchObject({
    kind: 'invalid',
    message: expect.stringContaining('whose checkpoint the VM still has'),
  })
})

it('a backup that is cancelled leaves neither image nor checkpoint', async () => {
  const before = await volumes()
  const id = await actions.backUp({ host, vm, kind: 'full', pool, holdsStill: false })
  await expect.poll(async () => (await session.backups.checkpoints(vm)).length).toBe(1)
  tasks.cancel(id)
  expect(await ended(id)).toMatchObject({ state: 'cancelled' })
  expect(await volumes()).toEqual(before)
  expect((await view()).checkpoints).toEqual([])
})

it('a restored VM has a name, an identity and disks of its own', async () => {
  await make('full')
  const [backup] = (await view()).backups
  const id = await actions.restore({ host, vm, pool, id: backup?.id ?? '', name: 'web-then', toPool: pool })
  expect(await ended(id)).toMatchObject({ state: 'succeeded' })
  const made = await idOf(session, 'web-then')
  expect(made).not.toBe(vm)
  const { disks, nics } = await session.overview(made)
  expect(disks[0]?.source).toBe('/var/lib/libvirt/images/web-then.qcow2')
  expect(nics[0]?.mac).not.toBe((await session.overview(vm)).nics[0]?.mac)
})

it('a name that is taken is refused before a disk is copied', async () => {
  await make('full')
  const before = await volumes()
  const [backup] = (await view()).backups
  await expect(
    actions.restore({ host, vm, pool, id: backup?.id ?? '', name: 'mail', toPool: pool }),
  ).rejects.toMatchObject({ kind: 'already-exists' })
  expect(await volumes()).toEqual(before)
})

it('each task has what does the same in a shell', async () => {
  const lines = (one: Task | undefined): string[] =>
    one?.command?.split('\n').filter((line) => line.startsWith('virsh')) ?? []
  const images = '/var/lib/libvirt/images'
  const [first, second] = ['web-01-20261129T150303Z', 'web-01-20261129T150403Z']
  expect(lines(await make('full'))).toEqual([
    expect.stringMatching(
      new RegExp(`^virsh vol-create-as default ${first}-vda.qcow2 \\d+ --format qcow2 --allocation 0$`),
    ),
    "virsh backup-begin --reuse-external web-01 /dev/fd/3 /dev/fd/4 3<<'EOF' 4<<'EOF_'",
  ])
  const later = await make('incremental')
  expect(lines(later)[0]).toContain(`--backing-vol ${images}/${first}-vda.qcow2 --backing-vol-format qcow2`)
  expect(later?.command).toContain(`<incremental>${first}</incremental>`)
  const ref = { host, vm, pool, id: second }
  const restored = await ended(await actions.restore({ ...ref, name: 'web-then', toPool: pool }))
  expect(lines(restored)).toEqual([
    `virsh vol-create-from --pool default --vol ${second}-vda.qcow2 --inputpool default --file /dev/stdin <<'EOF'`,
    "virsh define /dev/stdin <<'EOF'",
  ])
  expect(lines(await ended(await actions.delete(ref)))).toEqual([
    `virsh vol-delete --pool default ${second}.backup.json`,
    `virsh vol-delete --pool default ${second}-vda.qcow2`,
    `virsh checkpoint-delete web-01 ${second}`,
  ])
})

it('deleting a backup deletes those that are built on it, and every file and checkpoint of them', async () => {
  const before = await volumes()
  await make('full')
  await make('incremental')
  const full = (await view()).backups.at(-1)
  expect(await ended(await actions.delete({ host, vm, pool, id: full?.id ?? '' }))).toMatchObject({
    state: 'succeeded',
    title: 'Deleting 2 backups of web-01',
  })
  expect(await volumes()).toEqual(before)
  expect(await view()).toMatchObject({ backups: [], checkpoints: [] })
})

it('the backup of a VM that was deleted is still found, restored and deleted', async () => {
  const before = await volumes()
  await make('full')
  const context = { signal: new AbortController().signal, onProgress: () => undefined }
  await session.power(vm, 'forceOff', context)
  await session.delete(vm, { files: [] }, context)
  const [backup] = (await actions.all(host)).backups
  expect(backup?.vmName).toBe('web-01')
  const ref = { host, vm, pool, id: backup?.id ?? '' }
  expect(await ended(await actions.restore({ ...ref, name: 'web-01', toPool: pool }))).toMatchObject({
    state: 'succeeded',
  })
  expect(await ended(await actions.delete(ref))).toMatchObject({ state: 'succeeded' })
  expect(await volumes()).toHaveLength(before.length + 1)
})

it('what only looks like a backup is none', async () => {
  const put = async (volume: string, text: string): Promise<void> => {
    const bytes = new TextEncoder().encode(text)
    await session.storage.prepareUpload({ pool, volume }, bytes.length, 'raw')
    await writeVolumeBytes(session.storage, { pool, volume }, bytes, new AbortController().signal)
  }
  await put('torn.backup.json', '{"format":"innkeeper-backup"')
  await put(
    'other.backup.json',
    JSON.stringify({ format: 'innkeeper-backup', version: 1, id: '../../etc', vm }),
  )
  expect(await view()).toMatchObject({ backups: [], unread: [] })
})

it('the pools copy all disks of a VM that is off, which cannot be started meanwhile', async () => {
  vm = await idOf(session, 'analytics')
  const before = await view()
  expect(before).toMatchObject({ isRunning: false, whyNotIncremental: expect.stringContaining('off') })
  expect(before.whyNot).toBeUndefined()
  await expect(actions.backUp({ host, vm, kind: 'incremental', holdsStill: false })).rejects.toMatchObject({
    kind: 'invalid',
    message: expect.stringContaining('only a running hypervisor'),
  })
  const id = await actions.backUp({ host, vm, kind: 'full', pool, holdsStill: false })
  expect(tasks.runningOf(host, vm)).toHaveLength(1)
  expect(await ended(id)).toMatchObject({
    state: 'succeeded',
    command: expect.stringContaining('virsh vol-create-from --pool default --vol analytics.qcow2'),
  })
  const { backups, checkpoints } = await view()
  expect(checkpoints).toEqual([])
  expect(backups).toMatchObject([{ kind: 'full', missing: [] }])
  expect(backups[0]?.checkpoint).toBeUndefined()
  await expect(async () => actions.deleteCheckpoint({ host, vm, name: 'any' })).rejects.toMatchObject({
    message: expect.stringContaining('only be deleted while its VM runs'),
  })
  const restored = { host, vm, pool, id: backups[0]?.id ?? '', name: 'analytics-then', toPool: pool }
  expect(await ended(await actions.restore(restored))).toMatchObject({ state: 'succeeded' })
})

it('nothing stays of a copy that is given up while the VM is off', async () => {
  vm = await idOf(session, 'analytics')
  const before = await volumes()
  const id = await actions.backUp({ host, vm, kind: 'full', pool, holdsStill: false })
  tasks.cancel(id)
  expect(await ended(id)).toMatchObject({ state: 'cancelled' })
  expect(await volumes()).toEqual(before)
})
