/** Jobs on the disk of a real running guest, which writes meanwhile and says itself what it reads afterwards. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WritingGuest } from '../../e2e/lab/writing-guest'
import type { DiskFacts, DiskJob, MoveDiskInput } from '../../shared/model/disk-jobs/disk-job'
import { hostId, type VmId } from '../../shared/model/ids'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { flattenDisk, mergeDisk } from './layers-work'
import { moveDisk } from './move'
import { moveCommand } from './move-command'
import { planDisk } from './plan'

const target = 'vda'
const mib = 1024 ** 2

export interface DiskJobPool {
  readonly name: string
  readonly folder: string
}

export interface DiskJobLab {
  readonly session: HypervisorSession
  readonly name: string
  readonly first: DiskJobPool
  readonly second: DiskJobPool
  exec(argv: readonly string[], options?: { readonly timeoutMs?: number }): Promise<string>
  /** With this image in the first pool as its only disk, and something on it. */
  startGuest(image: string): Promise<{ readonly vm: VmId; readonly guest: WritingGuest }>
  smallPool(sizeBytes: number): Promise<DiskJobPool & { remove(): Promise<void> }>
  /** Another program has the VM copy its disk to this file, which is not there yet. */
  copyByOthers(file: string): Promise<void>
  /** The VM was started again by the session. */
  booted(): Promise<void>
  tearDown(): Promise<void>
}

