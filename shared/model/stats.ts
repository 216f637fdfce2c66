import type { HostId, VmId } from './ids'

/** Raw counters of one VM at one moment, as a hypervisor gives them. Absent = the driver does not tell. */
export interface VmCounters {
  readonly id: VmId
  readonly cpuTimeNs?: number
  readonly memoryBytes?: number
  readonly diskReadBytes?: number
  readonly diskWriteBytes?: number
  readonly netReceiveBytes?: number
  readonly netSendBytes?: number
}

/** What is drawn: rates since the previous tick. */
export interface VmSample {
  readonly id: VmId
  /** Share of the host's CPUs, 0 to 100. */
  readonly cpuPercent?: number
  readonly memoryBytes?: number
  readonly diskReadBytesPerSecond?: number
  readonly diskWriteBytesPerSecond?: number
  readonly netReceiveBytesPerSecond?: number
  readonly netSendBytesPerSecond?: number
}

/** One message per host and tick. */
export interface StatsTick {
  readonly host: HostId
  readonly atMs: number
  readonly samples: readonly VmSample[]
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
  if (now.memoryBytes !== undefined) sample.memoryBytes = now.memoryBytes
  if (!before || elapsedMs <= 0) return sample
  const cpuNs = perSecond(before.cpuTimeNs, now.cpuTimeNs, elapsedMs)
  if (cpuNs !== undefined) sample.cpuPercent = Math.min(100, (cpuNs / 1e9 / Math.max(1, hostCpuCount)) * 100)
  for (const [counter, rate] of rates) {
    const value = perSecond(before[counter], now[counter], elapsedMs)
    if (value !== undefined) sample[rate] = value
  }
  return sample
}

const rates = [
  ['diskReadBytes', 'diskReadBytesPerSecond'],
  ['diskWriteBytes', 'diskWriteBytesPerSecond'],
  ['netReceiveBytes', 'netReceiveBytesPerSecond'],
  ['netSendBytes', 'netSendBytesPerSecond'],
] as const

function perSecond(from: number | undefined, to: number | undefined, elapsedMs: number): number | undefined {
  if (from === undefined || to === undefined || to < from) return undefined
  return ((to - from) * 1000) / elapsedMs
}
