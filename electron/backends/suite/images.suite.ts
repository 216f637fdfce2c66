import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { plain, type Values } from '../../../shared/model/hardware/field'
import type { ImageAction, ImageResult } from '../../../shared/model/storage/image'
import type { HypervisorSession } from '../backend'
import type { Suite } from '../backend.suite'
import { calm, expectKind } from './expect-kind'

const mib = 1024 ** 2

/** Images of the pool the other parts use, so that what VMs and other images have is known to the session itself. */
export function describeImages(suite: Suite): void {
  const { testMs, host } = suite
  const { pool } = host.storage

  describe('images', () => {
    let session: HypervisorSession
    let made = new Set<string>()
    let folder = ''

    beforeEach(async () => {
      ;({ session } = await suite.open())
      const { values } = await session.storage.pool(pool)
      folder = plain(values['path'])
    }, host.timeouts.prepareMs)

    afterEach(async () => {
      // what was made beside the pool is found when it is read anew
      await session.storage.poolAction(pool, 'refresh')
      for (const volume of made) await session.storage.deleteVolume({ pool, volume }, true).catch(() => {})
      made = new Set()
    }, testMs)

    const at = (name: string): string => {
      made.add(name)
      return `${folder}/${name}`
    }
    const create = async (name: string, more: Values = {}): Promise<string> => {
      const values = { name, format: 'qcow2', compat: '1.1', allocation: 'sparse', ...more }
      const path = at(name)
      await session.storage.createVolume(pool, { capacityBytes: 8 * mib, ...values }, calm())
      return path
    }
    /** Of the same size as its base. */
    const layer = (name: string, base: string): Promise<string> =>
      create(name, { backingPath: base, backingFormat: 'qcow2', capacityBytes: undefined })
    const act = (path: string, action: ImageAction): Promise<ImageResult> =>
      session.images.imageAction(path, action, calm())
    const convert = (to: string, more: object = {}): ImageAction => ({
      kind: 'convert',
      to,
      format: 'qcow2',
      isCompressed: false,
      options: {},
      ...more,
    })
    const check: ImageAction = { kind: 'check', repair: 'no' }
    const sizeOf = async (path: string): Promise<number | undefined> =>
      (await session.images.image(path)).chain[0]?.virtualSizeBytes

    if (host.runsNoCommands) {
      it('cannot be looked at, which is said', { timeout: testMs }, async () => {
        const { images } = session
        const path = `${folder}/suite-image.qcow2`
        for (const call of [
          () => images.image(path),
          () => images.imageMap(path),
          () => images.folder(folder),
          () => images.pathAccess(path),
          () => act(path, check),
        ])
          expect((await expectKind(call(), 'unsupported')).cure).toContain('ssh')
      })
      return
    }

    it('are told with those they are built on, top first', { timeout: testMs }, async () => {
      const base = await create('suite-image-base.qcow2')
      const top = await layer('suite-image-top.qcow2', base)
      const report = await session.images.image(top)
      expect(report.chain.map(({ path }) => path)).toEqual([top, base])
      expect(report.chain[0]).toMatchObject({
        format: 'qcow2',
        virtualSizeBytes: 8 * mib,
        clusterSizeBytes: 65_536,
        backingPath: base,
        backingFormat: 'qcow2',
        isDirty: false,
        isEncrypted: false,
        snapshots: [],
      })
      expect(report.chain[0]?.more).toContainEqual(['compat', '1.1'])
      expect(report).toMatchObject({ dependants: [], inUseBy: [] })
      expect(report.brokenBy).toBeUndefined()
      expect((await session.images.image(base)).dependants).toEqual([top])
    })

    it('whose base is gone are told as far as they go', { timeout: testMs }, async () => {
      const base = await create('suite-image-base.qcow2')
      const top = await layer('suite-image-top.qcow2', base)
      await session.storage.deleteVolume({ pool, volume: 'suite-image-base.qcow2' }, true)
      const { chain, brokenBy } = await session.images.image(top)
      expect(chain.map(({ path }) => path)).toEqual([top])
      expect(brokenBy).toBe(`Its base ${base} is missing`)
      const error = await expectKind(act(top, { kind: 'commit' }), 'not-found')
      expect(error.message).toContain(base)
    })

    it('that are not there are not found', { timeout: testMs }, async () => {
      const gone = `${folder}/suite-image-gone.qcow2`
      await expectKind(session.images.image(gone), 'not-found')
      await expectKind(session.images.imageMap(gone), 'not-found')
      await expectKind(act(gone, check), 'not-found')
      const there = await create('suite-image.qcow2')
      await expectKind(act(there, { kind: 'compare', with: gone }), 'not-found')
      await expectKind(act(there, { kind: 'rebase', base: gone, isUnsafe: false }), 'not-found')
    })

    it('show what is in them, piece by piece and without a gap', { timeout: testMs }, async () => {
      const base = await create('suite-image-base.qcow2')
      for (const path of [base, await layer('suite-image-top.qcow2', base)]) {
        const { extents, isTruncated } = await session.images.imageMap(path)
        expect(isTruncated).toBe(false)
        let end = 0
        for (const [index, { startBytes, lengthBytes, kind }] of extents.entries()) {
          expect(startBytes).toBe(end)
          expect(lengthBytes).toBeGreaterThan(0)
          expect(kind).not.toBe(extents[index - 1]?.kind)
          end += lengthBytes
        }
        expect(end).toBe(8 * mib)
      }
    })

    it('are checked, except for those that keep no tables', { timeout: testMs }, async () => {
      const image = await create('suite-image.qcow2')
      expect((await act(image, check)).summary).toBe('No errors')
      expect((await act(image, { kind: 'check', repair: 'all' })).summary).toBe('No errors')
      const raw = await create('suite-image.img', { format: 'raw' })
      const error = await expectKind(act(raw, check), 'unsupported')
      expect(error.message).toContain('raw')
    })

    it('are converted into a new file and never over another', { timeout: testMs }, async () => {
      const image = await create('suite-image.qcow2')
      const to = at('suite-image-copy.img')
      const raw = convert(to, { format: 'raw' })
      expect((await act(image, raw)).summary).toContain(to)
      expect((await session.images.image(to)).chain).toMatchObject([
        { format: 'raw', virtualSizeBytes: 8 * mib },
      ])
      expect((await act(image, { kind: 'compare', with: to })).summary).toBe('The images are equal')
      const taken = await expectKind(act(image, raw), 'already-exists')
      expect(taken.field).toBe('to')
      await expectKind(act(image, convert(`${folder}/suite-no-folder/one.qcow2`)), 'not-found')
      const other = at('suite-image-other.img')
      await expectKind(act(image, convert(other, { format: 'iso' })), 'unsupported')
      const odd = await expectKind(act(image, convert(other, { options: { odd: 'on' } })), 'invalid')
      expect(odd.field).toBe('odd')
      await expectKind(act(image, convert(other, { format: 'raw', isCompressed: true })), 'invalid')
      const cancelled = { ...calm(), signal: AbortSignal.abort() }
      await expectKind(session.images.imageAction(image, convert(other), cancelled), 'cancelled')
      await expectKind(session.images.image(other), 'not-found')
    })

    it('grow, and shrink only when that is meant', { timeout: testMs }, async () => {
      const image = await create('suite-image.qcow2')
      const resize = (capacityBytes: number, shrink = false) =>
        act(image, { kind: 'resize', capacityBytes, shrink })
      await resize(16 * mib)
      expect(await sizeOf(image)).toBe(16 * mib)
      expect((await expectKind(resize(4 * mib), 'invalid')).field).toBe('capacityBytes')
      expect(await sizeOf(image)).toBe(16 * mib)
      await resize(4 * mib, true)
      expect(await sizeOf(image)).toBe(4 * mib)
      const vmdk = await create('suite-image.vmdk', { format: 'vmdk' })
      await expectKind(act(vmdk, { kind: 'resize', capacityBytes: 16 * mib, shrink: false }), 'unsupported')
    })

    it('are committed, changed in their version, compacted, and stand alone at last', {
      timeout: testMs,
    }, async () => {
      const base = await create('suite-image-base.qcow2')
      const top = await layer('suite-image-top.qcow2', base)
      expect((await act(top, { kind: 'commit' })).facts).toContainEqual(['Format', 'qcow2'])
      await act(top, { kind: 'amend', options: { lazy_refcounts: 'on' } })
      await act(top, { kind: 'compact' })
      expect((await session.images.image(top)).chain.map(({ path }) => path)).toEqual([top, base])
      await act(top, { kind: 'rebase', isUnsafe: false })
      expect((await session.images.image(top)).chain.map(({ path }) => path)).toEqual([top])
      await expectKind(act(top, { kind: 'commit' }), 'invalid')
      const part = at('suite-image-part.img')
      await act(top, { kind: 'dd', to: part, format: 'raw', blockSizeBytes: mib, count: 2 })
      expect(await sizeOf(part)).toBe(2 * mib)
    })

    it('are given no base that would lead back to them', { timeout: testMs }, async () => {
      const base = await create('suite-image-base.qcow2')
      const top = await layer('suite-image-top.qcow2', base)
      const other = await create('suite-image-other.qcow2')
      await act(top, { kind: 'rebase', base: other, isUnsafe: true })
      expect((await session.images.image(top)).chain.map(({ path }) => path)).toEqual([top, other])
      await act(top, { kind: 'rebase', base, isUnsafe: true })
      await session.storage.poolAction(pool, 'refresh')
      const loops: ImageAction = { kind: 'rebase', base: top, isUnsafe: true }
      await expectKind(act(base, loops), 'invalid', 'busy')
      expect((await expectKind(act(top, loops), 'invalid')).field).toBe('base')
      await expectKind(act(top, { kind: 'rebase', isUnsafe: true }), 'invalid')
      expect((await session.images.image(base)).chain.map(({ path }) => path)).toEqual([base])
    })

    it('are not written to while others are built on them', { timeout: testMs }, async () => {
      const base = await create('suite-image-base.qcow2')
      const top = await layer('suite-image-top.qcow2', base)
      const second = await layer('suite-image-second.qcow2', base)
      const grow: ImageAction = { kind: 'resize', capacityBytes: 16 * mib, shrink: false }
      const error = await expectKind(act(base, grow), 'busy')
      expect(error.detail).toContain(top)
      expect(error.detail).toContain(second)
      expect((await expectKind(act(top, { kind: 'commit' }), 'busy')).detail).toContain(second)
      expect((await act(base, check)).summary).toBe('No errors')
      expect(await sizeOf(base)).toBe(8 * mib)
    })

    it('are looked at and not changed while a VM runs with them', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('deletable')
      const [path = ''] = vm.removableFiles
      await session.power(vm.id, 'start', calm())
      expect((await session.images.image(path)).inUseBy).toEqual([vm.name])
      const to = at('suite-image-copy.qcow2')
      for (const action of [{ kind: 'compact' } as const, convert(to)]) {
        const error = await expectKind(act(path, action), 'busy')
        expect(error.message).toContain(vm.name)
      }
      expect((await session.images.imageMap(path)).extents.length).toBeGreaterThan(0)
      await session.power(vm.id, 'forceOff', calm())
      await act(path, convert(to))
      expect((await session.images.image(to)).inUseBy).toEqual([])
    })

    it('that nobody uses are found, and no others', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('deletable')
      const base = await create('suite-image-base.qcow2')
      const top = await layer('suite-image-top.qcow2', base)
      const { orphans } = await session.images.orphans()
      const mine = orphans.filter((one) => one.pool === pool)
      expect(mine).toContainEqual(expect.objectContaining({ volume: 'suite-image-top.qcow2', path: top }))
      const paths = mine.map(({ path }) => path)
      for (const used of [base, ...vm.removableFiles, ...vm.keptFiles]) expect(paths).not.toContain(used)
    })

    it('are named in commands as they would be run', { timeout: testMs }, async () => {
      const image = await create('suite-image.qcow2')
      await session.images.image(image)
      expect(session.images.imageCommand(image, check)).toBe(
        `qemu-img check --output=json -f qcow2 -U ${image}`,
      )
    })

    it('are listed with their folder, which is told apart from a file and from nothing', {
      timeout: testMs,
    }, async () => {
      const image = await create('suite-image.qcow2')
      const { path, files, isTruncated } = await session.images.folder(folder)
      expect({ path, isTruncated }).toEqual({ path: folder, isTruncated: false })
      expect(files).toContainEqual(
        expect.objectContaining({ name: 'suite-image.qcow2', isFolder: false, isLink: false }),
      )
      await expectKind(session.images.folder(`${folder}/suite-no-folder`), 'not-found')
      await expectKind(session.images.folder(image), 'invalid')
    })

    it('that VMs can open need nothing to be granted', { timeout: testMs }, async () => {
      const image = await create('suite-image.qcow2')
      const access = await session.images.pathAccess(image)
      expect(access).toMatchObject({ path: image, exists: true })
      expect(access.fix).toBeUndefined()
      await session.images.grantAccess(image)
      expect(await session.images.pathAccess(image)).toEqual(access)
      const gone = await session.images.pathAccess(`${folder}/suite-image-gone.qcow2`)
      expect(gone.exists).toBe(false)
    })
  })
}
