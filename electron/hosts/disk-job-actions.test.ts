/** On the demo host, whose hypervisor copies as long as a demonstration bears. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hostId, type VmId } from '../../shared/model/ids'
import type { MoveDiskInput } from '../../shared/model/disk-jobs/disk-job'
import type { Task } from '../../shared/model/task'
import type { HypervisorSession } from '../backends/backend'
import { FakeBackend } from '../backends/fake/fake-backend'
import { systemClock, type Clock } from '../backends/fake/clock'
import { connectTo, idOf } from '../backends/fake/test-session'
import { TaskList } from '../tasks/task-list'
import { DiskJobActions } from './disk-job-actions'
import { Revisions } from './revisions'

/** A demonstration in which nobody has to wait. */
const fast: Clock = {
  now: () => systemClock.now(),
  delay: (ms, signal) => systemClock.delay(ms / 20, signal),
}
const host = hostId.parse('demo')
const target = 'vda'
const mib = 1024 ** 2
let session: HypervisorSession
let tasks: TaskList
let actions: DiskJobActions
let vm: VmId

beforeEach(async () => {
  session = await connectTo(new FakeBackend(fast), 'demo://')
  tasks = new TaskList({ emit: { tasks: { changed: () => undefined } }, revisions: new Revisions() })
  const vms = await session.listVms()
  actions = new DiskJobActions({
    tasks,
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

const move = (more: Partial<MoveDiskInput> = {}): Promise<Task['id']> =>
  actions.move({
    host,
    vm,
    target,
    pool: 'default',
    volume: 'moved.qcow2',
    finish: 'switch',
    deletesOld: false,
    limitBytesPerSecond: mib,
    ...more,
  })
const task = (): Task | undefined => tasks.list().items.at(-1)
const volumes = async (): Promise<string[]> =>
  (await session.storage.volumeNames('default')).volumes.map(({ name }) => name)

it('a copy of a running VM is a task of the host with the equal command, so that the VM can be stopped', async () => {
  await move()
  expect(task()).toMatchObject({
    kind: 'disk.move',
    title: 'Moving vda of web-01 to moved.qcow2 in default',
    canCancel: true,
    command: expect.stringContaining('blockcopy web-01 vda /var/lib/libvirt/images/moved.qcow2'),
  })
  expect(tasks.runningOf(host, vm)).toEqual([])
})

it('stopping the job of a task cancels the task, and nothing of the copy stays', async () => {
  const id = await move()
  await expect.poll(() => actions.list({ host, vm })).toMatchObject([{ kind: 'copy', isReady: false }])
  expect(actions.end({ host, vm, target, how: 'stop' })).toBe(id)
  await expect.poll(() => task()?.state).toBe('cancelled')
  expect(await actions.list({ host, vm })).toEqual([])
  expect(await volumes()).not.toContain('moved.qcow2')
})

it('a VM that is stopped meanwhile keeps its disk, and the task says so', async () => {
  await move()
  await expect.poll(async () => (await actions.list({ host, vm })).length).toBe(1)
  await session.power(vm, 'forceOff', { signal: new AbortController().signal, onProgress: () => undefined })
  await expect.poll(() => task()?.state).toBe('failed')
  expect(task()?.error).toMatchObject({
    message: 'web-01 was stopped, and the copy ended with it',
    cure: expect.stringContaining('vda stays where it was'),
  })
  expect(await volumes()).not.toContain('moved.qcow2')
})

it('a second job on a disk is refused before anything is made', async () => {
  await move()
  await expect.poll(async () => (await actions.list({ host, vm })).length).toBe(1)
  await expect(move({ volume: 'second.qcow2' })).rejects.toMatchObject({
    kind: 'invalid',
    message: expect.stringContaining('already working on this disk'),
  })
  expect(await volumes()).not.toContain('second.qcow2')
})

it('the disk of a VM that is off is copied by its pool, and the definition names the copy', async () => {
  vm = await idOf(session, 'analytics')
  const [before] = (await session.overview(vm)).disks
  await move({ volume: 'elsewhere.qcow2', deletesOld: true })
  // a start would have the old image
  expect(tasks.runningOf(host, vm)).toHaveLength(1)
  expect(
    task()
      ?.command?.split('\n')
      .filter((line) => line.startsWith('virsh')),
  ).toEqual([
    "virsh vol-create-from --pool default --vol analytics.qcow2 --inputpool default --file /dev/stdin <<'EOF'",
    "virsh update-device --config --domain analytics --file /dev/stdin <<'EOF'",
    'virsh vol-delete --pool default analytics.qcow2',
  ])
  await expect.poll(() => task()?.state).toBe('succeeded')
  expect((await session.overview(vm)).disks[0]?.source).toBe('/var/lib/libvirt/images/elsewhere.qcow2')
  expect(await volumes()).not.toContain(before?.source?.split('/').at(-1))
})
