import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startLab, type Lab, type LabHost } from '../../../e2e/lab/lab'
import type { HypervisorSession } from '../backend'
import type { BackendLab } from '../backend.suite'
import { calm, expectKind } from '../suite/expect-kind'
import { SessionWatch } from '../suite/session-watch'
import { qemuBySocket, qemuBySsh } from './testing/lab-qemu'
import { qemuLab } from './testing/qemu-suite'
import { openSession } from './testing/suite-host'

/** What may go wrong with a host: it must be told soon, end what waits, and leave everything else alone. */
describe('a libvirt host in trouble', () => {
  let lab: Lab
  let host: LabHost
  let near: BackendLab
  let far: BackendLab
  const opened: HypervisorSession[] = []

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    near = await qemuLab(await qemuBySocket())
    far = await qemuLab(await qemuBySsh())
  })

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((session) => session.close()))
  })

  afterAll(async () => {
    await near.tearDown()
    await far.tearDown()
    await lab.stop()
  })

  const open = async (from: BackendLab): Promise<{ session: HypervisorSession; watch: SessionWatch }> => {
    const session = await from.connect()
    opened.push(session)
    return { session, watch: new SessionWatch(session, 10_000) }
  }

  for (const [way, from] of [
    ['by socket', () => near],
    ['by ssh', () => far],
  ] as const) {
    it(`tells within a second that its daemon was killed (${way})`, async () => {
      const { session, watch } = await open(from())
      const closed = watch.until('closed', (event) => event.kind === 'closed', 1000)
      // a call that is under way ends too
      const listing = Promise.allSettled(Array.from({ length: 20 }, () => session.listVms()))
      await host.killDaemon()
      expect(await closed).toMatchObject({ error: { kind: 'unreachable' } })
      for (const outcome of await listing) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ kind: 'unreachable' })
      }
      await expectKind(session.listVms(), 'unreachable')
      await host.startDaemon()
      const again = await open(from())
      expect(await again.session.listVms()).toEqual(expect.any(Array))
    })

    it(`says in time that its daemon is stuck (${way})`, async () => {
      const { session } = await open(from())
      await host.stopDaemon()
      try {
        const before = performance.now()
        await expectKind(from().connect(), 'timed-out')
        expect(performance.now() - before).toBeLessThan(15_000)
        // closing does not wait for it
        const closing = performance.now()
        await session.close()
        expect(performance.now() - closing).toBeLessThan(1000)
      } finally {
        await host.contDaemon()
      }
    })
  }

  it('says that there is no daemon when it was killed before', async () => {
    await host.killDaemon()
    try {
      await expectKind(near.connect(), 'unreachable')
      const error = await expectKind(far.connect(), 'unreachable')
      // the words of the helper on the host
      expect(error.detail).toMatch(/libvirt-sock/)
    } finally {
      await host.startDaemon()
    }
  })

  it('gives up at once when connecting is cancelled', async () => {
    await host.stopDaemon()
    try {
      const abort = new AbortController()
      const connecting = openSession(host.uri(), undefined, abort.signal)
      setTimeout(() => abort.abort(), 200)
      await expectKind(connecting, 'cancelled')
    } finally {
      await host.contDaemon()
    }
  })

  it('shows within a second what another client did', async () => {
    const { watch } = await open(near)
    const id = await near.behindOurBack.define('suite-elsewhere')
    await watch.untilVm(id, 'defined', (vm) => vm.name === 'suite-elsewhere', 1000)
    await near.behindOurBack.start('suite-elsewhere')
    await watch.untilState(id, 'running', 1000)
    await near.behindOurBack.stop('suite-elsewhere')
    await watch.untilState(id, 'shut-off', 1000)
    await near.behindOurBack.undefine('suite-elsewhere')
    await watch.untilRemoved(id, 1000)
  })

  it('is not held up by a guest whose emulator is stuck', async () => {
    const stuck = await near.prepare('headless')
    const other = await near.prepare('stopped')
    const { session, watch } = await open(near)
    const pid = (await host.exec(['cat', `/run/libvirt/qemu/${stuck.name}.pid`])).trim()
    await host.exec(['kill', '-STOP', pid])
    try {
      // waits for the monitor of the stuck emulator
      const pausing = session.power(stuck.id, 'pause', calm())
      const settled = pausing.then(
        () => 'done',
        () => 'failed',
      )
      const before = performance.now()
      await session.power(other.id, 'start', calm())
      await watch.untilState(other.id, 'running')
      await session.listVms()
      await session.readCounters()
      await session.overview(other.id)
      await session.power(other.id, 'forceOff', calm())
      expect(performance.now() - before).toBeLessThan(10_000)
      expect(await Promise.race([settled, Promise.resolve('waits')])).toBe('waits')
      await host.exec(['kill', '-CONT', pid])
      expect(await settled).toBe('done')
    } finally {
      await host.exec(['kill', '-CONT', pid])
    }
  })

  it('stops a save that is cancelled while it runs, and the guest goes on', async () => {
    const vm = await near.prepare('running')
    await near.booted?.(vm)
    const { session, watch } = await open(near)
    const abort = new AbortController()
    const saving = session.power(vm.id, 'save', { signal: abort.signal, onProgress: () => {} })
    await watch.untilState(vm.id, 'paused')
    abort.abort()
    await expectKind(saving, 'cancelled')
    await watch.untilState(vm.id, 'running')
    expect((await session.listVms()).find((one) => one.id === vm.id)).toMatchObject({
      state: 'running',
      hasSavedState: false,
    })
  })
})
