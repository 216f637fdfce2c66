import { afterEach, describe, expect, it } from 'vitest'
import type { CreatePoolInput, Pool } from '../../../shared/model/storage/pool'
import type { HypervisorSession } from '../backend'
import type { Suite } from '../backend.suite'
import { expectKind } from './expect-kind'

const name = 'suite-pool'
type Input = Omit<CreatePoolInput, 'host'>

const context = { signal: new AbortController().signal, onProgress: () => {} }
const withName = (wanted: string, pools: readonly Pool[]): Pool | undefined =>
  pools.find((pool) => pool.name === wanted)

export function describePools(suite: Suite): void {
  const { testMs } = suite
  const folder = {
    name,
    type: 'dir',
    get path(): string {
      return `${suite.host.storage.folder?.() ?? '/var/lib/libvirt/images'}/${name}`
    },
  }
  const built: Input = { values: folder, build: 'build', start: true, autostart: true }
  const stored: Input = { values: folder, build: 'no', start: false, autostart: false }
  const open = async () => {
    const { session, watch } = await suite.open()
    return { session, watch, storage: session.storage }
  }
  const told = (event: { kind: string; resource?: string; name?: string }): boolean =>
    event.kind === 'resource-changed' && event.resource === 'pool' && event.name === name

  describe('pools', () => {
    afterEach(async () => {
      const session = await suite.lab().connect()
      try {
        await clear(session)
      } finally {
        await session.close()
      }
    }, testMs)

    it('makes a folder pool that starts with the host, tells it, stops and forgets it', {
      timeout: testMs,
    }, async () => {
      const { storage, watch } = await open()
      await storage.createPool(built, context)
      await watch.until('the new pool', told)
      const listed = withName(name, (await storage.pools()).items)
      expect(listed).toMatchObject({
        name,
        type: 'dir',
        state: 'running',
        isAutostart: true,
        isPersistent: true,
      })
      expect(listed?.capacityBytes).toBeGreaterThan(0)
      const { pool, values, xml } = await storage.pool(name)
      expect(pool.uuid).toBe(listed?.uuid)
      expect(values).toMatchObject(folder)
      expect(xml).not.toMatch(/<(capacity|allocation|available)/)

      watch.skip()
      await storage.poolAction(name, 'stop')
      await watch.until('the stopped pool', told)
      const stopped = (await storage.pool(name)).pool
      expect(stopped).toMatchObject({ state: 'inactive' })
      expect(stopped.capacityBytes).toBeUndefined()

      watch.skip()
      await storage.deletePool(name, 'definition', context)
      await watch.until('the forgotten pool', told)
      await expectKind(storage.pool(name), 'not-found')
    })

    it('lists pools by name, and each with what is known of it', { timeout: testMs }, async () => {
      const { storage } = await open()
      await storage.createPool(stored, context)
      const { items, error } = await storage.pools()
      expect(error).toBeUndefined()
      const names = items.map((pool) => pool.name)
      expect(names).toEqual([...new Set(names)].sort())
      for (const pool of items) {
        expect(pool.uuid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
        if (pool.state === 'inactive') expect(pool.capacityBytes).toBeUndefined()
        else expect(pool.capacityBytes).toBeGreaterThanOrEqual(pool.allocationBytes ?? 0)
      }
    })

    it('shows what a form comes to, without doing it', { timeout: testMs }, async () => {
      const { storage } = await open()
      const { xml, commands } = await storage.previewPool(folder)
      expect(xml).toContain(`<name>${name}</name>`)
      expect(commands[0]).toContain(xml.trimEnd())
      expect(commands.join('\n')).toMatch(/pool-build [\s\S]*pool-start [\s\S]*pool-autostart /)
      await expectKind(storage.pool(name), 'not-found')
    })

    it('refuses what cannot be at its field, and leaves nothing of it', { timeout: testMs }, async () => {
      const { storage } = await open()
      for (const [field, values] of [
        ['path', { name, type: 'dir', path: 'images' }],
        ['server', { name, type: 'netfs', exportPath: '/x', path: '/mnt/x' }],
        ['target', { ...folder, target: 'iqn.2026-01.example:x' }],
      ] as const) {
        await expect(storage.previewPool(values)).rejects.toMatchObject({ kind: 'invalid', field })
        await expect(storage.createPool({ ...stored, values }, context)).rejects.toMatchObject({ field })
      }
      await expect(
        storage.createPool({ xml: '<pool>', build: 'no', start: false, autostart: false }, context),
      ).rejects.toMatchObject({ kind: 'invalid', field: 'xml' })
      await expectKind(storage.pool(name), 'not-found')
    })

    it('refuses a name that is taken, and what it cannot build', { timeout: testMs }, async () => {
      const { storage } = await open()
      await storage.createPool(stored, context)
      const { base } = await storage.pool(name)
      await expect(
        storage.createPool({ ...stored, values: { ...folder, path: '/srv/other' } }, context),
      ).rejects.toMatchObject({ kind: 'already-exists', field: 'name' })
      expect((await storage.pool(name)).base).toBe(base)
      const other = { name: 'suite-mpath', type: 'mpath', path: '/dev/mapper' }
      await expectKind(
        storage.createPool({ ...stored, values: other, build: 'build' }, context),
        'unsupported',
      )
      await expectKind(
        storage.createPool({ ...built, values: { ...folder, name: 'suite-x' }, build: 'overwrite' }, context),
        'unsupported',
      )
      await expectKind(storage.pool('suite-mpath'), 'not-found')
      await expectKind(storage.pool('suite-x'), 'not-found')
    })

    it('leaves nothing of a pool that does not start', { timeout: testMs }, async () => {
      const { storage } = await open()
      const values = { ...folder, path: '/missing/suite-pool' }
      const making = storage.createPool({ ...stored, values, start: true }, context)
      if (suite.host.poolsStartAnyway) {
        await making
        return
      }
      await expect(making).rejects.toMatchObject({ kind: 'invalid', cure: expect.stringMatching(/folder/) })
      await expectKind(storage.pool(name), 'not-found')
    })

    it('changes what is stored, against what was shown, and keeps the rest', {
      timeout: testMs,
    }, async () => {
      const { storage, watch } = await open()
      await storage.createPool(stored, context)
      const before = await storage.pool(name)
      watch.skip()
      await storage.editPool(name, { base: before.base, values: { ...before.values, path: '/srv/suite' } })
      await watch.until('the changed pool', told)
      const after = await storage.pool(name)
      expect(after.values).toEqual({ ...before.values, path: '/srv/suite' })
      expect(after.pool.uuid).toBe(before.pool.uuid)
      expect(after.base).not.toBe(before.base)
      const late = { base: before.base, values: before.values }
      await expectKind(storage.editPool(name, late), 'busy')
      const renamed = { base: after.base, values: { ...after.values, name: 'suite-other' } }
      await expect(storage.editPool(name, renamed)).rejects.toMatchObject({ kind: 'invalid', field: 'name' })
      const xml = after.xml.replace('/srv/suite', '/srv/third')
      await storage.editPool(name, { base: after.base, xml })
      expect((await storage.pool(name)).values['path']).toBe('/srv/third')
      const another = xml.replace(`<name>${name}<`, '<name>suite-other<')
      const { base } = await storage.pool(name)
      await expectKind(storage.editPool(name, { base, xml: another }), 'invalid')
    })

    it('does to a pool what its state allows', { timeout: testMs }, async () => {
      const { storage } = await open()
      for (const action of ['start', 'stop', 'refresh', 'build', 'autostart-on'] as const)
        await expectKind(storage.poolAction('no-such-pool', action), 'not-found')
      await storage.createPool({ ...built, autostart: false }, context)
      await expectKind(storage.poolAction(name, 'start'), 'invalid')
      await storage.poolAction(name, 'refresh')
      await storage.poolAction(name, 'autostart-on')
      expect((await storage.pool(name)).pool.isAutostart).toBe(true)
      await storage.poolAction(name, 'autostart-off')
      expect((await storage.pool(name)).pool.isAutostart).toBe(false)
      await storage.poolAction(name, 'stop')
      await expectKind(storage.poolAction(name, 'stop'), 'invalid')
      await expectKind(storage.poolAction(name, 'refresh'), 'invalid')
      await storage.poolAction(name, 'build')
      await storage.poolAction(name, 'start')
    })

    it('tells what goes with a pool, and deletes an active one after stopping it', {
      timeout: testMs,
    }, async () => {
      const { storage } = await open()
      await storage.createPool(built, context)
      const plan = await storage.poolDeletePlan(name)
      expect(plan).toMatchObject({ volumeCount: 0, users: [], canDestroy: true })
      expect(plan.destroys).toContain(folder.path)
      await storage.deletePool(name, 'everything', context)
      await expectKind(storage.pool(name), 'not-found')
      await expectKind(storage.poolDeletePlan(name), 'not-found')
      await expectKind(storage.deletePool(name, 'definition', context), 'not-found')
    })

    it('names the VMs with disks in a pool', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('deletable')
      const { storage } = await open()
      const pools = (await storage.pools()).items.filter(
        ({ type, state }) => type === 'dir' && state === 'running',
      )
      const plans = await Promise.all(pools.map((pool) => storage.poolDeletePlan(pool.name)))
      const found = plans.flatMap(({ users }) => users).filter(({ vmName }) => vmName === vm.name)
      expect(found.length > 0).toBe(vm.removableFiles.length > 0)
    })

    it('hands out a definition that makes the same pool elsewhere', { timeout: testMs }, async () => {
      const { storage } = await open()
      await storage.createPool({ ...stored, values: { ...folder, mode: '0711' } }, context)
      const xml = await storage.poolDefinition(name)
      expect(xml).not.toMatch(/<uuid|<capacity/)
      const { values, pool } = await storage.pool(name)
      await storage.deletePool(name, 'definition', context)
      await storage.createPool({ xml, build: 'no', start: false, autostart: false }, context)
      const again = await storage.pool(name)
      expect(again.values).toEqual(values)
      expect(again.pool.uuid).not.toBe(pool.uuid)
    })

    it('looks for sources only where there is a way to', { timeout: testMs }, async () => {
      const { storage } = await open()
      await expectKind(storage.discover('mpath'), 'unsupported')
      await expect(storage.discover('netfs')).rejects.toMatchObject({ kind: 'invalid', field: 'server' })
    })
  })
}

async function clear({ storage }: HypervisorSession): Promise<void> {
  for (const pool of (await storage.pools()).items)
    if (pool.name.startsWith('suite-')) await storage.deletePool(pool.name, 'definition', context)
}
