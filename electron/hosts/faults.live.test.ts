import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { FaultProxy } from '../../e2e/lab/faults/fault-proxy'
import { killSshd, sshConnections, startSshd } from '../../e2e/lab/faults/sshd'
import { startLab, type ExtraDaemon, type Lab, type LabHost } from '../../e2e/lab/lab'
import { until } from '../../e2e/lab/run'
import type { ConnectStage } from '../../shared/model/host'
import { libvirtBackend } from '../backends/libvirt/libvirt-backend'
import { relayInto } from '../backends/libvirt/testing/tcp-relay'
import { churn, defineTiny, removeChurn, virshInventory } from './testing/lab-churn'
import { LiveFleet, nothingLeaked, usualResources } from './testing/live-fleet'

/**
 * Two machines fail in every way a machine does, while a third host and whoever is not affected are used all the time.
 * After each fault: the others never noticed, the host is back by itself, its list equals virsh's, nothing is left open.
 */
describe('hosts that fail', () => {
  let lab: Lab
  let labA: LabHost
  let labB: LabHost
  /** A daemon of its own that nothing happens to. */
  let calm: ExtraDaemon
  let proxy: FaultProxy
  let fleet: LiveFleet
  let usual: Record<string, number>
  let folder: string
  const cleanUps: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    lab = await startLab()
    labA = lab.host('labA')
    labB = lab.host('labB')
    calm = await labA.startExtraDaemon({})
    folder = await mkdtemp(join(tmpdir(), 'innkeeper-known-'))
    const relay = async (port: number): Promise<number> => {
      const one = await relayInto(lab.clientPrefix, { host: labB.address, port })
      cleanUps.push(() => one.stop())
      return one.port
    }
    proxy = await FaultProxy.to({ port: await relay(22) }, 20_261_124)
    cleanUps.push(() => proxy.stop())
    const tcp = await FaultProxy.to({ port: await relay(16_509) })
    cleanUps.push(() => tcp.stop())
    // a minute between two tries would only make the suite longer
    fleet = await LiveFleet.open(libvirtBackend(), { maxRetryMs: 8_000 })
    await fleet.add('calm', { uri: `test+unix:///default?socket=${calm.socketPath}` })
    await fleet.add('A', { uri: labA.uri() })
    await fleet.add('B', sshTo(proxy.port))
    await fleet.add('B by tcp', { uri: `qemu+tcp://127.0.0.1:${tcp.port}/system` })
    usual = await usualResources()
  })

  afterAll(async () => {
    await fleet?.close()
    for (const cleanUp of cleanUps.reverse()) await cleanUp()
    await calm?.stop()
    for (const host of [labA, labB]) await removeChurn(host)
    await rm(folder, { recursive: true, force: true })
    await lab?.stop()
  })

  const sshTo = (port: number) => ({
    uri: `qemu+ssh://${labB.user}@127.0.0.1:${port}/system?known_hosts=${join(folder, 'known_hosts')}`,
    keyFile: labB.keyFile,
  })

  /** What must be true of a host some time after its fault is over. */
  async function isWhole(name: string, host: LabHost, healTimeoutMs = 20_000): Promise<void> {
    await fleet.connected(name, healTimeoutMs)
    let ours: string[] = []
    let theirs: string[] = []
    // over a bad line a single reading may take as long as connecting
    await until(`the list of ${name} to equal virsh's`, Math.max(20_000, healTimeoutMs), async () => {
      ours = fleet.inventory(name)
      theirs = await virshInventory(host)
      return JSON.stringify(ours) === JSON.stringify(theirs)
    }).catch((error: Error) => {
      expect(ours, error.message).toEqual(theirs)
    })
  }

  afterEach(() => {
    proxy.set({ kind: 'clear' })
  })

  const report = (what: string, facts: object): void => {
    process.stdout.write(`${what}: ${JSON.stringify(facts)}\n`)
  }
  const since = (name: string): number => fleet.status(name).sinceMs

  it('a line that delays everything by half a second each way loses no connection and no event', async () => {
    const before = since('B')
    const others = await fleet.undisturbed(['calm', 'A', 'B by tcp'], async () => {
      proxy.set({ kind: 'delay', delayMs: 500 })
      const client = churn(labB)
      await new Promise((resolve) => setTimeout(resolve, 8_000))
      const rounds = await client.stop()
      expect(rounds).toBeGreaterThan(3)
      // still through the slow line
      await isWhole('B', labB)
    })
    proxy.set({ kind: 'clear' })
    expect(since('B')).toBe(before)
    await nothingLeaked(usual)
    report('delay', others)
  })

  it('a line that loses 30 % heals by itself if it breaks at all, and no event is lost', async () => {
    const others = await fleet.undisturbed(['calm', 'A', 'B by tcp'], async () => {
      proxy.set({ kind: 'loss', share: 0.3 })
      const client = churn(labB)
      await new Promise((resolve) => setTimeout(resolve, 8_000))
      expect(await client.stop()).toBeGreaterThan(3)
      const stoppedAt = Date.now()
      await isWhole('B', labB, 60_000)
      report('30 % loss', { followedAfterMs: Date.now() - stoppedAt })
      // it can be connected to anew over such a line, too
      await fleet.registry.disconnect(fleet.id('B'))
      fleet.registry.connect(fleet.id('B'))
      await isWhole('B', labB, 60_000)
    })
    proxy.set({ kind: 'clear' })
    await nothingLeaked(usual)
    report('loss', others)
  })

  it('a connection that is reset or closed on the way is made again within seconds', async () => {
    for (const end of ['reset', 'close'] as const) {
      const before = since('B')
      const others = await fleet.undisturbed(['calm', 'A', 'B by tcp'], async () => {
        proxy[end]()
        await until('a new connection', 20_000, () => {
          const status = fleet.status('B')
          return status.kind === 'connected' && status.sinceMs > before
        })
        await isWhole('B', labB)
      })
      report(end, others)
    }
    await nothingLeaked(usual)
  })

  it('a daemon killed in mid-call is told at once, and the host is back when the daemon is', async () => {
    const others = await fleet.undisturbed(['calm', 'B', 'B by tcp'], async () => {
      const session = fleet.registry.get(fleet.id('A'))
      const calls = Promise.allSettled(Array.from({ length: 20 }, () => session.listVms()))
      await labA.killDaemon()
      expect(await fleet.lost('A', 2_000)).toMatchObject({ kind: 'unreachable' })
      for (const call of await calls) {
        if (call.status === 'rejected') expect(call.reason).toMatchObject({ kind: 'unreachable' })
      }
      const client = churn(labB)
      await labA.startDaemon()
      await isWhole('A', labA)
      await client.stop()
    })
    await isWhole('B', labB)
    await nothingLeaked(usual)
    report('daemon killed', others)
  })

  it('an ssh server killed with its sessions takes down what ran over it and nothing else', async () => {
    const others = await fleet.undisturbed(['calm', 'A', 'B by tcp'], async () => {
      await killSshd(labB)
      try {
        expect(await fleet.lost('B', 2_000)).toMatchObject({ kind: 'unreachable' })
        const client = churn(labB)
        await until('a failed try', 10_000, () => fleet.status('B').kind === 'failed')
        await client.stop()
      } finally {
        await startSshd(labB)
      }
      await isWhole('B', labB)
    })
    expect(await sshConnections(labB)).toBe(1)
    await nothingLeaked(usual)
    report('sshd killed', others)
  })

  it('an ssh server that allows one session, and no forwarding, still serves the host', async () => {
    const others = await fleet.undisturbed(['calm', 'A', 'B by tcp'], async () => {
      await killSshd(labB)
      await startSshd(labB, ['MaxSessions=1', 'AllowStreamLocalForwarding=no'])
      try {
        await until('B to be lost', 5_000, () => fleet.status('B').kind !== 'connected')
        await isWhole('B', labB)
        const before = since('B')
        // a start goes over a connection of its own, which would be a second session
        await defineTiny(labB, 'churn-limit')
        await until('the new VM', 5_000, () => fleet.inventory('B').includes('churn-limit shut-off'))
        const session = fleet.registry.get(fleet.id('B'))
        const context = { signal: new AbortController().signal, onProgress: () => undefined }
        const error: unknown = await session.power(fleet.vm('B', 'churn-limit'), 'start', context).then(
          () => undefined,
          (reason: unknown) => reason,
        )
        expect(error).toMatchObject({ kind: expect.stringMatching(/busy|unreachable|denied|unsupported/) })
        report('session limit', { error: String(error) })
        expect(await session.listVms()).toEqual(expect.any(Array))
        expect(since('B')).toBe(before)
      } finally {
        await killSshd(labB)
        await startSshd(labB)
      }
      await until('B to be lost', 5_000, () => fleet.status('B').kind !== 'connected')
      await isWhole('B', labB)
    })
    await nothingLeaked(usual)
    report('MaxSessions', others)
  })

  it('an attempt is cancelled at once at every stage, and leaves nothing open', async () => {
    const others = await fleet.undisturbed(['calm', 'A', 'B by tcp'], async () => {
      await fleet.registry.disconnect(fleet.id('B'))
      const cancelAt = async (stage: ConnectStage): Promise<void> => {
        fleet.registry.connect(fleet.id('B'))
        await until(`B to be ${stage}`, 20_000, () => {
          const status = fleet.status('B')
          return status.kind === 'connecting' && status.stage === stage
        })
        const begun = performance.now()
        const ending = fleet.registry.disconnect(fleet.id('B'))
        expect(fleet.status('B').kind).toBe('disconnected')
        await ending
        report(`cancelled at ${stage}`, { afterMs: Math.round(performance.now() - begun) })
        await until('the connection to be gone', 3_000, () => proxy.open === 0)
      }
      // long enough to be caught at each stage
      proxy.set({ kind: 'delay', delayMs: 300 })
      for (const stage of ['reaching', 'authenticating', 'opening', 'listing'] as const) await cancelAt(stage)
      proxy.set({ kind: 'down' })
      await cancelAt('reaching')
      proxy.set({ kind: 'clear' })
      expect(await sshConnections(labB)).toBe(0)
      fleet.registry.connect(fleet.id('B'))
      await isWhole('B', labB)
    })
    await nothingLeaked(usual)
    report('cancelled', others)
  })

  it('two minutes without a cable and a daemon that is frozen meanwhile: both are told, both heal, nobody else notices', async () => {
    const others = await fleet.undisturbed(['calm'], async () => {
      const pulledAt = Date.now()
      await labB.cableOut()
      await labA.stopDaemon()
      const client = churn(labB)
      try {
        expect(await fleet.lost('B', 45_000)).toMatchObject({ kind: 'unreachable' })
        expect(await fleet.lost('B by tcp', 45_000)).toMatchObject({ kind: 'unreachable' })
        expect(await fleet.lost('A', 45_000)).toMatchObject({
          kind: 'unreachable',
          message: 'The host no longer answers',
        })
        // the last known list stays
        expect(fleet.inventory('B').length).toBeGreaterThan(0)
        // its own deadline: the kernel takes the connection, and nobody speaks
        await until('the deadline of a try', 30_000, () => {
          const status = fleet.status('A')
          return status.kind === 'failed' && status.error.kind === 'timed-out'
        })
      } finally {
        await labA.contDaemon()
      }
      const thawedAt = Date.now()
      await isWhole('A', labA, 40_000)
      report('daemon frozen', { healedAfterMs: Date.now() - thawedAt })
      await new Promise((resolve) => setTimeout(resolve, 120_000 - (Date.now() - pulledAt)))
      await labB.cableIn()
      const plugged = Date.now()
      await isWhole('B', labB, 40_000)
      await isWhole('B by tcp', labB, 40_000)
      report('cable', { healedAfterMs: Date.now() - plugged })
      await client.stop()
      await isWhole('B', labB)
    })
    await nothingLeaked(usual)
    report('cable out and daemon frozen', others)
  }, 300_000)
})
