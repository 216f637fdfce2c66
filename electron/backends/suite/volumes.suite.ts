import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Values } from '../../../shared/model/hardware/field'
import type { Volume } from '../../../shared/model/storage/volume'
import type { HypervisorSession } from '../backend'
import type { Suite } from '../backend.suite'
import type { SessionWatch } from './session-watch'
import { calm, expectKind } from './expect-kind'

const mib = 1024 ** 2

export function describeVolumes(suite: Suite): void {
  const { testMs, host } = suite
  const { pool } = host.storage
  const may = (ability: 'resize' | 'wipe'): boolean => !host.storage.lacks.includes(ability)

  describe('volumes', () => {
    let session: HypervisorSession
    let watch: SessionWatch
    let made: string[] = []

    beforeEach(async () => {
      ;({ session, watch } = await suite.open())
    }, host.timeouts.prepareMs)

    afterEach(async () => {
      for (const volume of made) await session.storage.deleteVolume({ pool, volume }, true).catch(() => {})
      made = []
    }, host.timeouts.prepareMs)

    const create = async (name: string, more: Values = {}): Promise<void> => {
      made.push(name)
      const values = { name, format: 'qcow2', capacityBytes: 8 * mib, allocation: 'sparse', ...more }
      await session.storage.createVolume(pool, values, calm())
    }
    const names = async (): Promise<string[]> =>
      (await session.storage.volumeNames(pool)).volumes.map(({ name }) => name)
    const details = async (name: string): Promise<Volume> => {
      const { volumes, error } = await session.storage.volumeDetails(pool, [name])
      expect(error).toBeUndefined()
      const [found] = volumes
      if (!found) throw new Error(`There are no details of ${name}`)
      return found
    }

    it('are listed by name at once, and told in full for those asked for', { timeout: testMs }, async () => {
      await create('suite-one.qcow2')
      await create('suite-two.img', { format: 'raw', capacityBytes: 4 * mib })
      const all = await session.storage.volumeNames(pool)
      expect(all.isTruncated).toBe(false)
      const line = all.volumes.find(({ name }) => name === 'suite-one.qcow2')
      expect(await details('suite-one.qcow2')).toMatchObject({
        ...line,
        path: line?.key,
        format: 'qcow2',
        capacityBytes: 8 * mib,
        isEncrypted: false,
      })
      const both = await session.storage.volumeDetails(pool, [
        'suite-two.img',
        'suite-gone.img',
        'suite-one.qcow2',
      ])
      expect(both.volumes.map(({ name, capacityBytes }) => [name, capacityBytes])).toEqual([
        ['suite-two.img', 4 * mib],
        ['suite-one.qcow2', 8 * mib],
      ])
    })

    it('tell all clients of the session when they come and go', { timeout: testMs }, async () => {
      const isOfPool = (what: string) =>
        watch.until(what, (event) => event.kind === 'resource-changed' && event.name === pool)
      await create('suite-told.qcow2')
      await isOfPool('a new volume')
      await session.storage.deleteVolume({ pool, volume: 'suite-told.qcow2' }, false)
      await isOfPool('a volume less')
      expect(await names()).not.toContain('suite-told.qcow2')
    })

    it('refuse what cannot be, with the field', { timeout: testMs }, async () => {
      await create('suite-one.qcow2')
      const again = await expectKind(create('suite-one.qcow2'), 'already-exists')
      expect(again.field).toBe('name')
      const small = await expectKind(create('suite-small.qcow2', { capacityBytes: undefined }), 'invalid')
      expect(small.field).toBe('capacityBytes')
      const outside = await expectKind(create('../suite-outside.img'), 'invalid')
      expect(outside.field).toBe('name')
      const open = await expectKind(create('suite-open.qcow2', { encrypted: true }), 'invalid')
      expect(open.field).toBe('secret')
      expect(await names()).not.toContain('suite-small.qcow2')
    })

    it('are made of a definition, which a form begins and anybody goes on with', {
      timeout: testMs,
    }, async () => {
      const { storage } = session
      const values = {
        name: 'suite-form.qcow2',
        format: 'qcow2',
        capacityBytes: 8 * mib,
        allocation: 'metadata',
      }
      const { xml, writesTables } = await storage.previewVolume(pool, values)
      expect(writesTables).toBe(true)
      expect(await names()).not.toContain('suite-form.qcow2')
      made.push('suite-text.qcow2', 'suite-filled.qcow2')
      const text = xml
        .replace('suite-form.qcow2', 'suite-text.qcow2')
        .replace(String(8 * mib), String(6 * mib))
      await storage.createVolumeFromXml(pool, text, { writesTables: may('resize') }, calm())
      expect(await details('suite-text.qcow2')).toMatchObject({ format: 'qcow2', capacityBytes: 6 * mib })
      await expectKind(
        storage.createVolumeFromXml(pool, text, { writesTables: false }, calm()),
        'already-exists',
      )
      const copy = text.replace('suite-text', 'suite-filled')
      const from = 'suite-text.qcow2'
      await storage.createVolumeFromXml(pool, copy, { writesTables: false, from }, calm())
      expect((await details('suite-filled.qcow2')).capacityBytes).toBe(6 * mib)
    })

    it('are not made of what is no definition, nor of what the host does not take', {
      timeout: testMs,
    }, async () => {
      const { storage } = session
      const before = await names()
      const make = (xml: string, from?: string) =>
        storage.createVolumeFromXml(
          pool,
          xml,
          { writesTables: false, ...(from === undefined ? {} : { from }) },
          calm(),
        )
      for (const xml of [
        '<volume>',
        '<pool><name>suite-x</name></pool>',
        '<volume><name>../suite-x</name></volume>',
      ])
        expect((await expectKind(make(xml), 'invalid')).field).toBe('xml')
      const refused = await expectKind(make('<volume><name>suite-x</name></volume>'), 'invalid')
      expect(refused.detail).toContain('capacity')
      const whole = "<volume><name>suite-x</name><capacity unit='MiB'>1</capacity></volume>"
      await expectKind(make(whole, 'suite-gone.img'), 'not-found')
      expect(await names()).toEqual(before)
    })

    it('that are not there are not found', { timeout: testMs }, async () => {
      const { storage } = session
      const gone = { pool, volume: 'suite-gone.img' }
      await expectKind(storage.volumeNames('suite-no-pool'), 'not-found')
      await expectKind(storage.volumeDetails('suite-no-pool', ['one']), 'not-found')
      await expectKind(storage.deleteVolume(gone, false), 'not-found')
      await expectKind(
        storage.cloneVolume({ ...gone, toPool: pool, name: 'suite-copy' }, calm()),
        'not-found',
      )
      await expectKind(
        storage.resizeVolume(gone, { capacityBytes: mib, allocate: false, shrink: false }),
        'not-found',
      )
    })

    it('are copied under another name', { timeout: testMs }, async () => {
      await create('suite-one.img', { format: 'raw' })
      made.push('suite-copy.img')
      const request = { pool, volume: 'suite-one.img', toPool: pool, name: 'suite-copy.img' }
      await session.storage.cloneVolume(request, calm())
      const [one, copy] = [await details('suite-one.img'), await details('suite-copy.img')]
      expect(copy.capacityBytes).toBe(one.capacityBytes)
      expect(copy.format).toBe(one.format)
      await expectKind(session.storage.cloneVolume(request, calm()), 'already-exists')
    })

    it('are not copied when that was cancelled before', { timeout: testMs }, async () => {
      await create('suite-one.img', { format: 'raw' })
      const request = { pool, volume: 'suite-one.img', toPool: pool, name: 'suite-copy.img' }
      const context = { ...calm(), signal: AbortSignal.abort() }
      await expectKind(session.storage.cloneVolume(request, context), 'cancelled')
      expect(await names()).not.toContain('suite-copy.img')
    })

    it('are kept while a VM has them, unless that is known', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('deletable')
      const [path] = vm.removableFiles
      if (path === undefined) throw new Error('The VM has no file of its own')
      const volume = path.slice(path.lastIndexOf('/') + 1)
      const { users, unread } = await session.storage.usage()
      expect(unread).toEqual([])
      expect(users[path]).toEqual([
        expect.objectContaining({ kind: 'disk', vm: vm.id, name: vm.name, target: vm.diskTargets[0] }),
      ])
      for (const kept of vm.keptFiles) expect(users[kept], kept).not.toEqual([])
      const error = await expectKind(session.storage.deleteVolume({ pool, volume }, false), 'busy')
      expect(error.message).toContain(vm.name)
      await expectKind(session.storage.wipeVolume({ pool, volume }, 'zero', calm()), 'busy', 'unsupported')
      expect(await names()).toContain(volume)
      await session.storage.deleteVolume({ pool, volume }, true)
      expect(await names()).not.toContain(volume)
    })

    if (may('resize')) {
      it('grow, and shrink only when that is meant', { timeout: testMs }, async () => {
        await create('suite-one.img', { format: 'raw' })
        const at = { pool, volume: 'suite-one.img' }
        const to = (capacityBytes: number, shrink = false) =>
          session.storage.resizeVolume(at, { capacityBytes, allocate: false, shrink })
        await to(16 * mib)
        expect((await details(at.volume)).capacityBytes).toBe(16 * mib)
        const error = await expectKind(to(4 * mib), 'invalid')
        expect(error.field).toBe('capacityBytes')
        await to(4 * mib, true)
        expect((await details(at.volume)).capacityBytes).toBe(4 * mib)
      })

      it('in other formats than raw and qcow2 are not resized', { timeout: testMs }, async () => {
        await create('suite-one.vmdk', { format: 'vmdk' })
        const request = { capacityBytes: 16 * mib, allocate: false, shrink: false }
        const error = await expectKind(
          session.storage.resizeVolume({ pool, volume: 'suite-one.vmdk' }, request),
          'unsupported',
        )
        expect(error.message).toMatch(/convert/i)
      })
    }

    if (may('wipe')) {
      it('are wiped', { timeout: testMs }, async () => {
        await create('suite-one.img', { format: 'raw' })
        await session.storage.wipeVolume({ pool, volume: 'suite-one.img' }, 'zero', calm())
        expect((await details('suite-one.img')).capacityBytes).toBe(8 * mib)
      })
    }

    it('are made to the byte for what is uploaded', { timeout: testMs }, async () => {
      made.push('suite-upload.img')
      const at = { pool, volume: 'suite-upload.img' }
      await session.storage.prepareUpload(at, 5 * mib + 512, 'raw')
      expect((await details(at.volume)).capacityBytes).toBe(5 * mib + 512)
      await expectKind(session.storage.prepareUpload(at, mib, 'raw'), 'already-exists')
    })
  })
}
