/**
 * What clones are on every host: of a VM whose disk lies on four layers that another VM is built on too. Whatever is done,
 * every byte that belongs to somebody else stays as it is.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tinyDisk, tinyVmXml } from '../../../e2e/lab/tiny-vm'
import { AppError, errorData, type ErrorData } from '../../../shared/errors'
import type { CloneDisk, CloneInput, ClonePlan } from '../../../shared/model/clone'
import type { Values } from '../../../shared/model/hardware/field'
import { hostId, vmId, type VmId } from '../../../shared/model/ids'
import type { VmRecord } from '../../../shared/model/vm'
import type { ActionContext, HypervisorSession } from '../../backends/backend'
import { failing } from '../../new-vm/testing/demo'
import { makeClones } from '../clone'
import { workOutClones } from '../plan'

export interface CloneGround {
  readonly session: HypervisorSession
  /** An active pool of files, and its folder. */
  readonly pool: string
  readonly folder: string
  /** A folder beside it. */
  readonly nvram: string
  /** Of each file in both folders, something that changes with every byte of it, by path. */
  contents(): Promise<ReadonlyMap<string, string>>
  /** Writes into a layer what no other layer has there. */
  fill(path: string, format: string, layer: number): Promise<void>
  /** Makes a small file. */
  put(path: string, text: string): Promise<void>
  /** Whether a guest sees the same in both images. */
  isSame(one: string, other: string): Promise<boolean>
  /** Takes away every file of this name in both folders. */
  clear(prefix: string): Promise<void>
  tearDown(): Promise<void>
}

const mib = 1024 ** 2
const prefix = 'clone-suite'
const original = vmId.parse('5717e000-0000-4000-8000-0000000c10e1')
const neighbour = vmId.parse('5717e000-0000-4000-8000-0000000c10e2')
const mac = '52:54:00:c1:0e:01'
const calm: ActionContext = { signal: new AbortController().signal, onProgress: () => undefined }

