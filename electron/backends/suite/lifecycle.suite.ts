import { describe, expect, it } from 'vitest'
import type { VmId } from '../../../shared/model/ids'
import type { HypervisorSession } from '../backend'
import type { Suite } from '../backend.suite'
import { calm, condition, expectKind, pollUntil, recordOf } from './expect-kind'

const strangerId = '00000000-0000-4000-8000-0123456789ab' as VmId

/** Every call about one VM that this host supports. */
function callsAbout(suite: Suite, session: HypervisorSession, id: VmId): [string, () => Promise<unknown>][] {
  const { features } = suite.host
  const calls: [string, boolean, () => Promise<unknown>][] = [
    ['power', true, () => session.power(id, 'start', calm())],
    ['rename', features.canRename, () => session.rename(id, 'suite-other')],
    ['setAutostart', features.canAutostart, () => session.setAutostart(id, true)],
    ['overview', true, () => session.overview(id)],
    ['guestAddresses', true, () => session.guestAddresses(id)],
    ['xml', true, () => session.xml(id)],
    ['deletePlan', features.canDelete, () => session.deletePlan(id)],
    ['delete', features.canDelete, () => session.delete(id, { files: [] }, calm())],
    ['consoleOffer', true, () => session.consoleOffer(id)],
    ['openConsole', features.hasGraphicalConsole, () => session.openConsole(id, calm().signal)],
    ['consolePassword', features.hasGraphicalConsole, () => session.consolePassword(id)],
  ]
  return calls.filter(([, isSupported]) => isSupported).map(([name, , call]) => [name, call])
}

