import { describe, expect, it } from 'vitest'
import type { Suite } from '../backend.suite'
import { calm, condition, expectKind, recordOf } from './expect-kind'

/** Other clients work on the same host all the time; what they do arrives by itself. */
export function describeElsewhere(suite: Suite): void {
  const { testMs } = suite

  describe('changes made by another client', () => {
    it('tells of a VM that is defined, started, stopped and undefined', { timeout: testMs }, async () => {
      const { session, watch } = await suite.open()
      const { behindOurBack } = suite.lab()
      const id = await behindOurBack.define('suite-elsewhere')
      const defined = await watch.untilVm(id, 'defined', (vm) => vm.name === 'suite-elsewhere')
      expect(condition(defined)).toMatchObject({
        state: 'shut-off',
        isPersistent: true,
        hasSavedState: false,
      })
      expect(condition(await recordOf(session, id))).toEqual(condition(defined))
      await behindOurBack.start('suite-elsewhere')
      await watch.untilState(id, 'running')
      await behindOurBack.stop('suite-elsewhere')
      await watch.untilState(id, 'shut-off')
      await behindOurBack.undefine('suite-elsewhere')
      await watch.untilRemoved(id)
      expect((await session.listVms()).map((vm) => vm.id)).not.toContain(id)
    })

    it('says not-found about a VM that was deleted elsewhere', { timeout: testMs }, async () => {
      const { session, watch } = await suite.open()
      const { behindOurBack } = suite.lab()
      const id = await behindOurBack.define('suite-doomed')
      await watch.untilVm(id, 'defined', (vm) => vm.name === 'suite-doomed')
      await behindOurBack.undefine('suite-doomed')
      await watch.untilRemoved(id)
      await expectKind(session.overview(id), 'not-found')
      await expectKind(session.xml(id), 'not-found')
      await expectKind(session.power(id, 'start', calm()), 'not-found')
      await expectKind(session.consoleOffer(id), 'not-found')
    })

    it('refuses to start what another client just started', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session, watch } = await suite.open()
      await suite.lab().behindOurBack.start(vm.name)
      await watch.untilState(vm.id, 'running')
      await expectKind(session.power(vm.id, 'start', calm()), 'invalid', 'busy')
    })

    it('tells every session of a host what one of them did', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const first = await suite.open()
      const second = await suite.open()
      await first.session.power(vm.id, 'start', calm())
      await Promise.all([first.watch.untilState(vm.id, 'running'), second.watch.untilState(vm.id, 'running')])
      await second.session.power(vm.id, 'forceOff', calm())
      await Promise.all([
        first.watch.untilState(vm.id, 'shut-off'),
        second.watch.untilState(vm.id, 'shut-off'),
      ])
    })
  })
}
