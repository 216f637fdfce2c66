import { describe, expect, it } from 'vitest'
import { AppError } from '../../../shared/errors'
import { agentActions, noAgentChannel } from '../../../shared/model/guest-agent'
import { isActive, powerActions, whyNot, type PowerAction, type VmRecord } from '../../../shared/model/vm'
import type { HypervisorSession } from '../backend'
import type { PreparedVm, Suite } from '../backend.suite'
import { calm, condition, expectKind, recordOf } from './expect-kind'

/**
 * Power actions follow the one table in shared/model/vm.ts. Hosts are laxer in places (libvirt lets a paused domain be
 * paused again and starts from a saved image silently), so a backend checks the table before it asks the host.
 */
export function describePower(suite: Suite): void {
  const { host, testMs } = suite
  const { features, timeouts } = host

  describe('power', () => {
    it('starts a stopped VM', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session, watch } = await suite.open()
      await session.power(vm.id, 'start', calm())
      expect(condition(await watch.untilState(vm.id, 'running'))).toMatchObject({
        name: vm.name,
        isPersistent: true,
      })
    })

    it('forces a running VM off', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session, watch } = await suite.open()
      await session.power(vm.id, 'forceOff', calm())
      await watch.untilState(vm.id, 'shut-off')
      expect((await recordOf(session, vm.id)).state).toBe('shut-off')
    })

    if (features.canPause) {
      it('pauses a running VM and resumes it', { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('running')
        const { session, watch } = await suite.open()
        await session.power(vm.id, 'pause', calm())
        await watch.untilState(vm.id, 'paused')
        await session.power(vm.id, 'resume', calm())
        await watch.untilState(vm.id, 'running')
      })

      it('refuses on a paused VM what its state does not allow', { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('running')
        const { session, watch } = await suite.open()
        await session.power(vm.id, 'pause', calm())
        await watch.untilState(vm.id, 'paused')
        await expectRefusals(session, vm, 'paused')
      })
    }

    if (features.canStartPaused) {
      it('starts a stopped VM paused, without its guest having run, until it is resumed', {
        timeout: testMs,
      }, async () => {
        const vm = await suite.lab().prepare('stopped')
        const { session, watch } = await suite.open()
        await session.power(vm.id, 'startPaused', calm())
        const paused = await watch.untilVm(
          vm.id,
          'paused by the user',
          (one) => one.state === 'paused' && one.stateReason === 'by the user',
        )
        expect(condition(await recordOf(session, vm.id))).toEqual(condition(paused))
        const told = watch.events.flatMap((event) => (event.kind === 'vm-changed' ? event.vm.state : []))
        expect(told).not.toContain('running')
        await session.power(vm.id, 'resume', calm())
        await watch.untilState(vm.id, 'running')
      })
    }

    it('refuses on a stopped VM what its state does not allow', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      await expectRefusals(session, vm, 'shut-off')
    })

    it('refuses on a running VM what its state does not allow', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      await expectRefusals(session, vm, 'running')
    })

    for (const [action, isSupported] of [
      ['pause', features.canPause],
      ['startPaused', features.canStartPaused],
      ['reset', features.canReset],
      ['sleep', features.canAskAgent],
      ['save', features.canSave],
    ] as const) {
      if (isSupported) continue
      it(`says that it cannot ${action}`, { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('running')
        const { session } = await suite.open()
        await expectKind(session.power(vm.id, action, calm()), 'unsupported')
        expect((await recordOf(session, vm.id)).state).toBe('running')
      })
    }

    if (features.canAskAgent) {
      it('asks no agent of a VM that has no channel for one, and says what it lacks', {
        timeout: testMs,
      }, async () => {
        const vm = await suite.lab().prepare('headless')
        const { session } = await suite.open()
        for (const action of agentActions) {
          const error = await expectKind(session.power(vm.id, action, calm()), 'invalid')
          expect(error).toMatchObject(noAgentChannel)
        }
        expect((await recordOf(session, vm.id)).state).toBe('running')
      })
    }

    if (features.canReset) {
      it('resets a running VM, which stays running', { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('running')
        const { session } = await suite.open()
        await session.power(vm.id, 'reset', calm())
        expect((await recordOf(session, vm.id)).state).toBe('running')
      })
    }

    it('asks a running VM to reboot, and it stays on', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      await suite.lab().booted?.(vm)
      const { session } = await suite.open()
      await session.power(vm.id, 'reboot', calm())
      expect(isActive((await recordOf(session, vm.id)).state)).toBe(true)
    })

    it('asks a running VM to shut down', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      await suite.lab().booted?.(vm)
      const { session, watch } = await suite.open()
      await session.power(vm.id, 'shutdown', calm())
      if (host.guestsAnswerAcpi) await watch.untilState(vm.id, 'shut-off', timeouts.shutdownMs)
      else expect(isActive((await recordOf(session, vm.id)).state)).toBe(true)
    })

    it('lets a transient VM vanish when it stops', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('transient')
      const { session, watch } = await suite.open()
      expect(condition(await recordOf(session, vm.id))).toMatchObject({
        state: 'running',
        isPersistent: false,
      })
      await session.power(vm.id, 'forceOff', calm())
      await watch.untilRemoved(vm.id)
      await expectKind(session.overview(vm.id), 'not-found')
      expect((await session.listVms()).map((one) => one.id)).not.toContain(vm.id)
    })

    it('keeps the state true under many actions at once', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      const rivals = (await suite.open()).session
      const storm: PowerAction[] = [
        'start',
        'start',
        'forceOff',
        'start',
        'forceOff',
        'start',
        'forceOff',
        'start',
      ]
      const outcomes = await Promise.allSettled(
        storm.map((action, at) => (at % 2 ? rivals : session).power(vm.id, action, calm())),
      )
      const errors = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
      for (const error of errors) {
        expect(error).toBeInstanceOf(AppError)
        expect(['invalid', 'busy']).toContain((error as AppError).kind)
      }
      expect(outcomes.some((one) => one.status === 'fulfilled')).toBe(true)
      // whatever won, the host still works and both clients agree
      const record = await recordOf(session, vm.id)
      expect(condition(await recordOf(rivals, vm.id))).toEqual(condition(record))
      expect(['running', 'shut-off']).toContain(record.state)
      const after = await suite.open()
      await after.session.power(vm.id, record.state === 'running' ? 'forceOff' : 'start', calm())
      await after.watch.untilState(vm.id, record.state === 'running' ? 'shut-off' : 'running')
    })

    if (features.canSave) describeSave(suite)
  })
}

