/** Snapshots of a real running guest by a schedule of Innkeeper, and by the timer that is made for its host. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { inGuest } from '../../e2e/lab/guest-agent'
import { startLab, type Lab, type LabHost } from '../../e2e/lab/lab'
import { run, until } from '../../e2e/lab/run'
import { hostId, type VmId } from '../../shared/model/ids'
import { hostTimer, onCalendar, whyNoTimer } from '../../shared/model/snapshots/host-timer'
import { nextDues, type Rhythm } from '../../shared/model/snapshots/rhythm'
import { usualSchedule, type Schedule, type ScheduleView } from '../../shared/model/snapshots/schedule'
import type { SnapshotView } from '../../shared/model/snapshots/snapshot'
import type { Vm } from '../../shared/model/vm'
import type { HypervisorSession } from '../backends/backend'
import { Reacher } from '../backends/libvirt/testing/reacher'
import { Revisions } from '../hosts/revisions'
import { SnapshotActions } from '../hosts/snapshot-actions'
import { ScheduledSnapshots } from '../hosts/snapshot-schedules'
import { SnapshotSchedules } from '../settings/snapshot-schedules'
import { TaskList } from '../tasks/task-list'

const name = 'scheduled'
const folder = '/var/lib/libvirt/images'
const hourMs = 3_600_000

describe('scheduled snapshots of a running guest', () => {
  let lab: Lab
  let host: LabHost
  let reacher: Reacher
  let session: HypervisorSession
  let vm: VmId
  let directory: string
  let schedules: ScheduledSnapshots
  let clock = new Date('2026-11-29T12:30:00').getTime()
  const at = hostId.parse('lab')

  const view = (): Promise<SnapshotView> => session.snapshots.snapshots(vm)
  const names = async (): Promise<string[]> => (await view()).snapshots.map((one) => one.name)
  const scheduled = (): ScheduleView => schedules.get({ host: at, vm }) as ScheduleView
  const begin = (more: Partial<Schedule>): Promise<void> =>
    schedules.set({
      host: at,
      vm,
      schedule: { ...usualSchedule('internal'), rhythm: { kind: 'hours', every: 1 }, keep: 2, ...more },
    })
  /** The next time that it is due comes. */
  const pass = async (): Promise<void> => {
    clock += hourMs
    await schedules.look()
    expect(scheduled().last).toMatchObject({ outcome: 'taken' })
    expect(scheduled().last).not.toHaveProperty('error')
  }
  const takeByHand = (kind: 'internal' | 'disks', own: string): Promise<string> =>
    host.virsh(['snapshot-create-as', name, own, ...(kind === 'disks' ? ['--disk-only'] : [])])
  /** A word on the disk itself when it ends. */
  const write = (piece: number, word: string): Promise<string> =>
    inGuest(host, name, `yes ${word} | head -c 65536 | dd of=/dev/vda bs=65536 seek=${piece} conv=fsync`)
  const read = (piece: number): Promise<string> =>
    inGuest(
      host,
      name,
      `sync; echo 3 >/proc/sys/vm/drop_caches; dd if=/dev/vda bs=65536 skip=${piece} count=1 | head -n 1`,
    )
  const removeAll = async (): Promise<void> => {
    const wish = { names: await names(), withChildren: false, metadataOnly: false }
    const { stamp } = await session.snapshots.snapshotDeletePlan(vm, wish)
    const context = { signal: new AbortController().signal, onProgress: () => undefined }
    await session.snapshots.deleteSnapshots(vm, { ...wish, stamp }, context)
  }
  const agentAnswers = (): Promise<unknown> =>
    until(
      'the guest agent to answer',
      120_000,
      async () => (await inGuest(host, name, 'echo up').catch(() => '')) === 'up',
    )

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    reacher = new Reacher(lab, host)
    const uri = `qemu+ssh://${host.user}@127.0.0.1:${await reacher.portTo(22)}/system?known_hosts=/dev/null`
    session = (await reacher.connect(uri, { keyFile: host.keyFile })).session
    await host.startGuest({ name, disk: true, graphics: 'none' })
    vm = (await host.virsh(['domuuid', name])).trim() as VmId
    await agentAnswers()
    directory = await mkdtemp(join(tmpdir(), 'schedules-'))
    const hosts = {
      get: () => session,
      vm: () => ({ host: at, id: vm, name, state: 'running' }) as Vm,
    }
    const tasks = new TaskList({ emit: { tasks: { changed: () => undefined } }, revisions: new Revisions() })
    schedules = new ScheduledSnapshots({
      hosts: { ...hosts, listVms: () => ({ items: [] }) },
      tasks,
      snapshots: new SnapshotActions({ hosts, tasks }),
      kept: await SnapshotSchedules.open(directory),
      changed: () => undefined,
      now: () => clock,
    })
  }, 180_000)

  afterAll(async () => {
    await host.virsh(['destroy', name]).catch(() => '')
    await host.virsh(['undefine', name, '--snapshots-metadata']).catch(() => '')
    await host.exec(['sh', '-c', `rm -f ${folder}/${name}*`])
    await reacher.stop()
    await lab.stop()
    await rm(directory, { recursive: true, force: true })
  }, 120_000)

  it('in files of their own are merged when they are too old, while the guest goes on', async () => {
    await begin({ kind: 'disks' })
    await write(0, 'first')
    await pass()
    await takeByHand('disks', 'by-hand')
    for (const [index, word] of ['second', 'third', 'fourth'].entries()) {
      await write(index + 1, word)
      await pass()
    }
    expect(await names()).toEqual(['by-hand', 'auto-2026-11-29-1530', 'auto-2026-11-29-1630'])
    expect((await view()).chains[0]?.files.map(({ path }) => basename(path))).toEqual([
      `${name}.auto-2026-11-29-1630`,
      `${name}.auto-2026-11-29-1530`,
      `${name}.by-hand`,
      `${name}.qcow2`,
    ])
    expect(await Promise.all([0, 1, 2, 3].map(read))).toEqual(['first', 'second', 'third', 'fourth'])
  })

  it('that others need stay, with the reason, until these are gone', async () => {
    const clone = `${folder}/${name}-clone.qcow2`
    const base = `${folder}/${name}.auto-2026-11-29-1530`
    await host.exec(['qemu-img', 'create', '-q', '-f', 'qcow2', '-F', 'qcow2', '-b', base, clone])
    clock += hourMs
    await schedules.look()
    expect(scheduled().last).toMatchObject({
      outcome: 'taken',
      name: 'auto-2026-11-29-1730',
      error: {
        message: `auto-2026-11-29-1730 was taken, but the older auto-2026-11-29-1530 is still there: ${base}, which “auto-2026-11-29-1530” needs, is also the base of others`,
      },
    })
    await host.exec(['rm', clone])
    await pass()
    expect(await names()).toEqual(['by-hand', 'auto-2026-11-29-1730', 'auto-2026-11-29-1830'])
    await removeAll()
  })

  it('with memory take the file of it along when they are too old', async () => {
    await begin({ kind: 'memory', keep: 1 })
    await pass()
    await pass()
    expect((await view()).snapshots.map((one) => [one.name, one.memoryFile])).toEqual([
      ['auto-2026-11-29-2030', `${folder}/${name}.auto-2026-11-29-2030.mem`],
    ])
    expect(await host.exec(['sh', '-c', `ls ${folder}/*.mem`])).toBe(
      `${folder}/${name}.auto-2026-11-29-2030.mem\n`,
    )
    await removeAll()
  })

  it('inside the image keep what the guest was, and the oldest go', async () => {
    await begin({ kind: 'internal' })
    await takeByHand('internal', 'by-hand')
    for (const word of ['one', 'two', 'three']) {
      await write(8, word)
      await pass()
    }
    const [byHand, older, newer] = await names()
    expect([byHand, older, newer]).toEqual(['by-hand', 'auto-2026-11-29-2230', 'auto-2026-11-29-2330'])
    await host.virsh(['snapshot-revert', name, older ?? '', '--force'])
    await agentAnswers()
    expect(await read(8)).toBe('two')
  })

  it.each(['internal', 'disks'] as const)(
    'are taken by the script for the host too (%s), which touches neither these nor those made by hand',
    async (kind) => {
      await removeAll()
      await begin({ kind })
      await pass()
      await takeByHand(kind, 'by-hand')
      const before = await names()
      expect(before).toHaveLength(2)
      const wanted = { ...scheduled().schedule, keep: 1 }
      expect(whyNoTimer(wanted, session.info)).toEqual({ isAllowed: true })
      const { script } = hostTimer({ id: vm, name }, wanted, session.info)
      const own = async (): Promise<string[]> => (await names()).filter((one) => !before.includes(one))
      let last: string | undefined
      for (const word of ['one', 'two', 'three']) {
        await write(16, word)
        // names are told apart by their second
        await until(
          'another second',
          10_000,
          async () => last?.endsWith((await host.exec(['date', '+%H%M%S-timer'])).trim()) !== true,
        )
        await host.exec(['sh', '-s'], { input: script.content })
        const made = await own()
        expect(made).toEqual([expect.stringMatching(/^auto-\d{4}-\d\d-\d\d-\d{6}-timer$/)])
        expect(made).not.toEqual([last])
        last = made[0]
      }
      expect((await names()).filter((one) => before.includes(one))).toEqual(before)
      expect(await read(16)).toBe('three')
    },
  )

  it('are not taken by the script while the VM is off, and it says so', async () => {
    await host.virsh(['destroy', name])
    await host.waitState(name, 'shut off')
    const before = await names()
    const { script } = hostTimer({ id: vm, name }, scheduled().schedule, session.info)
    expect(await host.exec(['sh', '-s'], { input: script.content })).toBe(
      'The VM is off: nothing has changed, so no snapshot is taken.\n',
    )
    expect(await names()).toEqual(before)
  })

  it('have units that systemd takes without a word', async () => {
    const units = await mkdtemp(join(tmpdir(), 'units-'))
    const { script, service, timer } = hostTimer({ id: vm, name: '100 % \\' }, usualSchedule('internal'), {
      connectedUri: 'qemu:///system',
    })
    const program = join(units, 'program')
    await writeFile(program, script.content)
    await chmod(program, 0o755)
    const files = [service, timer].map(({ path }) => join(units, basename(path)))
    await writeFile(files[0] ?? '', service.content.replace(script.path, program))
    await writeFile(files[1] ?? '', timer.content)
    expect(await run(['sh', '-c', 'systemd-analyze verify "$@" 2>&1', 'verify', ...files])).toBe('')
    await rm(units, { recursive: true })
  })

  it.each<Rhythm>([
    { kind: 'hours', every: 1 },
    { kind: 'hours', every: 8 },
    { kind: 'daily', at: '03:05' },
    { kind: 'weekly', days: ['Sun', 'Thu', 'Mon'], at: '22:30' },
  ])('are due for systemd when they are for Innkeeper: %j', async (rhythm) => {
    const words = ['calendar', '--base-time=2026-11-29 22:30:00 UTC', '--iterations=5', onCalendar(rhythm)]
    const told = await run(['systemd-analyze', ...words], { env: { TZ: 'UTC' } })
    const theirs = [...told.matchAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g)].map(([time]) => time)
    vi.stubEnv('TZ', 'UTC')
    const ours = nextDues(rhythm, Date.parse('2026-11-29T22:30:00Z'), 5).map((dueMs) =>
      new Date(dueMs).toISOString().slice(0, 19).replace('T', ' '),
    )
    vi.unstubAllEnvs()
    expect(theirs).toEqual(ours)
  })
})
