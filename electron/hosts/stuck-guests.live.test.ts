import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLab, type Lab, type LabHost } from '../../e2e/lab/lab'
import { until } from '../../e2e/lab/run'
import type { PowerAction } from '../../shared/model/vm'
import { libvirtBackend } from '../backends/libvirt/libvirt-backend'
import { defineTiny, removeChurn } from './testing/lab-churn'
import { LiveFleet } from './testing/live-fleet'

const stuckNames = ['stuck-1', 'stuck-2', 'stuck-3', 'stuck-4', 'stuck-5', 'stuck-6']

/**
 * Guests whose emulator is stopped, as it is when its storage hangs: libvirt waits for it without end, and each call
 * that does holds one of the few requests the daemon serves per connection, and one of its workers.
 */
describe('a host with six guests that hang', () => {
  let lab: Lab
  let host: LabHost
  let fleet: LiveFleet
  const pids: string[] = []

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    for (const name of [...stuckNames, 'stuck-not']) {
      await defineTiny(host, name)
      await host.virsh(['start', name])
    }
    fleet = await LiveFleet.open(libvirtBackend())
    await fleet.add('A', { uri: host.uri() })
    for (const name of stuckNames) {
      const pid = (await host.exec(['cat', `/run/libvirt/qemu/${name}.pid`])).trim()
      await host.exec(['kill', '-STOP', pid])
      pids.push(pid)
    }
  })

  afterAll(async () => {
    for (const pid of pids) await host.exec(['kill', '-CONT', pid]).catch(() => undefined)
    await fleet?.close()
    await removeChurn(host)
    await lab?.stop()
  })

  const session = () => fleet.registry.get(fleet.id('A'))
  const context = () => ({ signal: new AbortController().signal, onProgress: () => undefined })
  const power = (name: string, action: PowerAction) => session().power(fleet.vm('A', name), action, context())
  const state = (name: string, wanted: string) =>
    until(`${name} to be ${wanted}`, 10_000, () => fleet.inventory('A').includes(`${name} ${wanted}`))

  it('goes on to list, to show and to control the others, whatever is asked of those that hang', async () => {
    const since = fleet.status('A').sinceMs
    let isWaiting = true
    const waiting = Promise.all(
      stuckNames.map((name) => power(name, 'pause').catch((error: unknown) => error)),
    )
    void waiting.then(() => (isWaiting = false))
    const isOver = (): boolean => !isWaiting
    const slowest: Record<string, number> = {}
    const timed = async (what: string, work: Promise<unknown>): Promise<void> => {
      const begun = performance.now()
      await work
      slowest[what] = Math.max(slowest[what] ?? 0, Math.round(performance.now() - begun))
    }
    // until all deadlines of the calls that hang have passed
    while (!isOver()) {
      await timed('list', session().listVms())
      await timed('overview', session().overview(fleet.vm('A', 'stuck-not')))
      await timed('overview of one that hangs', session().overview(fleet.vm('A', 'stuck-1')))
      await timed('force off', power('stuck-not', 'forceOff'))
      await state('stuck-not', 'shut-off')
      await timed('start', power('stuck-not', 'start'))
      await state('stuck-not', 'running')
      await timed('pause', power('stuck-not', 'pause'))
      await state('stuck-not', 'paused')
    }
    process.stdout.write(`six guests hang, slowest in ms: ${JSON.stringify(slowest)}\n`)
    expect(fleet.status('A').sinceMs).toBe(since)
    for (const error of await waiting) {
      expect(error).toMatchObject({ kind: expect.stringMatching(/timed-out|busy/) })
    }
    // a call may wait once for the emulators before it does without them
    for (const what of Object.keys(slowest)) expect(slowest[what]).toBeLessThan(10_000)
  })

  it('can be connected to anew meanwhile', async () => {
    const another = await LiveFleet.open(libvirtBackend())
    try {
      await another.add('A', { uri: host.uri() })
      expect(another.inventory('A')).toEqual(fleet.inventory('A'))
    } finally {
      await another.close()
    }
  })

  it('lets those that hang be forced off', async () => {
    await Promise.all(
      stuckNames.slice(0, 3).map(async (name) => {
        // libvirt waits 10 s for an emulator to end by itself before it kills it (virProcessKillPainfully)
        await power(name, 'forceOff')
        await state(name, 'shut-off')
      }),
    )
  })

  it('is as before when they go on', async () => {
    for (const pid of pids.slice(3)) await host.exec(['kill', '-CONT', pid])
    await power('stuck-4', 'forceOff')
    await state('stuck-4', 'shut-off')
    await until('statistics of emulators', 20_000, async () => {
      const counters = await session().readCounters()
      return counters.every(({ residentBytes }) => residentBytes !== undefined) && counters.length > 0
    })
    expect(await session().listVms()).toHaveLength(7)
  })
})
