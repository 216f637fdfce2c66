import type { PolledFigure } from '../../../shared/model/polling'
import type { VmCounters } from '../../../shared/model/stats'
import type { FakeVm } from './model'

/**
 * Counters as a pure function of how long the guest ran, so that they need no timer, survive a pause and never run
 * backwards: each is the integral of a mean load with three slow waves on it. The waves' heights add up to less than
 * the mean, which keeps the rate positive.
 */
export function countersOf(vm: FakeVm): VmCounters | undefined {
  if (!vm.run) return undefined
  const seconds = vm.run.clock.uptimeMs() / 1000
  const { definition } = vm
  const { load } = definition.guest
  const total = (channel: number, mean: number, most = Number.POSITIVE_INFINITY): number =>
    Math.floor(integral(seconds, mean, most, seedOf(definition.id, channel)))
  const cpuNsPerSecond = definition.vcpuCount * 1e9
  const cpuTimeNs = total(0, load.cpu * cpuNsPerSecond, cpuNsPerSecond)
  const diskReadBytes = total(1, load.diskReadBytesPerSecond)
  const diskWriteBytes = total(2, load.diskWriteBytesPerSecond)
  const diskReadRequests = Math.floor(diskReadBytes / readBytesPerRequest)
  const diskWriteRequests = Math.floor(diskWriteBytes / writeBytesPerRequest)
  const memoryBytes = memoryAt(seconds, definition.memoryBytes, load.memory, seedOf(definition.id, 9))
  return {
    id: definition.id,
    cpuTimeNs,
    vcpuWaitNs: Math.floor(cpuTimeNs * 0.01),
    vcpuStealNs: Math.floor(cpuTimeNs * 0.03),
    ...(reportPeriodOf(vm) === 0 ? {} : { memoryBytes }),
    residentBytes: Math.min(definition.memoryBytes, Math.floor(memoryBytes * 1.15)),
    balloonBytes: definition.memoryBytes,
    diskReadBytes,
    diskWriteBytes,
    diskReadRequests,
    diskWriteRequests,
    diskReadTimeNs: total(5, load.diskReadBytesPerSecond * (readNsPerRequest / readBytesPerRequest)),
    diskWriteTimeNs: total(6, load.diskWriteBytesPerSecond * (writeNsPerRequest / writeBytesPerRequest)),
    netReceiveBytes: total(3, load.netReceiveBytesPerSecond),
    netSendBytes: total(4, load.netSendBytesPerSecond),
  }
}

const figureNames: Readonly<Record<PolledFigure, RegExp>> = {
  cpu: /^(cpu|vcpu)/,
  memory: /^(memory|resident|balloon)/,
  disk: /^disk/,
  network: /^net/,
}

export function onlyFigures({ id, ...counters }: VmCounters, figures: readonly PolledFigure[]): VmCounters {
  const wanted = Object.entries(counters).filter(([name]) =>
    figures.some((figure) => figureNames[figure].test(name)),
  )
  return { id, ...Object.fromEntries(wanted) }
}

const readBytesPerRequest = 24 * 1024
const writeBytesPerRequest = 16 * 1024
const readNsPerRequest = 450_000
const writeNsPerRequest = 1_300_000

const reportPeriods = new WeakMap<FakeVm, number>()

/** In seconds; some demo VMs were never told to report their memory. */
export function reportPeriodOf(vm: FakeVm): number {
  return reportPeriods.get(vm) ?? (vm.definition.hasGuestAgentChannel ? 5 : 0)
}

export function setReportPeriod(vm: FakeVm, seconds: number): void {
  reportPeriods.set(vm, seconds)
}

const waves = [
  { height: 0.45, periodSeconds: 97 },
  { height: 0.3, periodSeconds: 31 },
  { height: 0.2, periodSeconds: 11 },
] as const

function integral(seconds: number, mean: number, most: number, seed: number): number {
  let sum = mean * seconds
  // near the ceiling the waves get flatter
  const swing = Math.min(mean, most - mean)
  for (const [index, { height, periodSeconds }] of waves.entries()) {
    const omega = (2 * Math.PI) / periodSeconds
    const phase = seed * (index + 1) * 2 * Math.PI
    sum += ((swing * height) / omega) * (Math.cos(phase) - Math.cos(omega * seconds + phase))
  }
  return sum
}

function memoryAt(seconds: number, bytes: number, share: number, seed: number): number {
  const wave = Math.sin((2 * Math.PI * seconds) / 140 + seed * 6)
  // a booting guest fills its memory over the first half minute
  const filled = Math.min(1, 0.3 + seconds / 40)
  return Math.floor(bytes * Math.min(0.98, Math.max(0.05, share * filled * (1 + 0.06 * wave))))
}

/** 0 to 1, different for every VM and channel. */
function seedOf(id: string, channel: number): number {
  let hash = 2_166_136_261 ^ channel
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 16_777_619)
  }
  return (hash >>> 0) / 2 ** 32
}
