/**
 * Figures held against what the guest's kernel and the host's kernel say of the same work. The guest stands still at both
 * ends of a measurement, so all of them speak of the same stretch however fast the machine is; and what the app draws is a
 * rate, so its rates are added up over the samples.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startLab, type Lab, type LabHost } from '../../e2e/lab/lab'
import { LoadedGuest, machineMemory } from '../../e2e/lab/loaded-guest'
import { until } from '../../e2e/lab/run'
import { hostSampleBetween } from '../../shared/model/host-load'
import { hostId, vmId, type VmId } from '../../shared/model/ids'
import type { VmSample } from '../../shared/model/stats'
import { libvirtBackend } from '../backends/libvirt/libvirt-backend'
import type { HypervisorSession } from '../backends/backend'
import { Inventory } from '../hosts/inventory'
import { LiveUpdates } from '../hosts/live-updates'
import { defaultTiming } from '../hosts/timing'

const name = 'known-load'
const testMs = 240_000
const waitMs = 60_000
/** Of what the kernels say. */
const tolerance = 0.05

let lab: Lab
let host: LabHost
let guest: LoadedGuest
let session: HypervisorSession
let live: LiveUpdates
let id: VmId
let ticks: { readonly atMs: number; readonly sample: VmSample }[]

beforeAll(async () => {
  lab = await startLab({ hosts: ['labA'] })
  host = lab.host('labA')
  await host.removeGuest(name)
  if (!(await host.virsh(['net-list', '--name'])).split('\n').includes('default'))
    await host.virsh(['net-start', 'default'])
  guest = new LoadedGuest(host, name)
  await guest.start()
  id = vmId.parse((await host.virsh(['domuuid', name])).trim())
  session = await libvirtBackend().connect({
    uri: host.uri(),
    signal: new AbortController().signal,
    onStage: () => undefined,
    log: () => undefined,
    ask: async () => null,
  })
  let readAtMs = 0
  live = new LiveUpdates(session, new Inventory(hostId.parse('h')), {
    timing: { ...defaultTiming, statsIntervalMs: 400 },
    now: () => (readAtMs = performance.now()),
    log: (text) => {
      throw new Error(text)
    },
    onVms: () => undefined,
    onStats: (samples) => {
      const sample = samples.find((one) => one.id === id)
      if (sample) ticks.push({ atMs: readAtMs, sample })
    },
    onHostStats: () => undefined,
  })
}, testMs)

beforeEach(() => {
  ticks = []
})

afterAll(async () => {
  live?.stop()
  await session?.close()
  await host?.removeGuest(name)
  await lab?.stop()
})

/** Two samples more: the second of them began after this was asked. */
async function nextSamples(): Promise<void> {
  const seen = ticks.length
  await until('two more samples', waitMs, async () => ticks.length >= seen + 2)
}

interface Measured {
  /** What the app's rates come to. */
  sum(rate: keyof Omit<VmSample, 'id'>): number
  /** What the host's kernel says the emulator used. */
  readonly usedNs: number
}

/** Of work that begins and ends with the guest standing still. */
async function during(work: () => Promise<void>): Promise<Measured> {
  await guest.stand()
  await nextSamples()
  const from = ticks.length
  const before = await guest.cpuNs()
  await guest.goOn()
  await work()
  await guest.stand()
  await nextSamples()
  const to = ticks.length
  const usedNs = (await guest.cpuNs()) - before
  await guest.goOn()
  const sum = (rate: keyof Omit<VmSample, 'id'>): number => {
    let all = 0
    for (let at = from; at < to; at += 1) {
      const elapsedMs = (ticks[at]?.atMs ?? 0) - (ticks[at - 1]?.atMs ?? 0)
      all += ((ticks[at]?.sample[rate] ?? 0) * elapsedMs) / 1000
    }
    return all
  }
  return { sum, usedNs }
}

function near(value: number, truth: number): void {
  expect(truth).toBeGreaterThan(0)
  expect(Math.abs(value - truth) / truth).toBeLessThan(tolerance)
}