export function describeClones(name: string, setUp: () => Promise<CloneGround>, timeout = 120_000): void {
  describe(name, () => {
    let ground: CloneGround
    let session: HypervisorSession
    /** All there was before the clone. */
    let before: ReadonlyMap<string, string>

    const at = (file: string): string => `${ground.folder}/${prefix}-${file}`
    const vmNamed = async (wanted: string): Promise<VmRecord | undefined> =>
      (await session.listVms()).find((vm) => vm.name === wanted)
    const idOf = async (wanted: string): Promise<VmId> => {
      const found = await vmNamed(wanted)
      if (!found) throw new Error(`There is no ${wanted}`)
      return found.id
    }
    const input = (disks: readonly CloneDisk[] = [], more: Partial<CloneInput> = {}): CloneInput => ({
      host: hostId.parse('lab'),
      vm: original,
      name: `${prefix}-2`,
      count: 1,
      disks: [...disks],
      ...more,
    })
    const plan = async (disks: readonly CloneDisk[] = []): Promise<ClonePlan> =>
      (await workOutClones(session, input(disks))).plan
    const clone = async (
      wish: CloneInput,
      through = session,
      context = calm,
    ): Promise<ErrorData | undefined> => {
      const worked = await workOutClones(through, wish)
      expect(worked.plan.problems.filter(({ level }) => level === 'error')).toEqual([])
      return makeClones(through, worked, context).then(
        () => undefined,
        (error: unknown) => errorData(error),
      )
    }
    const backingOf = async (volume: string): Promise<string | undefined> =>
      (await session.storage.volumeDetails(ground.pool, [`${prefix}-${volume}`])).volumes[0]?.backingPath
    const refusal = async (work: Promise<unknown>): Promise<ErrorData> =>
      work.then(
        () => expect.fail('it was done'),
        (error: unknown) => errorData(error),
      )
    /** Nothing but these files came, and no byte of the others changed. */
    const expectOnlyNew = async (...files: string[]): Promise<void> => {
      const now = new Map(await ground.contents())
      for (const file of files) expect(now.delete(file), file).toBe(true)
      expect(now).toEqual(before)
    }
    const drop = async (id: VmId): Promise<void> => {
      await session.power(id, 'forceOff', calm).catch(() => undefined)
      await session.delete(id, { files: [] }, calm)
    }

    beforeAll(async () => {
      ground = await setUp()
      session = ground.session
    }, timeout)

    beforeEach(async () => {
      const make = (file: string, values: Values): Promise<void> =>
        session.storage.createVolume(
          ground.pool,
          { name: `${prefix}-${file}`, allocation: 'sparse', ...values },
          calm,
        )
      const layer = (file: string, base?: string): Promise<void> =>
        make(`${file}.qcow2`, {
          format: 'qcow2',
          ...(base === undefined
            ? { capacityBytes: 16 * mib }
            : { backingPath: at(`${base}.qcow2`), backingFormat: 'qcow2' }),
        })
      await layer('base')
      await layer('a', 'base')
      await layer('b', 'a')
      await layer('c', 'b')
      await layer('d', 'b')
      // each layer has something of its own, and hides a part of what is below
      for (const [index, file] of ['base', 'a', 'b', 'c', 'd'].entries())
        await ground.fill(at(`${file}.qcow2`), 'qcow2', index)
      for (const [index, file] of ['data.img', 'scratch.img', 'media.iso'].entries()) {
        await make(file, { format: 'raw', capacityBytes: 8 * mib })
        await ground.fill(at(file), 'raw', index)
      }
      const raw = { format: 'raw' }
      const nvram = `${ground.nvram}/${prefix}_VARS.fd`
      await ground.put(nvram, 'variables of the original'.padEnd(512))
      await session.creation.define(
        tinyVmXml({
          name: prefix,
          uuid: original,
          os: `<loader readonly='yes' type='pflash'>/usr/share/${prefix}.fd</loader><nvram>${nvram}</nvram>`,
          devices:
            tinyDisk(at('c.qcow2'), 'vda') +
            tinyDisk(at('data.img'), 'vdb', raw) +
            tinyDisk(at('scratch.img'), 'vdc', raw) +
            tinyDisk(at('media.iso'), 'sda', { ...raw, device: 'cdrom', more: '<readonly/>' }) +
            `<interface type='user'><mac address='${mac}'/></interface>`,
        }),
      )
      await session.creation.define(
        tinyVmXml({
          name: `${prefix}-neighbour`,
          uuid: neighbour,
          devices: tinyDisk(at('d.qcow2'), 'vda'),
        }),
      )
      before = await ground.contents()
    }, timeout)

    afterEach(async () => {
      for (const vm of await session.listVms()) if (vm.name.startsWith(prefix)) await drop(vm.id)
      await ground.clear(prefix)
      await session.storage.poolAction(ground.pool, 'refresh')
    }, timeout)

    afterAll(() => ground.tearDown(), timeout)

    it('have each disk as it was chosen: linked, copied, shared, or not at all', { timeout }, async () => {
      const wishes: CloneDisk[] = [
        { target: 'vda', how: 'linked' },
        { target: 'vdb', how: 'copy' },
        { target: 'vdc', how: 'skip' },
        { target: 'sda', how: 'share' },
      ]
      expect(await clone(input(wishes))).toBeUndefined()
      expect(await backingOf('2.qcow2')).toBe(at('c.qcow2'))
      expect(await ground.isSame(at('c.qcow2'), at('2.qcow2'))).toBe(true)
      expect(await ground.isSame(at('data.img'), at('2-vdb.img'))).toBe(true)
      const xml = await session.creation.source(await idOf(`${prefix}-2`))
      for (const path of [at('2.qcow2'), at('2-vdb.img'), at('media.iso')]) expect(xml).toContain(path)
      for (const gone of [at('c.qcow2'), at('data.img'), 'scratch', "'vdc'", mac])
        expect(xml).not.toContain(gone)
      await expectOnlyNew(at('2.qcow2'), at('2-vdb.img'), `${ground.nvram}/${prefix}-2_VARS.fd`)
    })

    it('start, and write to nothing but their own', { timeout }, async () => {
      const linked: CloneInput = { ...input([{ target: 'vda', how: 'linked' }]), vm: neighbour }
      expect(await clone(linked)).toBeUndefined()
      const id = await idOf(`${prefix}-2`)
      await session.power(id, 'start', calm)
      expect((await vmNamed(`${prefix}-2`))?.state).toBe('running')
      await session.power(id, 'forceOff', calm)
      await expectOnlyNew(at('2.qcow2'))
    })

    it('stand alone as copies, and go again without a trace', { timeout }, async () => {
      expect(await clone(input())).toBeUndefined()
      const files = ['2.qcow2', '2-vdb.img', '2-vdc.img'].map(at)
      expect(await backingOf('2.qcow2')).toBeUndefined()
      expect(await ground.isSame(at('c.qcow2'), at('2.qcow2'))).toBe(true)
      await expectOnlyNew(...files, `${ground.nvram}/${prefix}-2_VARS.fd`)
      const id = await idOf(`${prefix}-2`)
      const told = await session.deletePlan(id)
      expect(
        told.files
          .filter((file) => file.isSuggested)
          .map((file) => file.path)
          .toSorted(),
      ).toEqual(files.toSorted())
      await session.delete(id, { files }, calm)
      await expectOnlyNew()
    })

    it('keep the files they are built on from being deleted, with a VM or alone', { timeout }, async () => {
      expect(await clone(input([{ target: 'vda', how: 'linked' }, ...others('skip')]))).toBeUndefined()
      const all = await ground.contents()
      const { files } = await session.deletePlan(original)
      expect(files.find(({ path }) => path === at('c.qcow2'))).toMatchObject({
        usedBy: [`${prefix}-2`],
        isSuggested: false,
      })
      for (const chosen of [[at('c.qcow2')], [at('data.img'), at('c.qcow2')]])
        expect((await refusal(session.delete(original, { files: chosen }, calm))).kind).toBe('busy')
      // what is below is the neighbour's too
      expect((await refusal(session.delete(original, { files: [at('b.qcow2')] }, calm))).kind).toBe('busy')
      const alone = async (file: string): Promise<ErrorData> =>
        refusal(session.storage.deleteVolume({ pool: ground.pool, volume: `${prefix}-${file}.qcow2` }, false))
      for (const file of ['c', 'b', 'a', 'base']) expect((await alone(file)).kind, file).toBe('busy')
      expect(await ground.contents()).toEqual(all)

      // without its VM the disk is still the clone's base, and the layers below are the neighbour's too
      await session.delete(original, { files: [at('data.img')] }, calm)
      expect((await alone('c')).kind).toBe('busy')
      const id = await idOf(`${prefix}-2`)
      await session.delete(id, { files: [at('2.qcow2')] }, calm)
      await session.storage.deleteVolume({ pool: ground.pool, volume: `${prefix}-c.qcow2` }, false)
      for (const file of ['b', 'a', 'base']) expect((await alone(file)).kind, file).toBe('busy')
      const left = await ground.contents()
      for (const file of ['base', 'a', 'b', 'd'].map((one) => at(`${one}.qcow2`)))
        expect(left.get(file), file).toBe(before.get(file))
    })

    it('that are deleted take nothing along that others use', { timeout }, async () => {
      expect(await clone(input([{ target: 'vda', how: 'linked' }, ...others('share')]))).toBeUndefined()
      const id = await idOf(`${prefix}-2`)
      const { files } = await session.deletePlan(id)
      expect(files.filter((file) => file.isSuggested).map(({ path }) => path)).toEqual([at('2.qcow2')])
      for (const shared of [at('data.img'), at('media.iso')])
        expect(
          (await refusal(session.delete(id, { files: [at('2.qcow2'), shared] }, calm))).kind,
          shared,
        ).toBe('busy')
      await session.delete(id, { files: [at('2.qcow2')] }, calm)
      await expectOnlyNew()
    })

    it('are known as soon as they are there, also while files are deleted one after the other', {
      timeout,
    }, async () => {
      const remove = (file: string): Promise<void> =>
        session.storage.deleteVolume({ pool: ground.pool, volume: `${prefix}-${file}` }, false)
      await session.delete(original, { files: [] }, calm)
      await remove('data.img')
      const layer = { name: `${prefix}-e.qcow2`, format: 'qcow2', allocation: 'sparse' }
      const base = { backingPath: at('c.qcow2'), backingFormat: 'qcow2' }
      await session.storage.createVolume(ground.pool, { ...layer, ...base }, calm)
      expect((await refusal(remove('c.qcow2'))).kind).toBe('busy')
      await session.creation.define(
        tinyVmXml({
          name: `${prefix}-3`,
          devices: tinyDisk(at('scratch.img'), 'vda', { format: 'raw' }),
        }),
      )
      expect((await refusal(remove('scratch.img'))).kind).toBe('busy')
      await session.delete(await idOf(`${prefix}-3`), { files: [] }, calm)
      await remove('scratch.img')
      await remove('e.qcow2')
      await remove('c.qcow2')
    })

    it('that fail or are cancelled remove what they made, and nothing else', { timeout }, async () => {
      const no = (): Promise<never> => Promise.reject(new AppError('invalid', 'The host does not want to'))
      const wish = input([{ target: 'vda', how: 'linked' }])
      const vms = (await session.listVms()).map((vm) => vm.id).toSorted()
      const expectNothing = async (): Promise<void> => {
        await expectOnlyNew()
        expect((await session.listVms()).map((vm) => vm.id).toSorted()).toEqual(vms)
      }
      const { storage, creation, images } = session
      for (const broken of [
        failing(session, { storage: failing(storage, { createVolume: no }) }),
        failing(session, { storage: failing(storage, { cloneVolume: no }) }),
        failing(session, { creation: failing(creation, { define: no }) }),
        // the last step: the VM is there by then
        failing(session, { images: failing(images, { imageAction: no }) }),
      ]) {
        expect(await clone(wish, broken)).toMatchObject({
          kind: 'invalid',
          message: 'The host does not want to',
        })
        await expectNothing()
      }
      for (const after of [0, 0.2, 0.6]) {
        const stop = new AbortController()
        const onProgress = (part: number): void => {
          if (part > after) stop.abort()
        }
        expect((await clone(wish, session, { signal: stop.signal, onProgress }))?.kind).toBe('cancelled')
        await expectNothing()
      }
    })

    it('of a VM that is on are neither linked nor copied, which is said', { timeout }, async () => {
      // a firmware that is not there keeps the original from starting
      await session.power(neighbour, 'start', calm)
      const running = { ...input([]), vm: neighbour }
      const told = (await workOutClones(session, running)).plan
      expect(told.problems.filter(({ level }) => level === 'error')).toMatchObject([{ field: 'vm' }])
      expect(told.clones[0]?.disks[0]?.whyNot.linked).toContain('is on and goes on writing')
      const linked = { ...running, disks: [{ target: 'vda', how: 'linked' as const }] }
      const { problems } = (await workOutClones(session, linked)).plan
      expect(problems.find(({ field }) => field === 'disks.vda')).toMatchObject({ level: 'error' })
      // its base is read by it only, so a clone may be built there all the same
      expect(
        (await plan([{ target: 'vda', how: 'linked' }])).problems.map(({ level }) => level),
      ).not.toContain('error')
    })

    it('have UEFI variables of their own, and write over nobody’s', { timeout }, async () => {
      const [own, taken] = ['2-2', '2'].map((number) => `${ground.nvram}/${prefix}-${number}_VARS.fd`)
      await ground.put(taken ?? '', 'variables of somebody else'.padEnd(512))
      before = await ground.contents()
      expect((await plan()).clones[0]?.nvram).toEqual({ from: `${ground.nvram}/${prefix}_VARS.fd`, to: own })
      expect(await clone(input(others('skip', ['vda', 'vdb', 'vdc'])))).toBeUndefined()
      await expectOnlyNew(own ?? '')
      expect((await ground.contents()).get(own ?? '')).toBe(before.get(`${ground.nvram}/${prefix}_VARS.fd`))
      expect(await session.creation.source(await idOf(`${prefix}-2`))).toContain(own)
    })
  })
}

function others(how: CloneDisk['how'], targets = ['vdb', 'vdc']): CloneDisk[] {
  return targets.map((target) => ({ target, how }))
}