export function describeDiskJobs(
  where: string,
  setUp: () => Promise<DiskJobLab>,
  { hasCommands }: { readonly hasCommands: boolean },
): void {
  describe(`disk jobs of a running guest ${where}`, () => {
    let lab: DiskJobLab
    let session: HypervisorSession
    let name: string
    let vm: VmId
    let guest: WritingGuest
    let written: string
    let first: string
    let second: string
    let base: string
    let top: string

    const watched = (signal = new AbortController().signal): ActionContext & { bytes: number[] } => {
      const bytes: number[] = []
      return { signal, bytes, onProgress: (_, amount) => amount && bytes.push(amount.doneBytes) }
    }
    const facts = (): Promise<DiskFacts> => session.diskJobs.disk(vm, target)
    const places = async (): Promise<string[]> => (await facts()).layers.map(({ place }) => place)
    const plan = () => planDisk(session, { id: vm, name }, { target })
    const ref = { host: hostId.parse('lab'), target }
    const move = async (more: Partial<MoveDiskInput>, context = watched()): Promise<void> =>
      moveDisk(
        session,
        { ...ref, vm, pool: second, volume: 'moved.qcow2', finish: 'switch', deletesOld: false, ...more },
        await plan(),
        context,
      )
    const jobThat = async (is: (job: DiskJob) => boolean): Promise<DiskJob> =>
      expect
        .poll(async () => (await session.diskJobs.jobs(vm)).find(is), { timeout: 60_000, interval: 200 })
        .toBeDefined()
        .then(
          async () => (await session.diskJobs.jobs(vm)).find(({ target: one }) => one === target) as DiskJob,
        )
    const stored = async (): Promise<string> => (await session.definition(vm, 'stored')).xml
    const exists = (path: string): Promise<boolean> =>
      lab.exec(['test', '-e', path]).then(
        () => true,
        () => false,
      )
    const expectUnharmed = async (): Promise<void> => expect(await guest.sum()).toBe(written)

    const file = (own: string): string => `${lab.first.folder}/${own}.qcow2`
    const forceOff = async (): Promise<void> => {
      await session.power(vm, 'forceOff', watched())
      await expect
        .poll(async () => (await session.listVms()).find(({ id }) => id === vm)?.state, { timeout: 60_000 })
        .toBe('shut-off')
    }

    beforeAll(async () => {
      lab = await setUp()
      ;({ session, name } = lab)
      ;[first, second] = [lab.first.name, lab.second.name]
      const [one, middle, last] = [file('base'), file('middle'), file('top')]
      const image = ['qemu-img', 'create', '-q', '-f', 'qcow2']
      await lab.exec([...image, one, '64M'])
      await lab.exec([...image, '-b', one, '-F', 'qcow2', middle])
      await lab.exec(['qemu-io', '-f', 'qcow2', '-c', 'write -P 7 4M 2M', middle])
      await lab.exec([...image, '-b', middle, '-F', 'qcow2', last])
      await session.storage.poolAction(first, 'refresh')
      ;({ vm, guest } = await lab.startGuest(last))
      ;[base, top] = [one, last]
      written = await guest.sum()
    })

    afterAll(() => lab?.tearDown())

    it('merge layers below the top, unless another image would be damaged', async () => {
      const middle = file('middle')
      expect(await places()).toEqual([top, middle, base])
      const other = `${lab.first.folder}/other.qcow2`
      await lab.exec(['qemu-img', 'create', '-q', '-f', 'qcow2', '-b', base, '-F', 'qcow2', other])
      await session.storage.poolAction(first, 'refresh')
      const inner = async () => (await plan()).merges.find((one) => one.top === middle && one.base === base)
      expect((await inner())?.whyNot).toBe(`${other} uses ${base} too, and would be damaged`)
      await lab.exec(['rm', other])
      await session.storage.poolAction(first, 'refresh')
      expect(await inner()).toEqual({ top: middle, base, leftOver: [middle] })
      await mergeDisk(session, { ...ref, vm, top: middle, base }, await plan(), watched())
      expect(await places()).toEqual([top, base])
      await expectUnharmed()
    })

    it('merge the top into its base and switch the VM to it', async () => {
      const overlay = `${lab.first.folder}/overlay.qcow2`
      await session.snapshots.createSnapshot(
        vm,
        {
          ...{ name: 'overlay', description: '', kind: 'external', withMemory: false, quiesce: false },
          ...{ live: false, reuse: false, disks: [{ target, kind: 'external', file: overlay }] },
        },
        watched(),
      )
      const forget = { names: ['overlay'], withChildren: false, metadataOnly: true }
      const { stamp } = await session.snapshots.snapshotDeletePlan(vm, forget)
      await session.snapshots.deleteSnapshots(vm, { ...forget, stamp }, watched())
      await guest.change(0, 2)
      written = await guest.sum()
      expect(await places()).toEqual([overlay, top, base])
      await mergeDisk(session, { ...ref, vm, top: overlay, base: top }, await plan(), watched())
      expect(await places()).toEqual([top, base])
      expect(await stored()).toContain(top)
      await expectUnharmed()
    })

    it('flatten a disk, so that it is built on nothing', async () => {
      await flattenDisk(session, { ...ref, vm }, await plan(), watched())
      expect(await places()).toEqual([top])
      expect(await exists(base)).toBe(true)
      await expectUnharmed()
    })

    it('move a disk to another pool while the guest writes to it, at a speed that is changed meanwhile', async () => {
      await guest.beginWriting()
      const context = watched()
      const began = performance.now()
      const moving = move({ limitBytesPerSecond: 2 * mib }, context)
      const job = await jobThat(({ doneBytes }) => doneBytes > 0)
      expect(job).toMatchObject({ kind: 'copy', limitBytesPerSecond: 2 * mib, isReady: false })
      expect(job.to).toBe(`${lab.second.folder}/moved.qcow2`)
      await session.diskJobs.setLimit(vm, target, 64 * mib)
      expect((await jobThat(() => true)).limitBytesPerSecond).toBe(64 * mib)
      await moving
      process.stdout.write(`moved 64 MiB under load in ${Math.round(performance.now() - began)} ms\n`)
      expect(context.bytes.length).toBeGreaterThan(0)
      expect(await places()).toEqual([`${lab.second.folder}/moved.qcow2`])
      expect(await stored()).toContain(`${lab.second.folder}/moved.qcow2`)
      expect(await exists(top)).toBe(true)
      await guest.writesOn()
      expect(await guest.endWriting()).toBe(true)
      await expectUnharmed()
    })

    it('leave nothing of a copy that is given up', async () => {
      const abort = new AbortController()
      const moving = move(
        { pool: first, volume: 'given-up.qcow2', limitBytesPerSecond: mib },
        watched(abort.signal),
      )
      const ended = moving.catch((error: unknown) => error)
      await jobThat(({ doneBytes }) => doneBytes > 0)
      abort.abort()
      expect(await ended).toMatchObject({ kind: 'cancelled', message: `vda of ${name} stays where it was` })
      expect(await session.diskJobs.jobs(vm)).toEqual([])
      expect(await exists(`${lab.first.folder}/given-up.qcow2`)).toBe(false)
      expect(await places()).toEqual([`${lab.second.folder}/moved.qcow2`])
    })

    it('end when the other pool is full, which is told, and the guest goes on', async () => {
      const pool = await lab.smallPool(8 * mib)
      try {
        await expect(move({ pool: pool.name, volume: 'too-large.qcow2' })).rejects.toMatchObject({
          kind: 'busy',
          message: expect.stringMatching(
            new RegExp(`^Pool ${pool.name} is full: .* of 8 MiB are left, and up to 64 MiB are needed$`),
          ),
        })
        expect(await exists(`${pool.folder}/too-large.qcow2`)).toBe(false)
        expect(await places()).toEqual([`${lab.second.folder}/moved.qcow2`])
        await expectUnharmed()
      } finally {
        await pool.remove()
      }
    })

    it('are found when others began them, and can be ended', async () => {
      const copy = `${lab.second.folder}/by-others.qcow2`
      await lab.copyByOthers(copy)
      const job = await jobThat(({ isReady }) => isReady)
      expect(job).toMatchObject({ kind: 'copy', to: copy, isReady: true })
      expect((await plan()).whyNot.move).toContain('already working on this disk')
      await session.diskJobs.end(vm, target, 'stop')
      expect(await session.diskJobs.jobs(vm)).toEqual([])
      expect(await places()).toEqual([`${lab.second.folder}/moved.qcow2`])
    })

    it('keep a copy as it was at that moment, and delete the old image of a disk that was moved', async () => {
      await move({ volume: 'kept.img', format: 'raw', finish: 'keep' })
      expect(await places()).toEqual([`${lab.second.folder}/moved.qcow2`])
      const sum = await lab.exec([
        ...[
          'sh',
          '-c',
          'dd if="$1" bs=1M skip=8 count=16 2>/dev/null | md5sum',
          'sum',
          `${lab.second.folder}/kept.img`,
        ],
      ])
      expect(sum.trim()).toBe(written)
      await move({ pool: first, volume: 'back.qcow2', deletesOld: true })
      expect(await places()).toEqual([`${lab.first.folder}/back.qcow2`])
      expect(await exists(`${lab.second.folder}/moved.qcow2`)).toBe(false)
    })

    it('copy the disk of a VM that is off by its pool, and the VM starts with all of its data', async () => {
      await forceOff()
      await move({ volume: 'off.qcow2', deletesOld: true })
      expect(await stored()).toContain(`${lab.second.folder}/off.qcow2`)
      expect(await exists(`${lab.first.folder}/back.qcow2`)).toBe(false)
      await session.power(vm, 'start', watched())
      await lab.booted()
      await expectUnharmed()
    })

    if (hasCommands)
      it('are done alike by the commands that are shown, running and off', async () => {
        const byHand = async (more: Partial<MoveDiskInput>): Promise<void> => {
          const input: MoveDiskInput = {
            ...{ ...ref, vm, pool: first, volume: 'by-hand.qcow2', finish: 'switch', deletesOld: true },
            ...more,
          }
          const command = await moveCommand(session, input, await plan())
          // the client's connection is not the host's own
          const own = command?.replaceAll(/^virsh -c \S+/gm, 'virsh -c qemu:///system') ?? ''
          await lab.exec(['bash', '-ec', own], { timeoutMs: 60_000 })
        }
        await session.storage.poolAction(second, 'refresh')
        await byHand({})
        expect(await places()).toEqual([`${lab.first.folder}/by-hand.qcow2`])
        expect(await exists(`${lab.second.folder}/off.qcow2`)).toBe(false)
        await expectUnharmed()
        await forceOff()
        await session.storage.poolAction(first, 'refresh')
        await byHand({ pool: second })
        expect(await stored()).toContain(`${lab.second.folder}/by-hand.qcow2`)
        expect(await exists(`${lab.first.folder}/by-hand.qcow2`)).toBe(false)
        await session.power(vm, 'start', watched())
        await lab.booted()
        await expectUnharmed()
      })
  })
}
