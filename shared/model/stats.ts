import type { HostId, VmId } from './ids'

/** Raw counters of one VM at one moment, as a hypervisor gives them. Absent = the driver does not tell. */
export interface VmCounters {
  readonly id: VmId
  readonly cpuTimeNs?: number
  /** Of all vCPUs: waiting for what the emulator does, and ready to run while the host ran something else. */
  readonly vcpuWaitNs?: number
  readonly vcpuStealNs?: number
  /** What the guest itself says it uses; only while it goes on saying so. */
  readonly memoryBytes?: number
  /** What the VM takes on the host, the emulator included. */
  readonly residentBytes?: number
  /** What the balloon leaves to the guest. */
  readonly balloonBytes?: number
  readonly diskReadBytes?: number
  readonly diskWriteBytes?: number
  readonly diskReadRequests?: number
  readonly diskWriteRequests?: number
  /** What all requests together took. */
  readonly diskReadTimeNs?: number
  readonly diskWriteTimeNs?: number
  readonly netReceiveBytes?: number
  readonly netSendBytes?: number
}

/** What is drawn: rates since the previous tick. */
export interface VmSample {
  readonly id: VmId
  /** Share of the host's CPUs, 0 to 100. */
  readonly cpuPercent?: number
  /** Shares of the host's CPUs as well. Told with every few ticks, as they cost more to read. */
  readonly cpuWaitPercent?: number
  readonly cpuStealPercent?: number
  /** Of all its vCPUs since it was started. */
  readonly cpuTimeSeconds?: number
  readonly memoryBytes?: number
  readonly residentBytes?: number
  readonly balloonBytes?: number
  readonly diskReadBytesPerSecond?: number
  readonly diskWriteBytesPerSecond?: number
  readonly diskReadRequestsPerSecond?: number
  readonly diskWriteRequestsPerSecond?: number
  /** Of one request, on average; absent for a tick without any. */
  readonly diskReadLatencyMs?: number
  readonly diskWriteLatencyMs?: number
  readonly netReceiveBytesPerSecond?: number
  readonly netSendBytesPerSecond?: number
}

/** One message per host and tick. */
export interface StatsTick {
  readonly host: HostId
  readonly atMs: number
  readonly samples: readonly VmSample[]
}

/** What the guest uses where it says so, otherwise what it takes on the host, which is cut at what it was given. */
export function usedMemoryBytes(sample: Omit<VmSample, 'id'>): number | undefined {
  const { memoryBytes, residentBytes, balloonBytes } = sample
  if (memoryBytes !== undefined) return memoryBytes
  return residentBytes === undefined || balloonBytes === undefined
    ? (residentBytes ?? balloonBytes)
    : Math.min(residentBytes, balloonBytes)
}

/**
 * Rates between two readings. A counter that went backwards (the VM was restarted) gives no rate for that tick.
 * `hostCpuCount` turns CPU time into a share of the whole host.
 */
export function sampleBetween(
  before: VmCounters | undefined,
  now: VmCounters,
  elapsedMs: number,
  hostCpuCount: number,
): VmSample {
  // by hand, as this runs for every VM of every host at each tick
  const sample: { -readonly [Key in keyof VmSample]: VmSample[Key] } = { id: now.id }
  for (const gauge of gauges) {
    const value = now[gauge]
    if (value !== undefined) sample[gauge] = value
  }
  if (now.cpuTimeNs !== undefined) sample.cpuTimeSeconds = now.cpuTimeNs / 1e9
  if (!before || elapsedMs <= 0) return sample
  const cpuPercent = shareBetween(before.cpuTimeNs, now.cpuTimeNs, elapsedMs, hostCpuCount)
  if (cpuPercent !== undefined) sample.cpuPercent = cpuPercent
  for (const [counter, rate] of rates) {
    const value = perSecond(before[counter], now[counter], elapsedMs)
    if (value !== undefined) sample[rate] = value
  }
  for (const [time, requests, latency] of latencies) {
    const value = latencyMs(before[time], now[time], before[requests], now[requests])
    if (value !== undefined) sample[latency] = value
  }
  return sample
}

const gauges = ['memoryBytes', 'residentBytes', 'balloonBytes'] as const

const rates = [
  ['diskReadBytes', 'diskReadBytesPerSecond'],
  ['diskWriteBytes', 'diskWriteBytesPerSecond'],
  ['diskReadRequests', 'diskReadRequestsPerSecond'],
  ['diskWriteRequests', 'diskWriteRequestsPerSecond'],
  ['netReceiveBytes', 'netReceiveBytesPerSecond'],
  ['netSendBytes', 'netSendBytesPerSecond'],
] as const

const latencies = [
  ['diskReadTimeNs', 'diskReadRequests', 'diskReadLatencyMs'],
  ['diskWriteTimeNs', 'diskWriteRequests', 'diskWriteLatencyMs'],
] as const

/** CPU time as a share of all of the host's CPUs, 0 to 100. */
export function shareBetween(
  fromNs: number | undefined,
  toNs: number | undefined,
  elapsedMs: number,
  hostCpuCount: number,
): number | undefined {
  const ns = perSecond(fromNs, toNs, elapsedMs)
  return ns === undefined ? undefined : Math.min(100, (ns / 1e9 / Math.max(1, hostCpuCount)) * 100)
}

/** Undefined for a counter that is not told, or went backwards. */
export function perSecond(
  from: number | undefined,
  to: number | undefined,
  elapsedMs: number,
): number | undefined {
  if (from === undefined || to === undefined || to < from || elapsedMs <= 0) return undefined
  return ((to - from) * 1000) / elapsedMs
}

/** What one of the requests between two readings took on average; undefined when there was none. */
export function latencyMs(
  fromTimeNs: number | undefined,
  toTimeNs: number | undefined,
  fromRequests: number | undefined,
  toRequests: number | undefined,
): number | undefined {
  if (fromTimeNs === undefined || toTimeNs === undefined || toTimeNs < fromTimeNs) return undefined
  if (fromRequests === undefined || toRequests === undefined || toRequests <= fromRequests) return undefined
  return (toTimeNs - fromTimeNs) / (toRequests - fromRequests) / 1e6
}