describe('the load of a real guest', () => {
  it('is a share of the host’s CPUs that comes to what the host’s kernel says its emulator used', {
    timeout: testMs,
  }, async () => {
    const { sum, usedNs } = await during(() => guest.compute())
    near((sum('cpuPercent') / 100) * session.info.cpuCount * 1e9, usedNs)
  })

  it('counts the time of its only virtual CPU', { timeout: testMs }, async () => {
    await guest.stand()
    const before = await session.stats.vmCounters(id)
    const beforeNs = await guest.cpuNs()
    await guest.goOn()
    await guest.compute()
    await guest.stand()
    const after = await session.stats.vmCounters(id)
    const usedNs = (await guest.cpuNs()) - beforeNs
    await guest.goOn()
    const vcpuNs = (after.vcpus[0]?.timeNs ?? 0) - (before.vcpus[0]?.timeNs ?? 0)
    // the emulator's other threads have little to do meanwhile
    expect(vcpuNs).toBeGreaterThan(usedNs * 0.8)
    expect(vcpuNs).toBeLessThanOrEqual(usedNs * (1 + tolerance))
    expect(after.vcpus).toHaveLength(1)
    expect(after.vcpus[0]?.affinity).toMatch(/^0/)
  })

  it('writes and reads what the guest’s kernel says, in bytes and requests', {
    timeout: testMs,
  }, async () => {
    const before = await guest.disk()
    const counters = await session.stats.vmCounters(id)
    const { sum } = await during(async () => {
      await guest.write(40)
      await guest.read(24)
    })
    const after = await guest.disk()
    const now = await session.stats.vmCounters(id)
    expect(after.writeBytes - before.writeBytes).toBeGreaterThanOrEqual(40 * 2 ** 20)
    near(sum('diskWriteBytesPerSecond'), after.writeBytes - before.writeBytes)
    near(sum('diskReadBytesPerSecond'), after.readBytes - before.readBytes)
    near(sum('diskWriteRequestsPerSecond'), after.writeRequests - before.writeRequests)
    const [disk] = now.disks
    const [disk0] = counters.disks
    expect(disk?.target).toBe('vda')
    near((disk?.writeBytes ?? 0) - (disk0?.writeBytes ?? 0), after.writeBytes - before.writeBytes)
    expect(disk?.capacityBytes).toBe(64 * 2 ** 20)
    expect((disk?.writeTimeNs ?? 0) - (disk0?.writeTimeNs ?? 0)).toBeGreaterThan(0)
    expect(ticks.some(({ sample }) => (sample.diskWriteLatencyMs ?? 0) > 0)).toBe(true)
  })

  it('receives what the guest’s kernel says', { timeout: testMs }, async () => {
    const before = await guest.receivedBytes()
    const counters = await session.stats.vmCounters(id)
    const { sum } = await during(() => guest.receive(20))
    const received = (await guest.receivedBytes()) - before
    expect(received).toBeGreaterThan(1e6)
    near(sum('netReceiveBytesPerSecond'), received)
    const [card] = (await session.stats.vmCounters(id)).nics
    near((card?.receiveBytes ?? 0) - (counters.nics[0]?.receiveBytes ?? 0), received)
    expect(card?.name).toMatch(/^vnet\d+$/)
  })

  it('has the memory in use that the guest tells, and none that is known once it goes silent', {
    timeout: testMs,
  }, async () => {
    await until('a fresh report', waitMs, async () => ticks.at(-1)?.sample.memoryBytes !== undefined)
    const { totalBytes, availableBytes } = await guest.memory()
    await nextSamples()
    const used = ticks.at(-1)?.sample.memoryBytes ?? 0
    expect(Math.abs(used - (totalBytes - availableBytes)) / totalBytes).toBeLessThan(tolerance)
    expect(ticks.at(-1)?.sample.balloonBytes).toBe(160 * 2 ** 20)
    await host.virsh(['dommemstat', name, '--period', '0', '--live'])
    await until('silence', waitMs, async () => ticks.at(-1)?.sample.memoryBytes === undefined)
    expect((await session.stats.vmCounters(id)).memory).toMatchObject({ reportPeriodSeconds: 0 })
    await session.stats.setMemoryReports(id, 1)
    await until('reports again', waitMs, async () => ticks.at(-1)?.sample.memoryBytes !== undefined)
    expect((await session.stats.vmCounters(id)).memory.guest?.totalBytes).toBe(totalBytes)
  })

  it('leaves to the host what its kernel says', { timeout: testMs }, async () => {
    const before = await session.stats.hostCounters()
    await guest.compute()
    const after = await session.stats.hostCounters()
    expect(after.memory?.totalBytes).toBe(await machineMemory('MemTotal'))
    const sample = hostSampleBetween(before, after)
    const busy = (sample.cpuUserPercent ?? 0) + (sample.cpuSystemPercent ?? 0)
    expect(busy).toBeGreaterThan(0)
    expect(busy + (sample.cpuIoWaitPercent ?? 0)).toBeLessThanOrEqual(100)
  })
})
