/** Backups of a real running guest, restored as a VM that says itself what it reads. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { holdCopy, type CommandHost } from '../../e2e/lab/held-copy'
import { stillSumOfImage, type WritingGuest } from '../../e2e/lab/writing-guest'
import type { Backup, BackupsView } from '../../shared/model/backups/backup'
import { hostId, type TaskId, type VmId } from '../../shared/model/ids'
import type { Task } from '../../shared/model/task'
import type { VmState } from '../../shared/model/vm'
import type { HypervisorSession } from '../backends/backend'
import { calm } from '../backends/suite/expect-kind'
import { BackupActions } from '../hosts/backup-actions'
import { Revisions } from '../hosts/revisions'
import { TaskList } from '../tasks/task-list'

const restored = 'restored'
const endMs = 120_000

export interface BackupPool {
  readonly name: string
  readonly folder: string
  path(file: string): string
  files(): Promise<string[]>
}

export interface BackupLab {
  readonly session: HypervisorSession
  readonly name: string
  readonly host: CommandHost
  readonly disks: BackupPool
  readonly safe: BackupPool
  /** The host can ask the agent of the guest. */
  readonly hasAgent: boolean
  /** With this image as its only disk, and something on it. */
  startGuest(image: string): Promise<{ readonly vm: VmId; readonly guest: WritingGuest }>
  /** One that was restored and runs. */
  guestOf(name: string): Promise<WritingGuest>
  /** What its monitor answers. */
  qmp(command: { readonly execute: string; readonly arguments?: object }): Promise<unknown>
  smallPool(
    sizeBytes: number,
  ): Promise<{ readonly name: string; readonly folder: string; remove(): Promise<void> }>
  /** By another program; ends with the host's words when it is refused. */
  start(name: string): Promise<void>
  /** The VM was started again. */
  booted(): Promise<void>
  tearDown(): Promise<void>
}

export function describeBackups(
  where: string,
  setUp: () => Promise<BackupLab>,
  { hasCommands }: { readonly hasCommands: boolean },
): void {
  describe(`backups of a running guest ${where}`, () => {
    let lab: BackupLab
    let host: CommandHost
    let session: HypervisorSession
    let name: string
    let vm: VmId
    let vmState: VmState = 'running'
    let guest: WritingGuest
    let disks: BackupPool
    let safe: BackupPool
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
    /** What the hypervisor copies now, if it is not done yet, it copies at a kibibyte a second. */
    const crawl = async (): Promise<void> => {
      const { return: jobs } = (await lab.qmp({ execute: 'query-block-jobs' })) as {
        return: { device: string }[]
      }
      for (const { device } of jobs)
        await lab.qmp({ execute: 'block-job-set-speed', arguments: { device, speed: 1024 } })
    }
    const bytesOf = async (backup: Backup | undefined): Promise<number> => {
      const path = safe.path(backup?.disks[0]?.volume ?? '')
      return Number((await host.exec(['stat', '-c', '%b', path])).trim()) * 512
    }
    const forceOff = async (): Promise<void> => {
      await session.power(vm, 'forceOff', calm())
      await expect
        .poll(async () => (await session.listVms()).find(({ id }) => id === vm)?.state, { timeout: 60_000 })
        .toBe('shut-off')
    }

    beforeAll(async () => {
      lab = await setUp()
      ;({ session, name, host, disks, safe } = lab)
      const image = disks.path(`${name}.qcow2`)
      await host.exec(['qemu-img', 'create', '-q', '-f', 'qcow2', image, '512M'])
      await host.exec(['qemu-io', '-f', 'qcow2', '-c', 'write -P 5 64M 384M', image])
      await session.storage.poolAction(disks.name, 'refresh')
      ;({ vm, guest } = await lab.startGuest(image))
      const record = async () => (await session.listVms()).find(({ id }) => id === vm)
      const known = await record()
      if (!known) throw new Error('the guest is gone')
      tasks = new TaskList({ emit: { tasks: { changed: () => undefined } }, revisions: new Revisions() })
      actions = new BackupActions({
        tasks,
        hosts: { get: () => slowed ?? session, vm: () => ({ ...known, state: vmState, host: at }) },
      })
    })

    afterAll(() => lab?.tearDown())

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
      const pool = await lab.smallPool(8 * 1024 ** 2)
      await guest.beginWriting()
      try {
        expect(await ended(await make('full', pool.name))).toMatchObject({
          state: 'failed',
          error: {
            kind: 'busy',
            message: expect.stringMatching(
              new RegExp(`^Pool ${pool.name} is full: .* of 8 MiB are left, and up to 512 MiB are needed$`),
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
      // where its agent is asked it holds it still, and lets it go again: it writes afterwards
      await makeSure('incremental', lab.hasAgent)
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
      await forceOff()
      await lab.start(`${restored}-2`)
      const again = await lab.guestOf(`${restored}-2`)
      await expect
        .poll(() => again.sum().catch((error: unknown) => String(error)), { timeout: endMs, interval: 1000 })
        .toBe(sums[2])
    })

    it('are deleted with those that are built on them, and with their checkpoints', async () => {
      const full = (await view()).backups.at(-1)
      expect(full?.neededBy).toHaveLength(2)
      await session.power(vm, 'start', calm())
      await lab.booted()
      await succeeded(await actions.delete({ host: at, vm, pool: safe.name, id: full?.id ?? '' }))
      expect(await safe.files()).toEqual([])
      expect(await view()).toMatchObject({ backups: [], checkpoints: [] })
    })

    if (hasCommands)
      it('are made and restored alike by the commands that their tasks show', async () => {
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
        const copy = (await session.listVms()).find((one) => one.name === as)
        await session.delete(copy?.id ?? vm, { files: [disks.path(`${as}.qcow2`)] }, calm())
        await byHand(again)
        const remade = (await session.listVms()).find((one) => one.name === as)
        expect((await session.definition(remade?.id ?? vm, 'stored')).xml).toContain(
          disks.path(`${as}.qcow2`),
        )
        expect(await stillSumOfImage(host, disks.path(`${as}.qcow2`))).toBe(await guest.sum())

        await succeeded(await actions.delete({ host: at, vm, pool: safe.name, id: backup?.id ?? '' }))
        await byHand(made)
        await expect.poll(async () => (await session.backups.progress(vm)).state).toBe('completed')
        expect(await stillSumOfImage(host, image)).toBe(await guest.sum())
        expect((await view()).checkpoints.map((one) => one.name)).toEqual([backup?.id])
      })

    it('are copied by the pools while the VM is off, and the host lets nobody start it meanwhile', async () => {
      const sum = await guest.sum()
      await forceOff()
      vmState = 'shut-off'
      await expect(make('incremental')).rejects.toMatchObject({ kind: 'invalid' })
      const held = holdCopy(host, safe.path(`${name}-`))
      const made = await make('full')
      const copy = await held
      await expect(lab.start(name)).rejects.toThrow(/lock/)
      expect(task(made)).toMatchObject({ state: 'running' })
      await copy.release()
      await succeeded(made)
      const [backup] = (await view()).backups
      expect(backup).toMatchObject({ kind: 'full', missing: [] })
      expect(backup?.checkpoint).toBeUndefined()
      expect(await stillSumOfImage(host, safe.path(backup?.disks[0]?.volume ?? ''))).toBe(sum)
    })
  })
}