function describeSave(suite: Suite): void {
  const { host, testMs } = suite

  it('saves a running VM, and restores it', { timeout: testMs }, async () => {
    const vm = await suite.lab().prepare('running')
    const { session, watch } = await suite.open()
    const progress: number[] = []
    await session.power(vm.id, 'save', { ...calm(), onProgress: (fraction) => progress.push(fraction) })
    await watch.untilVm(vm.id, 'saved', isSaved, host.timeouts.saveMs)
    for (const fraction of progress) {
      expect(fraction).toBeGreaterThanOrEqual(0)
      expect(fraction).toBeLessThanOrEqual(1)
    }
    await expectKind(session.power(vm.id, 'start', calm()), 'invalid', 'busy')
    expect(isSaved(await recordOf(session, vm.id))).toBe(true)
    await session.power(vm.id, 'restore', calm())
    await watch.untilVm(vm.id, 'restored', (one) => one.state === 'running' && !one.hasSavedState)
    expect(condition(await recordOf(session, vm.id))).toMatchObject({
      state: 'running',
      hasSavedState: false,
    })
  })

  it('discards a saved state, after which the VM starts afresh', { timeout: testMs }, async () => {
    const vm = await suite.lab().prepare('running')
    const { session, watch } = await suite.open()
    await session.power(vm.id, 'save', calm())
    await watch.untilVm(vm.id, 'saved', isSaved, host.timeouts.saveMs)
    await session.power(vm.id, 'discardSaved', calm())
    await watch.untilVm(vm.id, 'saved state gone', (one) => one.state === 'shut-off' && !one.hasSavedState)
    await session.power(vm.id, 'start', calm())
    await watch.untilState(vm.id, 'running')
  })

  it('does not begin a save that was cancelled before', { timeout: testMs }, async () => {
    const vm = await suite.lab().prepare('running')
    const { session } = await suite.open()
    const before = condition(await recordOf(session, vm.id))
    const cancelled = AbortSignal.abort()
    await expectKind(session.power(vm.id, 'save', { ...calm(), signal: cancelled }), 'cancelled')
    expect(condition(await recordOf(session, vm.id))).toEqual(before)
  })
}

function isSaved(vm: VmRecord): boolean {
  return vm.state === 'shut-off' && vm.hasSavedState
}

/** Tries every action the table forbids in this state; each is refused and changes nothing. */
async function expectRefusals(
  session: HypervisorSession,
  vm: PreparedVm,
  state: VmRecord['state'],
): Promise<void> {
  const before = await recordOf(session, vm.id)
  expect(before.state).toBe(state)
  const forbidden = powerActions.filter((action) => whyNot(action, before) !== undefined)
  expect(forbidden.length).toBeGreaterThan(0)
  for (const action of forbidden) {
    const isOffered = whyNot(action, before, session.features) !== 'This hypervisor cannot do this'
    await expectKind(
      session.power(vm.id, action, calm()),
      ...(isOffered ? (['invalid', 'busy'] as const) : (['unsupported'] as const)),
    )
  }
  expect(condition(await recordOf(session, vm.id))).toEqual(condition(before))
}
