import { beforeEach, describe, expect, it } from 'vitest'
import type { VmState } from '../../../shared/model/vm'
import type { HypervisorSession } from '../backend'
import { expectKind } from '../suite/expect-kind'
import { fakeBackend } from './fake-backend'
import { TestClock } from './test-clock'
import { connectTo, context, idOf } from './test-session'

describe('the demo host', () => {
  let clock: TestClock
  let session: HypervisorSession

  beforeEach(async () => {
    clock = new TestClock()
    const connecting = connectTo(fakeBackend(clock), 'demo://local/')
    await clock.advance(1000)
    session = await connecting
  })

  const stateOf = async (name: string): Promise<VmState | undefined> =>
    (await session.listVms()).find((vm) => vm.name === name)?.state

  it('shuts a guest down by way of shutting-down', async () => {
    await session.power(await idOf(session, 'web-01'), 'shutdown', context())
    expect(await stateOf('web-01')).toBe('shutting-down')
    await clock.advance(1499)
    expect(await stateOf('web-01')).toBe('shutting-down')
    await clock.advance(1)
    expect(await stateOf('web-01')).toBe('shut-off')
  })

  it('has a guest that does not hear the power button', async () => {
    const id = await idOf(session, 'legacy-erp')
    await session.power(id, 'shutdown', context())
    await clock.advance(600_000)
    expect(await stateOf('legacy-erp')).toBe('running')
    await session.power(id, 'forceOff', context())
    expect(await stateOf('legacy-erp')).toBe('shut-off')
  })

  it('does not let an old shutdown end a run that began after it', async () => {
    const id = await idOf(session, 'web-01')
    await session.power(id, 'shutdown', context())
    await session.power(id, 'forceOff', context())
    const starting = session.power(id, 'start', context())
    await clock.advance(400)
    await starting
    await clock.advance(10_000)
    expect(await stateOf('web-01')).toBe('running')
  })

  it('is busy while it saves, and a cancelled save leaves the guest running', async () => {
    const id = await idOf(session, 'web-01')
    const stop = new AbortController()
    const saving = context(stop.signal)
    const outcome = expectKind(session.power(id, 'save', saving), 'cancelled')
    await clock.advance(500)
    await expectKind(session.power(id, 'pause', context()), 'busy')
    stop.abort()
    await outcome
    expect(saving.progress.length).toBeGreaterThan(1)
    expect(await stateOf('web-01')).toBe('running')
    await session.power(id, 'pause', context())
    expect(await stateOf('web-01')).toBe('paused')
  })

  it('breaks off a save when the VM is forced off', async () => {
    const id = await idOf(session, 'web-01')
    const outcome = expectKind(session.power(id, 'save', context()), 'invalid')
    await clock.advance(300)
    await session.power(id, 'forceOff', context())
    await clock.advance(300)
    await outcome
    const vm = (await session.listVms()).find((one) => one.id === id)
    expect({ state: vm?.state, hasSavedState: vm?.hasSavedState }).toEqual({
      state: 'shut-off',
      hasSavedState: false,
    })
  })

  it('starts a crashed guest anew by reset', async () => {
    await session.power(await idOf(session, 'sensor-gateway'), 'reset', context())
    expect(await stateOf('sensor-gateway')).toBe('running')
  })

  it('counts upwards, and not at all while paused', async () => {
    const id = await idOf(session, 'db-01')
    const read = async () => (await session.readCounters()).find((one) => one.id === id)
    const first = await read()
    await clock.advance(1000)
    const second = await read()
    expect(second?.cpuTimeNs).toBeGreaterThan(first?.cpuTimeNs ?? Number.POSITIVE_INFINITY)
    expect(second?.diskReadBytes).toBeGreaterThan(first?.diskReadBytes ?? Number.POSITIVE_INFINITY)
    await session.power(id, 'pause', context())
    const paused = await read()
    await clock.advance(60_000)
    expect(await read()).toEqual(paused)
  })

  it('never uses more than its CPUs and memory, and its load moves', async () => {
    const id = await idOf(session, 'build-runner-07')
    const loads: number[] = []
    let before: number | undefined
    for (let second = 0; second < 120; second += 1) {
      const counters = (await session.readCounters()).find((one) => one.id === id)
      const now = counters?.cpuTimeNs ?? Number.NaN
      if (before !== undefined) loads.push((now - before) / 1e9 / 8)
      before = now
      expect(counters?.memoryBytes).toBeLessThanOrEqual(16 * 1024 ** 3)
      await clock.advance(1000)
    }
    expect(Math.min(...loads)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...loads)).toBeLessThanOrEqual(1)
    expect(Math.max(...loads) - Math.min(...loads)).toBeGreaterThan(0.2)
  })

  it('plans to delete only what belongs to the VM alone', async () => {
    const plan = await session.deletePlan(await idOf(session, 'old-fileserver'))
    expect(plan.files.map(({ path, usedBy, isSuggested }) => ({ path, usedBy, isSuggested }))).toEqual([
      { path: '/var/lib/libvirt/images/old-fileserver.qcow2', usedBy: [], isSuggested: true },
      { path: '/var/lib/libvirt/images/shared-data.raw', usedBy: ['staging-web'], isSuggested: false },
      {
        path: '/var/lib/libvirt/images/debian-12.5.0-amd64-netinst.iso',
        usedBy: [],
        isSuggested: false,
      },
    ])
  })

  it('knows of a disc that was taken out that nobody uses it any more', async () => {
    const id = await idOf(session, 'old-fileserver')
    const iso = '/var/lib/libvirt/images/debian-12.5.0-amd64-netinst.iso'
    const usersOf = async () => {
      const asked = session.storage.usage()
      await clock.advance(1000)
      return ((await asked).users[iso] ?? []).map(({ name }) => name)
    }
    const before = await usersOf()
    expect(before).toContain('old-fileserver')
    const { base, items } = await session.hardware(id)
    const drive = items.find(({ values }) => values['file'] === iso)
    if (!drive) throw new Error('no drive')
    const changes = [{ kind: 'set' as const, item: drive.ref, values: {}, unset: ['file'] }]
    await session.changeHardware(id, { base, changes, when: 'next-start' }, context())
    expect(await usersOf()).toEqual(before.filter((name) => name !== 'old-fileserver'))
    expect(
      (await session.overview(id)).disks.find(({ device }) => device === 'cdrom')?.source,
    ).toBeUndefined()
    expect((await session.deletePlan(id)).files.map(({ path }) => path)).not.toContain(iso)
  })

  it('does not delete a block device', async () => {
    const id = await idOf(session, 'db-01')
    await session.power(id, 'forceOff', context())
    const file = (await session.deletePlan(id)).files.find((one) => one.path === '/dev/vg0/db-01-data')
    expect(file?.keep).toMatch(/block device/)
    await expectKind(session.delete(id, { files: ['/dev/vg0/db-01-data'] }, context()), 'invalid')
  })

  it('says why there is no console', async () => {
    const why = async (name: string) => {
      const offer = await session.consoleOffer(await idOf(session, name))
      return offer.kind === 'none' ? offer.why : `vnc${offer.needsPassword ? ' with password' : ''}`
    }
    expect({
      'web-01': await why('web-01'),
      mail: await why('mail'),
      'design-studio': await why('design-studio'),
      'edge-router': await why('edge-router'),
      analytics: await why('analytics'),
    }).toEqual({
      'web-01': 'vnc',
      mail: 'vnc with password',
      'design-studio': 'spice-only',
      'edge-router': 'serial-only',
      analytics: 'shut-off',
    })
  })

  it('shows the address of a display only while the VM runs, and never its password', async () => {
    const id = await idOf(session, 'mail')
    expect((await session.overview(id)).displays).toEqual([
      { type: 'vnc', address: expect.stringMatching(/^127\.0\.0\.1:59\d\d$/) },
    ])
    expect(await session.xml(id)).not.toContain('postmark')
    expect(await session.consolePassword(id)).toBe('postmark')
    await session.power(id, 'forceOff', context())
    expect((await session.overview(id)).displays).toEqual([{ type: 'vnc' }])
  })
})
