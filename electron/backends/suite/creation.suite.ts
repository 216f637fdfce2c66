import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Suite } from '../backend.suite'
import type { HypervisorSession } from '../backend'
import { calm, condition, expectKind, recordOf } from './expect-kind'

/** A definition that the host takes, with another name: that of the VM in the role `stopped`. */
async function definitionLike(
  suite: Suite,
  session: HypervisorSession,
  changed: { readonly name?: string; readonly uuid?: string },
): Promise<string> {
  const vm = await suite.lab().prepare('stopped')
  const xml = await session.xml(vm.id)
  return xml
    .replace(/<mac [^>]*>/g, '')
    .replace(`<name>${vm.name}</name>`, `<name>${changed.name ?? vm.name}</name>`)
    .replace(`<uuid>${vm.id}</uuid>`, `<uuid>${changed.uuid ?? vm.id}</uuid>`)
}

export function describeCreation(suite: Suite): void {
  const { host, testMs } = suite

  describe('new VMs', () => {
    it('are as their definition says, off, and can be started', { timeout: testMs }, async () => {
      const like = await suite.lab().prepare('stopped')
      const { session, watch } = await suite.open()
      await session.listVms()
      const uuid = randomUUID()
      const name = 'suite-created'
      const xml = await definitionLike(suite, session, { name, uuid })
      const id = await session.creation.define(xml)
      try {
        expect(id).toBe(uuid)
        expect(condition(await watch.untilVm(id, 'it is there', (vm) => vm.name === name))).toEqual({
          id,
          name,
          state: 'shut-off',
          isPersistent: true,
          hasSavedState: false,
          autostart: false,
          vcpuCount: like.vcpuCount,
          maxMemoryBytes: like.maxMemoryBytes,
        })
        const [card, other] = [await session.overview(id), await session.overview(like.id)].map(
          ({ nics }) => nics[0]?.mac,
        )
        expect(card).toMatch(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/)
        expect(card).not.toBe(other)
        await session.power(id, 'start', calm())
        await watch.untilState(id, 'running')
        expect((await session.hardware(id)).items.map(({ ref }) => ref.kind)).toContain('nic')
        await suite.lab().behindOurBack.stop(name)
        await watch.untilState(id, 'shut-off', host.timeouts.shutdownMs)
      } finally {
        await suite.lab().behindOurBack.undefine(name)
      }
      await watch.untilRemoved(id)
    })

    it('are installed with a definition of their first start, and have another one from then on', {
      timeout: testMs,
    }, async () => {
      const { session, watch } = await suite.open()
      await session.listVms()
      const uuid = randomUUID()
      const name = 'suite-installed'
      const stored = await definitionLike(suite, session, { name, uuid })
      const firstStart = stored.replace(
        `</name>`,
        `</name><description>Only at the first start</description>`,
      )
      const id = await session.creation.install(firstStart, stored)
      try {
        expect(id).toBe(uuid)
        // it may be seen running a moment before it is stored
        await watch.untilVm(id, 'it runs, and stays', (vm) => vm.state === 'running' && vm.isPersistent)
        expect(await recordOf(session, id)).toMatchObject({ name, state: 'running', isPersistent: true })
        expect(await session.xml(id)).toContain('Only at the first start')
        await expectKind(session.creation.install(firstStart, stored), 'already-exists')
        await suite.lab().behindOurBack.stop(name)
        await watch.untilState(id, 'shut-off', host.timeouts.shutdownMs)
        expect(await session.xml(id)).not.toContain('Only at the first start')
      } finally {
        await suite.lab().behindOurBack.undefine(name)
      }
      await watch.untilRemoved(id)
    })

    it('that cannot be stored as they shall be do not run either', { timeout: testMs }, async () => {
      const { session } = await suite.open()
      const all = (await session.listVms()).map(({ name }) => name).sort()
      const uuid = randomUUID()
      const firstStart = await definitionLike(suite, session, { name: 'suite-undone', uuid })
      const odd = firstStart.replace(/<os[\s>][\s\S]*<\/os>/, '<os/>')
      await expectKind(session.creation.install(firstStart, odd), 'invalid')
      expect((await session.listVms()).map(({ name }) => name).sort()).toEqual(
        [...new Set([...all, 'suite-stopped'])].sort(),
      )
    })

    it('do not take the name or the UUID of another one, which stays as it is', {
      timeout: testMs,
    }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      const before = await session.xml(vm.id)
      const all = (await session.listVms()).length
      const taken = await definitionLike(suite, session, { uuid: randomUUID() })
      expect((await expectKind(session.creation.define(taken), 'already-exists')).field).toBe('name')
      const without = taken.replace(/<uuid>[^<]*<\/uuid>/, '')
      expect((await expectKind(session.creation.define(without), 'already-exists')).field).toBe('name')
      // a host would take this one as a change of the VM it has
      const same = await definitionLike(suite, session, {})
      await expectKind(session.creation.define(same.replace(/<vcpu[^/]*\/vcpu>/, '')), 'already-exists')
      const other = await definitionLike(suite, session, { name: 'suite-other' })
      expect((await expectKind(session.creation.define(other), 'already-exists')).field).toBe('uuid')
      expect(await session.xml(vm.id)).toBe(before)
      expect((await session.listVms()).length).toBe(all)
    })

    it('are not made of what is no definition, nor of what the host does not take', {
      timeout: testMs,
    }, async () => {
      const { session } = await suite.open()
      const all = (await session.listVms()).map(({ name }) => name).sort()
      for (const xml of [
        '<domain>',
        '<pool><name>suite-x</name></pool>',
        '<domain><memory>1</memory></domain>',
      ])
        expect((await expectKind(session.creation.define(xml), 'invalid')).field).toBe('xml')
      const odd = await definitionLike(suite, session, { name: 'suite-odd', uuid: randomUUID() })
      const noMemory = odd
        .replace(/<memory[\s\S]*?<\/memory>/, '')
        .replace(/<currentMemory[\s\S]*?<\/currentMemory>/, '')
      for (const xml of [noMemory, odd.replace(/<os[\s>][\s\S]*<\/os>/, '<os/>')])
        expect((await expectKind(session.creation.define(xml), 'invalid')).detail).toMatch(/./)
      await recordOf(session, (await suite.lab().prepare('stopped')).id)
      expect((await session.listVms()).map(({ name }) => name).sort()).toEqual(
        [...new Set([...all, 'suite-stopped'])].sort(),
      )
    })
  })
}
