/** Backups of a real running guest, restored as a VM that says itself what it reads. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFolderPool, type FolderPool } from '../../e2e/lab/folder-pool'
import { holdCopy } from '../../e2e/lab/held-copy'
import { startLab, type Lab, type LabHost } from '../../e2e/lab/lab'
import { makeSmallPool } from '../../e2e/lab/small-pool'
import { stillSumOfImage, WritingGuest } from '../../e2e/lab/writing-guest'
import type { Backup, BackupsView } from '../../shared/model/backups/backup'
import { hostId, vmId, type TaskId, type VmId } from '../../shared/model/ids'
import type { Task } from '../../shared/model/task'
import type { VmState } from '../../shared/model/vm'
import type { HypervisorSession } from '../backends/backend'
import { Reacher } from '../backends/libvirt/testing/reacher'
import { BackupActions } from '../hosts/backup-actions'
import { Revisions } from '../hosts/revisions'
import { TaskList } from '../tasks/task-list'

const name = 'backed-up'
const restored = 'restored'
const small = 'backup-small'
const endMs = 120_000

describe('backups of a running guest', () => {
  let lab: Lab
  let host: LabHost
  let reacher: Reacher
  let session: HypervisorSession
  let vm: VmId
  let vmState: VmState = 'running'
  let guest: WritingGuest
  let disks: FolderPool
  let safe: FolderPool
  let tasks: TaskList
  let actions: BackupActions
  /** The session, where backups must not end by themselves. */
  let slowed: HypervisorSession | undefined
  const at = hostId.parse('lab')
  /** Of the guest's disk, when each backup was made. */
  const sums: string[] = []

  const task = (id: TaskId): Task => tasks.list().items.find((one) => one.id === id) as Task
  const ended = async (id: TaskId): Promise<Task> => {
    await expect.poll(() => task(id).state, { timeout: endMs, interval: 100 }).not.toBe('running')
    return task(id)
  }
  const succeeded = async (id: TaskId): Promise<void> =>
    expect(await ended(id)).toMatchObject({ state: 'succeeded' })
  const view = (): Promise<BackupsView> => actions.view({ host: at, vm })
  const make = (kind: 'full' | 'incremental', pool = safe.name, holdsStill = false): Promise<TaskId> =>
    actions.backUp({ host: at, vm, kind, pool, holdsStill })
  const makeSure = async (kind: 'full' | 'incremental', holdsStill = false): Promise<void> => {
    sums.push(await guest.sum())
    await succeeded(await make(kind, safe.name, holdsStill))
  }
  const qmp = async (command: object): Promise<unknown> =>
    JSON.parse(await host.virsh(['qemu-monitor-command', name, JSON.stringify(command)]))
  /** What the hypervisor copies now, if it is not done yet, it copies at a kibibyte a second. */
  const crawl = async (): Promise<void> => {
    const { return: jobs } = (await qmp({ execute: 'query-block-jobs' })) as { return: { device: string }[] }
    for (const { device } of jobs)
      await qmp({ execute: 'block-job-set-speed', arguments: { device, speed: 1024 } })
  }
  const bytesOf = async (backup: Backup | undefined): Promise<number> => {
    const path = safe.path(backup?.disks[0]?.volume ?? '')
    return Number((await host.exec(['stat', '-c', '%b', path])).trim()) * 512
  }
  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    reacher = new Reacher(lab, host)
    const uri = `qemu+ssh://${host.user}@127.0.0.1:${await reacher.portTo(22)}/system?known_hosts=/dev/null`
    session = (await reacher.connect(uri, { keyFile: host.keyFile })).session
    disks = await makeFolderPool(host, 'backup-disks')
    safe = await makeFolderPool(host, 'backup-safe')
    const image = disks.path(`${name}.qcow2`)
    await host.exec(['qemu-img', 'create', '-q', '-f', 'qcow2', image, '512M'])
    await host.exec(['qemu-io', '-f', 'qcow2', '-c', 'write -P 5 64M 384M', image])
    await host.virsh(['pool-refresh', disks.name])
    guest = await WritingGuest.start(host, name, image)
    vm = vmId.parse((await host.virsh(['domuuid', name])).trim())
    const record = async () => (await session.listVms()).find(({ id }) => id === vm)
    const known = await record()
    if (!known) throw new Error('the guest is gone')
    tasks = new TaskList({ emit: { tasks: { changed: () => undefined } }, revisions: new Revisions() })
    actions = new BackupActions({
      tasks,
      hosts: { get: () => slowed ?? session, vm: () => ({ ...known, state: vmState, host: at }) },
    })
  })

  afterAll(async () => {
    for (const one of [name, restored, `${restored}-2`, `${restored}-3`]) {
      await host?.virsh(['destroy', one]).catch(() => undefined)
      await host?.virsh(['undefine', one, '--checkpoints-metadata']).catch(() => undefined)
    }
    for (const pool of [disks, safe]) await pool?.remove()
    await reacher?.stop()
    await lab?.stop()
  })

  it('are refused as incremental as long as there is none to follow', async () => {
    expect(await view()).toMatchObject({
      backups: [],
      checkpoints: [],
      disks: [{ target: 'vda' }],
      whyNotIncremental: expect.stringContaining('There is no backup of these disks yet'),
    })
    await expect(make('incremental')).rejects.toMatchObject({ kind: 'invalid' })
  })

  it('leave nothing when they are cancelled', async () => {
    const { begin } = session.backups
    const backups = {
      ...session.backups,
      begin: async (...words: Parameters<typeof begin>) => {
        await begin(...words)
        await crawl()
        for (const { id, state } of tasks.list().items) if (state === 'running') tasks.cancel(id)
      },
    }
    slowed = Object.create(session, { backups: { value: backups } }) as HypervisorSession
    try {
      expect(await ended(await make('full'))).toMatchObject({ state: 'cancelled' })
    } finally {
      slowed = undefined
    }
    expect(await safe.files()).toEqual([])
    expect((await view()).checkpoints).toEqual([])
  })

  it('leave nothing when their pool is full, and say so, and a guest that writes meanwhile goes on', async () => {
    const pool = await makeSmallPool(host, small, 8 * 1024 ** 2)
    await guest.beginWriting()
    try {
      expect(await ended(await make('full', small))).toMatchObject({
        state: 'failed',
        error: {
          kind: 'busy',
          message: expect.stringMatching(
            new RegExp(`^Pool ${small} is full: .* of 8 MiB are left, and up to 512 MiB are needed$`),
          ),
        },
      })
      expect((await host.exec(['ls', pool.folder])).trim()).toBe('')
      expect((await view()).checkpoints).toEqual([])
      await guest.writesOn()
      expect(await guest.endWriting()).toBe(true)
    } finally {
      await pool.remove()
    }
  })

  it('are one full and two that only have what changed', async () => {
    await guest.change(0, 8)
    await makeSure('full')
    await guest.change(12, 1)
    await makeSure('incremental')
    await guest.change(2, 1)
    // its agent holds it still, and lets it go again: it writes afterwards
    await makeSure('incremental', true)
    // what comes afterwards is in none of them
    await guest.change(14, 2)
    const { backups, checkpoints } = await view()
    expect(backups.map(({ kind }) => kind)).toEqual(['incremental', 'incremental', 'full'])
    expect(checkpoints.map((one) => one.name)).toEqual(backups.map(({ id }) => id).toReversed())
    const [second, first, full] = await Promise.all(backups.map(bytesOf))
    process.stdout.write(`full ${full} bytes, incremental ${first} and ${second}\n`)
    expect(full).toBeGreaterThan(300 * 1024 ** 2)
    expect(first).toBeLessThan(8 * 1024 ** 2)
    expect(second).toBeLessThan(8 * 1024 ** 2)
  })

  it('become a new VM that reads what the guest had when they were made', async () => {
    const [second, first] = (await view()).backups
    const restore = (backup: Backup | undefined, as: string): Promise<TaskId> =>
      actions.restore({ host: at, vm, pool: safe.name, id: backup?.id ?? '', name: as, toPool: disks.name })
    await succeeded(await restore(first, restored))
    expect(await stillSumOfImage(host, disks.path(`${restored}.qcow2`))).toBe(sums[1])
    await succeeded(await restore(second, `${restored}-2`))
    const made = (await session.listVms()).find((one) => one.name === `${restored}-2`)
    expect(made).toMatchObject({ state: 'shut-off' })
    await host.virsh(['destroy', name])
    await host.waitState(name, 'shut off')
    await host.virsh(['start', `${restored}-2`])
    await expect
      .poll(
        () =>
          WritingGuest.byAgent(host, `${restored}-2`)
            .sum()
            .catch((error: unknown) => String(error)),
        {
          timeout: endMs,
          interval: 1000,
        },
      )
      .toBe(sums[2])
  })

  it('are deleted with those that are built on them, and with their checkpoints', async () => {
    const full = (await view()).backups.at(-1)
    expect(full?.neededBy).toHaveLength(2)
    await session.power(vm, 'start', { signal: new AbortController().signal, onProgress: () => undefined })
    await succeeded(await actions.delete({ host: at, vm, pool: safe.name, id: full?.id ?? '' }))
    expect(await safe.files()).toEqual([])
    expect(await view()).toMatchObject({ backups: [], checkpoints: [] })
  })

  it('are made and restored alike by the commands that their tasks show', async () => {
    await host.waitReady(name)
    /** The client's connection is not the host's own. */
    const byHand = async (id: TaskId): Promise<void> => {
      const command = task(id).command?.replaceAll(/^virsh -c \S+/gm, 'virsh -c qemu:///system') ?? ''
      await host.exec(['bash', '-ec', command], { timeoutMs: endMs })
    }
    const made = await make('full')
    await succeeded(made)
    const [backup] = (await view()).backups
    const image = safe.path(backup?.disks[0]?.volume ?? '')
    const as = `${restored}-3`
    const again = await actions.restore({
      ...{ host: at, vm, pool: safe.name, id: backup?.id ?? '' },
      ...{ name: as, toPool: disks.name },
    })
    await succeeded(again)
    await host.virsh(['undefine', as])
    await host.virsh(['vol-delete', '--pool', disks.name, `${as}.qcow2`])
    await byHand(again)
    expect(await host.virsh(['domblklist', as])).toContain(disks.path(`${as}.qcow2`))
    expect(await stillSumOfImage(host, disks.path(`${as}.qcow2`))).toBe(await guest.sum())

    await succeeded(await actions.delete({ host: at, vm, pool: safe.name, id: backup?.id ?? '' }))
    await byHand(made)
    await expect.poll(async () => (await session.backups.progress(vm)).state).toBe('completed')
    expect(await stillSumOfImage(host, image)).toBe(await guest.sum())
    expect((await view()).checkpoints.map((one) => one.name)).toEqual([backup?.id])
  })

  it('are copied by the pools while the VM is off, and the host lets nobody start it meanwhile', async () => {
    const sum = await guest.sum()
    await host.virsh(['destroy', name])
    await host.waitState(name, 'shut off')
    vmState = 'shut-off'
    await expect(make('incremental')).rejects.toMatchObject({ kind: 'invalid' })
    const held = holdCopy(host, safe.path(`${name}-`))
    const made = await make('full')
    const copy = await held
    await expect(host.virsh(['start', name])).rejects.toThrow(/lock/)
    expect(task(made)).toMatchObject({ state: 'running' })
    await copy.release()
    await succeeded(made)
    const [backup] = (await view()).backups
    expect(backup).toMatchObject({ kind: 'full', missing: [] })
    expect(backup?.checkpoint).toBeUndefined()
    expect(await stillSumOfImage(host, safe.path(backup?.disks[0]?.volume ?? ''))).toBe(sum)
  })
})
