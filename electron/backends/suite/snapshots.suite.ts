/** Snapshots of a guest that runs; what becomes of its data is looked at inside of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GuestData } from '../../../e2e/lab/guest-data'
import { until } from '../../../e2e/lab/run'
import { tinyDisk } from '../../../e2e/lab/tiny-vm'
import type { VmId } from '../../../shared/model/ids'
import type { Snapshot, SnapshotView } from '../../../shared/model/snapshots/snapshot'
import type { RevertStart } from '../../../shared/model/snapshots/plan'
import type { HypervisorSession, SessionEvent } from '../backend'
import type { SnapshotWish } from '../snapshot-session'
import { calm } from './expect-kind'

export interface SnapshotLab {
  readonly session: HypervisorSession
  /** Runs, with a qcow2 image of its name in the folder as its only disk, vda. */
  readonly vm: VmId
  readonly name: string
  readonly folder: string
  readonly guest: GuestData
  /** The host can ask the agent of the guest. */
  readonly hasAgent: boolean
  exec(argv: readonly string[]): Promise<string>
  /** A VM that is not started. */
  define(name: string, devices: string, os?: string): Promise<VmId>
  tearDown(): Promise<void>
}

export function describeSnapshots(where: string, setUp: () => Promise<SnapshotLab>): void {
  describe(`snapshots ${where}`, () => {
    let lab: SnapshotLab
    let guest: GuestData
    let session: HypervisorSession
    let vm: VmId
    let base: string
    const at = (snapshot: string): string => `${lab.folder}/${lab.name}.${snapshot}`

    const view = (of: VmId = vm): Promise<SnapshotView> => session.snapshots.snapshots(of)
    const one = async (snapshot: string): Promise<Snapshot> => {
      const found = (await view()).snapshots.find((each) => each.name === snapshot)
      if (!found) throw new Error(`no snapshot ${snapshot}`)
      return found
    }
    const files = async (): Promise<string[]> => (await view()).chains[0]?.files.map(({ path }) => path) ?? []
    const take = (snapshot: string, more: Partial<SnapshotWish> = {}): Promise<void> =>
      session.snapshots.createSnapshot(
        vm,
        {
          name: snapshot,
          description: '',
          kind: 'external',
          withMemory: false,
          quiesce: false,
          live: false,
          reuse: false,
          disks: [],
          ...more,
        },
        calm(),
      )
    const goBack = async (snapshot: string, start: RevertStart = 'as-was'): Promise<void> => {
      const { stamp } = await session.snapshots.revertPlan(vm, snapshot)
      await session.snapshots.revertSnapshot(vm, { name: snapshot, start, stamp }, calm())
    }
    const remove = async (names: string[], withChildren = false): Promise<void> => {
      const wish = { names, withChildren, metadataOnly: false }
      const { stamp } = await session.snapshots.snapshotDeletePlan(vm, wish)
      await session.snapshots.deleteSnapshots(vm, { ...wish, stamp }, calm())
    }
    const exists = (path: string): Promise<boolean> =>
      lab.exec(['test', '-e', path]).then(
        () => true,
        () => false,
      )
    const waitState = async (state: 'running' | 'shut-off'): Promise<void> => {
      await until(`the VM to be ${state}`, 60_000, async () =>
        (await session.listVms()).some((record) => record.id === vm && record.state === state),
      )
    }
    const forceOff = async (): Promise<void> => {
      await session.power(vm, 'forceOff', calm())
      await waitState('shut-off')
    }

    beforeAll(async () => {
      lab = await setUp()
      ;({ session, vm, guest } = lab)
      base = `${lab.folder}/${lab.name}.qcow2`
      await guest.agentAnswers()
    }, 180_000)

    afterAll(() => lab?.tearDown(), 120_000)

    it('inside the image bring back what a file and the disk had when they were taken', async () => {
      await guest.see('echo before >/tmp/file')
      await guest.write(0, 'before')
      await take('inside', { kind: 'internal', description: 'All of it' })
      expect(await one('inside')).toMatchObject({
        kind: 'internal',
        state: 'running',
        hasMemory: true,
        isCurrent: true,
        description: 'All of it',
      })
      await guest.see('echo after >/tmp/file')
      await guest.write(0, 'after')
      const told: SessionEvent[] = []
      const stop = session.onEvent((event) => told.push(event))
      await goBack('inside')
      stop()
      await guest.agentAnswers()
      expect(await guest.see('cat /tmp/file')).toBe('before')
      expect(await guest.read(0)).toBe('before')
      expect(told).toContainEqual({ kind: 'resource-changed', resource: 'snapshot', name: vm })
    })

    it('of the disks alone are taken while the guest runs, and make a tree of four', async () => {
      for (const [index, snapshot] of ['one', 'two', 'three', 'four'].entries()) {
        await take(snapshot, index === 0 && lab.hasAgent ? { quiesce: true } : {})
        await guest.write(index + 1, snapshot)
      }
      const { snapshots } = await view()
      expect(snapshots.map(({ name: own, parent, state }) => [own, parent, state])).toEqual([
        ['inside', undefined, 'running'],
        ['one', 'inside', 'disk-only'],
        ['two', 'one', 'disk-only'],
        ['three', 'two', 'disk-only'],
        ['four', 'three', 'disk-only'],
      ])
      expect(await files()).toEqual([at('four'), at('three'), at('two'), at('one'), base])
      expect((await one('four')).sizeBytes).toBeGreaterThan(0)
    })

    it('say why they cannot go now, and which have to go first', async () => {
      const { actions } = await one('inside')
      expect(actions.revert).toEqual({
        isAllowed: false,
        reason: `It is inside ${base}, and vda is ${at('four')} now`,
        cure: 'Delete “four”, “three”, “two” and “one” first, newest first: what they keep goes into the images below.',
      })
      expect(actions.delete).toEqual(actions.revert)
      expect((await one('four')).actions.revert).toMatchObject({
        cure: 'Shut it down or force it off first.',
      })
    })

    it('in the middle of a chain go while the guest runs, and every byte stays', async () => {
      const before = await guest.sums()
      await remove(['two'])
      expect(await files()).toEqual([at('four'), at('three'), at('one'), base])
      expect(await exists(at('two'))).toBe(false)
      expect((await one('three')).parent).toBe('one')
      expect((await one('three')).disks).toContainEqual({
        target: 'vda',
        kind: 'external',
        overlay: at('three'),
        file: at('one'),
      })
      expect(await guest.sums()).toBe(before)
    })

    it('on top go the same way, and the guest writes to the file below from then on', async () => {
      const before = await guest.sums()
      await remove(['four'])
      expect(await files()).toEqual([at('three'), at('one'), base])
      expect(await guest.sums()).toBe(before)
      expect((await session.definition(vm, 'stored')).xml).toContain(at('three'))
    })

    it('get another name and description, and stay where they are in the tree', async () => {
      await session.snapshots.editSnapshot(vm, { name: 'one', newName: 'first', description: 'Renamed' })
      const { snapshots } = await view()
      expect(
        snapshots.map(({ name: own, parent, description, isCurrent }) => [
          own,
          parent,
          description,
          isCurrent,
        ]),
      ).toEqual([
        ['inside', undefined, 'All of it', false],
        ['first', 'inside', 'Renamed', false],
        ['three', 'first', '', true],
      ])
    })

    it('that others are built on are neither merged nor begun anew, not even by a clone made a moment ago', async () => {
      const clone = `${lab.folder}/${lab.name}-clone.qcow2`
      await lab.exec(['qemu-img', 'create', '-q', '-f', 'qcow2', '-F', 'qcow2', '-b', at('one'), clone])
      await expect(remove(['three'])).rejects.toMatchObject({
        kind: 'unsupported',
        message: `${at('one')}, which “three” needs, is also the base of others`,
      })
      await lab.exec(['rm', clone])
    })

    it('of a VM that is off go by its files, and are gone back to', async () => {
      await guest.write(9, 'lost')
      await forceOff()
      const { lost } = await session.snapshots.revertPlan(vm, 'three')
      expect(lost).toEqual(['Everything that was written to vda since the snapshot was taken'])
      await remove(['first'])
      expect(await files()).toEqual([at('three'), base])
      await goBack('three', 'running')
      await waitState('running')
      await guest.agentAnswers()
      expect(await guest.read(1)).toBe('one')
      expect(await guest.read(2)).toBe('two')
      expect(await guest.read(3)).toBe('')
      expect(await guest.read(9)).toBe('')
      expect(await lab.exec(['qemu-img', 'check', '-U', at('three')])).toContain('No errors')
    })

    it('with memory beside the disk let the guest go on where it was', async () => {
      await guest.see('echo remembered >/tmp/file')
      await guest.write(5, 'remembered')
      await take('memory', { withMemory: true, live: true })
      const memory = `${lab.folder}/${lab.name}.memory.mem`
      expect(await one('memory')).toMatchObject({ state: 'running', hasMemory: true, memoryFile: memory })
      await guest.see('echo forgotten >/tmp/file')
      await guest.write(5, 'forgotten')
      await forceOff()
      await goBack('memory')
      await waitState('running')
      await guest.agentAnswers()
      expect(await guest.see('cat /tmp/file')).toBe('remembered')
      expect(await guest.read(5)).toBe('remembered')
      expect(await files()).toEqual([at('memory'), at('three'), base])
      await remove(['inside'], true)
      expect((await view()).snapshots).toEqual([])
      expect(await files()).toEqual([base])
      expect(await exists(memory)).toBe(false)
      expect(await guest.read(5)).toBe('remembered')
    })

    it('that are not possible are told with the reason and the nearest other way', async () => {
      const rawVm = await lab.define(
        'snapshots-raw',
        tinyDisk(`${lab.folder}/none.raw`, 'vda', { format: 'raw' }),
      )
      const uefiVm = await lab.define(
        'snapshots-uefi',
        tinyDisk(`${lab.folder}/none.qcow2`, 'vda'),
        `<loader readonly='yes' type='pflash'>/usr/share/none.fd</loader><nvram>/var/lib/libvirt/none.fd</nvram>`,
      )
      const raw = await view(rawVm)
      expect(raw.usual).toBe('external')
      expect(raw.offers.internal).toEqual({
        isAllowed: false,
        reason: 'vda is a raw image, and only qcow2 images can keep snapshots inside',
        cure: 'Take an external snapshot, or convert the image to qcow2.',
      })
      expect(raw.offers.memory).toMatchObject({
        reason: 'The VM is not running, so there is no memory to keep',
      })
      const uefi = await view(uefiVm)
      expect(uefi.offers.internal).toMatchObject({
        reason: 'The VM starts with UEFI, and its variables cannot be kept inside an image',
      })
      expect(uefi.offers.external).toEqual({ isAllowed: true })
    })

    it('that other programs made inside an image are told apart', async () => {
      await forceOff()
      await lab.exec(['qemu-img', 'snapshot', '-c', 'by hand', base])
      const { foreign, snapshots } = await view()
      expect(snapshots).toEqual([])
      expect(foreign).toMatchObject([{ target: 'vda', tag: 'by hand', hasMemory: false }])
    })

    it('of a VM that is off go inside its image, are gone back to, and give their space back', async () => {
      await take('cold', { kind: 'internal' })
      expect(await one('cold')).toMatchObject({ state: 'shut-off', hasMemory: false })
      await goBack('cold')
      await remove(['cold'])
      expect((await view()).snapshots).toEqual([])
      expect(await lab.exec(['qemu-img', 'snapshot', '-l', base])).not.toContain('cold')
    })
  })
}
