/** Jobs on the disk of a real running guest, which writes meanwhile and says itself what it reads afterwards. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFolderPool, type FolderPool } from '../../e2e/lab/folder-pool'
import { startLab, type Lab, type LabHost } from '../../e2e/lab/lab'
import { makeSmallPool } from '../../e2e/lab/small-pool'
import { WritingGuest } from '../../e2e/lab/writing-guest'
import type { DiskFacts, DiskJob, MoveDiskInput } from '../../shared/model/disk-jobs/disk-job'
import { hostId, vmId, type VmId } from '../../shared/model/ids'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { Reacher } from '../backends/libvirt/testing/reacher'
import { flattenDisk, mergeDisk } from './layers-work'
import { moveDisk } from './move'
import { moveCommand } from './move-command'
import { planDisk } from './plan'

const name = 'disk-jobs'
const target = 'vda'
const mib = 1024 ** 2
const [first, second, small] = ['disk-jobs-one', 'disk-jobs-two', 'disk-jobs-small']
const folder = (pool: string): string => `/var/lib/libvirt/${pool}`
const [base, middle, top] = ['base', 'middle', 'top'].map((file) => `${folder(first)}/${file}.qcow2`) as [
  string,
  string,
  string,
]
describe('disk jobs of a running guest', () => {
  let lab: Lab
  let host: LabHost
  let reacher: Reacher
  let session: HypervisorSession
  let vm: VmId
  let guest: WritingGuest
  const pools: FolderPool[] = []
  let written: string

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
    host.exec(['test', '-e', path]).then(
      () => true,
      () => false,
    )
  const expectUnharmed = async (): Promise<void> => expect(await guest.sum()).toBe(written)

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    reacher = new Reacher(lab, host)
    const uri = `qemu+ssh://${host.user}@127.0.0.1:${await reacher.portTo(22)}/system?known_hosts=/dev/null`
    session = (await reacher.connect(uri, { keyFile: host.keyFile })).session
    for (const pool of [first, second]) pools.push(await makeFolderPool(host, pool))
    const image = ['qemu-img', 'create', '-q', '-f', 'qcow2']
    await host.exec([...image, base, '64M'])
    await host.exec([...image, '-b', base, '-F', 'qcow2', middle])
    await host.exec(['qemu-io', '-f', 'qcow2', '-c', 'write -P 7 4M 2M', middle])
    await host.exec([...image, '-b', middle, '-F', 'qcow2', top])
    await host.virsh(['pool-refresh', first])
    guest = new WritingGuest(host, name)
    await guest.start(top)
    vm = vmId.parse((await host.virsh(['domuuid', name])).trim())
    written = await guest.sum()
  })

  afterAll(async () => {
    await host?.removeGuest(name)
    for (const pool of pools) await pool.remove()
    await reacher?.stop()
    await lab?.stop()
  })

  it('merge layers below the top, unless another image would be damaged', async () => {
    expect(await places()).toEqual([top, middle, base])
    const other = `${folder(first)}/other.qcow2`
    await host.exec(['qemu-img', 'create', '-q', '-f', 'qcow2', '-b', base, '-F', 'qcow2', other])
    await host.virsh(['pool-refresh', first])
    const inner = async () => (await plan()).merges.find((one) => one.top === middle && one.base === base)
    expect((await inner())?.whyNot).toBe(`${other} uses ${base} too, and would be damaged`)
    await host.virsh(['vol-delete', '--pool', first, 'other.qcow2'])
    await session.storage.poolAction(first, 'refresh')
    expect(await inner()).toEqual({ top: middle, base, leftOver: [middle] })
    await mergeDisk(session, { ...ref, vm, top: middle, base }, await plan(), watched())
    expect(await places()).toEqual([top, base])
    await expectUnharmed()
  })

  it('merge the top into its base and switch the VM to it', async () => {
    await host.virsh([
      ...['snapshot-create-as', name, '--disk-only', '--no-metadata', '--diskspec'],
      `${target},file=${folder(first)}/overlay.qcow2`,
    ])
    await guest.change(0, 2)
    written = await guest.sum()
    const overlay = `${folder(first)}/overlay.qcow2`
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
    expect(job.to).toBe(`${folder(second)}/moved.qcow2`)
    await session.diskJobs.setLimit(vm, target, 64 * mib)
    expect((await jobThat(() => true)).limitBytesPerSecond).toBe(64 * mib)
    await moving
    process.stdout.write(`moved 64 MiB under load in ${Math.round(performance.now() - began)} ms\n`)
    expect(context.bytes.length).toBeGreaterThan(0)
    expect(await places()).toEqual([`${folder(second)}/moved.qcow2`])
    expect(await stored()).toContain(`${folder(second)}/moved.qcow2`)
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
    expect(await exists(`${folder(first)}/given-up.qcow2`)).toBe(false)
    expect(await places()).toEqual([`${folder(second)}/moved.qcow2`])
  })

  it('end when the other pool is full, which is told, and the guest goes on', async () => {
    const pool = await makeSmallPool(host, small, 8 * mib)
    try {
      await expect(move({ pool: small, volume: 'too-large.qcow2' })).rejects.toMatchObject({
        kind: 'busy',
        message: expect.stringMatching(
          new RegExp(`^Pool ${small} is full: .* of 8 MiB are left, and up to 64 MiB are needed$`),
        ),
      })
      expect(await exists(`${pool.folder}/too-large.qcow2`)).toBe(false)
      expect(await places()).toEqual([`${folder(second)}/moved.qcow2`])
      await expectUnharmed()
    } finally {
      await pool.remove()
    }
  })

  it('are found when others began them, and can be ended', async () => {
    const copy = `${folder(second)}/by-virsh.qcow2`
    await host.virsh(['blockcopy', name, target, copy, '--transient-job', '--format', 'qcow2'])
    const job = await jobThat(({ isReady }) => isReady)
    expect(job).toMatchObject({ kind: 'copy', to: copy, isReady: true })
    expect((await plan()).whyNot.move).toContain('already working on this disk')
    await session.diskJobs.end(vm, target, 'stop')
    expect(await session.diskJobs.jobs(vm)).toEqual([])
    expect(await places()).toEqual([`${folder(second)}/moved.qcow2`])
  })

  it('keep a copy as it was at that moment, and delete the old image of a disk that was moved', async () => {
    await move({ volume: 'kept.img', format: 'raw', finish: 'keep' })
    expect(await places()).toEqual([`${folder(second)}/moved.qcow2`])
    const sum = await host.exec([
      ...[
        'sh',
        '-c',
        'dd if="$1" bs=1M skip=8 count=16 2>/dev/null | md5sum',
        'sum',
        `${folder(second)}/kept.img`,
      ],
    ])
    expect(sum.trim()).toBe(written)
    await move({ pool: first, volume: 'back.qcow2', deletesOld: true })
    expect(await places()).toEqual([`${folder(first)}/back.qcow2`])
    expect(await exists(`${folder(second)}/moved.qcow2`)).toBe(false)
  })

  it('copy the disk of a VM that is off by its pool, and the VM starts with all of its data', async () => {
    await session.power(vm, 'forceOff', watched())
    await host.waitState(name, 'shut off')
    await move({ volume: 'off.qcow2', deletesOld: true })
    expect(await stored()).toContain(`${folder(second)}/off.qcow2`)
    expect(await exists(`${folder(first)}/back.qcow2`)).toBe(false)
    await session.power(vm, 'start', watched())
    await host.waitReady(name)
    await expectUnharmed()
  })

  it('are done alike by the commands that are shown, running and off', async () => {
    const byHand = async (more: Partial<MoveDiskInput>): Promise<void> => {
      const input: MoveDiskInput = {
        ...{ ...ref, vm, pool: first, volume: 'by-hand.qcow2', finish: 'switch', deletesOld: true },
        ...more,
      }
      const command = await moveCommand(session, input, await plan())
      // the client's connection is not the host's own
      const own = command?.replaceAll(/^virsh -c \S+/gm, 'virsh -c qemu:///system') ?? ''
      await host.exec(['bash', '-ec', own], { timeoutMs: 60_000 })
    }
    await session.storage.poolAction(second, 'refresh')
    await byHand({})
    expect(await places()).toEqual([`${folder(first)}/by-hand.qcow2`])
    expect(await exists(`${folder(second)}/off.qcow2`)).toBe(false)
    await expectUnharmed()
    await session.power(vm, 'forceOff', watched())
    await host.waitState(name, 'shut off')
    await session.storage.poolAction(first, 'refresh')
    await byHand({ pool: second })
    expect(await stored()).toContain(`${folder(second)}/by-hand.qcow2`)
    expect(await exists(`${folder(first)}/by-hand.qcow2`)).toBe(false)
    await session.power(vm, 'start', watched())
    await host.waitReady(name)
    await expectUnharmed()
  })
})