export function describeLifecycle(suite: Suite): void {
  const { host, testMs } = suite

  describe('session', () => {
    it('describes the host it reached', { timeout: testMs }, async () => {
      const { session } = await suite.open()
      const { info } = session
      expect(info).toMatchObject({
        hostname: expect.stringMatching(/./),
        hypervisor: expect.stringMatching(/./),
        connectedUri: expect.stringMatching(/^[a-z-]+:\/\//),
        architecture: expect.stringMatching(/./),
        cpuModel: expect.any(String),
        isReadOnly: false,
      })
      expect(info.cpuCount).toBeGreaterThan(0)
      expect(info.memoryBytes).toBeGreaterThan(1024 * 1024)
    })

    it('declares exactly the features this host has', { timeout: testMs }, async () => {
      const { session } = await suite.open()
      expect(session.features).toEqual(host.features)
    })

    it('lists VMs with the facts of their definitions', { timeout: testMs }, async () => {
      const stopped = await suite.lab().prepare('stopped')
      const running = await suite.lab().prepare('running')
      const { session } = await suite.open()
      const vms = await session.listVms()
      expect(vms.filter((vm) => vm.id === stopped.id).map(condition)).toEqual([
        {
          id: stopped.id,
          name: stopped.name,
          state: 'shut-off',
          isPersistent: true,
          hasSavedState: false,
          autostart: false,
          vcpuCount: stopped.vcpuCount,
          maxMemoryBytes: stopped.maxMemoryBytes,
        },
      ])
      expect(vms.filter((vm) => vm.id === running.id).map(condition)).toEqual([
        {
          id: running.id,
          name: running.name,
          state: 'running',
          isPersistent: true,
          hasSavedState: false,
          autostart: false,
          vcpuCount: running.vcpuCount,
          maxMemoryBytes: running.maxMemoryBytes,
        },
      ])
      expect(vms.every((vm) => vm.memoryBytes >= 0 && vm.memoryBytes <= vm.maxMemoryBytes)).toBe(true)
    })

    it('answers fifty parallel list calls alike', { timeout: testMs }, async () => {
      await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      const lists = await Promise.all(Array.from({ length: 50 }, () => session.listVms()))
      const names = lists.map((vms) => vms.map((vm) => `${vm.id} ${vm.name} ${vm.state}`).sort())
      expect(names[0]?.length).toBeGreaterThan(0)
      for (const other of names) expect(other).toEqual(names[0])
    })

    it('says not-found about a VM the host does not have', { timeout: testMs }, async () => {
      const { session } = await suite.open()
      for (const [, call] of callsAbout(suite, session, strangerId)) await expectKind(call(), 'not-found')
    })

    it('tells once that it was closed, without an error', { timeout: testMs }, async () => {
      const { session, watch } = await suite.open()
      await session.close()
      await session.close()
      await Promise.all([session.close(), session.close()])
      expect(watch.events.filter((event) => event.kind === 'closed')).toEqual([{ kind: 'closed' }])
    })

    it('refuses every call after it was closed as unreachable', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      await session.close()
      for (const [, call] of callsAbout(suite, session, vm.id)) await expectKind(call(), 'unreachable')
      await expectKind(session.listVms(), 'unreachable')
      await expectKind(session.readCounters(), 'unreachable')
    })

    it('tells nothing more after it was closed', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session, watch } = await suite.open()
      const other = await suite.open()
      await session.close()
      const told = watch.events.length
      await suite.lab().behindOurBack.start(vm.name)
      await other.watch.untilState(vm.id, 'running')
      expect(watch.events.length).toBe(told)
    })

    it('tells nothing to a listener that unsubscribed', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session, watch } = await suite.open()
      let heard = 0
      const unsubscribe = session.onEvent(() => {
        heard += 1
      })
      unsubscribe()
      await session.power(vm.id, 'start', calm())
      await watch.untilState(vm.id, 'running')
      expect(heard).toBe(0)
    })

    it('gives counters of active VMs only', { timeout: testMs }, async () => {
      const running = await suite.lab().prepare('running')
      const stopped = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      const ids = (await session.readCounters()).map((one) => one.id)
      expect(ids).toContain(running.id)
      expect(ids).not.toContain(stopped.id)
      expect(new Set(ids).size).toBe(ids.length)
    })

    for (const counter of host.growingCounters) {
      it(`counts a growing ${counter} for a running VM`, { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('running')
        const { session } = await suite.open()
        const read = async (): Promise<number> => {
          const value = (await session.readCounters()).find((one) => one.id === vm.id)?.[counter]
          if (value === undefined) throw new Error(`No ${counter}`)
          return value
        }
        const first = await read()
        const later = await pollUntil(`${counter} grows`, host.timeouts.prepareMs, async () => {
          const value = await read()
          return value > first ? value : undefined
        })
        expect(later).toBeGreaterThan(first)
      })
    }

    it('tells the load of a running VM in detail, and none of one that is off', {
      timeout: testMs,
    }, async () => {
      const running = await suite.lab().prepare('running')
      const stopped = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      const load = await session.stats.vmCounters(running.id)
      expect(load.cpuTimeNs).toBeTypeOf('number')
      expect(load.memory.maximumBytes).toBe(running.maxMemoryBytes)
      await expectKind(session.stats.vmCounters(stopped.id), 'invalid')
      await expectKind(session.stats.vmCounters(strangerId), 'not-found')
    })

    it('numbers each run of a VM anew, and none that is off', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session, watch } = await suite.open()
      const runOf = async (): Promise<number | undefined> => (await recordOf(session, vm.id)).runId
      expect(await runOf()).toBeUndefined()
      await session.power(vm.id, 'start', calm())
      expect((await watch.untilState(vm.id, 'running')).runId).toBeTypeOf('number')
      const first = await runOf()
      expect(first).toBeTypeOf('number')
      await session.power(vm.id, 'forceOff', calm())
      await watch.untilState(vm.id, 'shut-off')
      expect(await runOf()).toBeUndefined()
      await session.power(vm.id, 'start', calm())
      const second = await runOf()
      expect(second).toBeTypeOf('number')
      expect(second).not.toBe(first)
    })

    it('reports a VM in an event exactly as it lists it', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session, watch } = await suite.open()
      await session.power(vm.id, 'start', calm())
      const told = await watch.untilState(vm.id, 'running')
      expect(condition(told)).toEqual(condition(await recordOf(session, vm.id)))
    })
  })
}
