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
  const perSecond = (key: Exclude<keyof VmCounters, 'id'>): number | undefined => {
    const from = before?.[key]
    const to = now[key]
    if (from === undefined || to === undefined || to < from || elapsedMs <= 0) return undefined
    return ((to - from) * 1000) / elapsedMs
  }
  const cpuNs = perSecond('cpuTimeNs')
  return {
    id: now.id,
    ...given(
      'cpuPercent',
      cpuNs === undefined ? undefined : Math.min(100, (cpuNs / 1e9 / Math.max(1, hostCpuCount)) * 100),
    ),
    ...given('memoryBytes', now.memoryBytes),
    ...given('diskReadBytesPerSecond', perSecond('diskReadBytes')),
    ...given('diskWriteBytesPerSecond', perSecond('diskWriteBytes')),
    ...given('netReceiveBytesPerSecond', perSecond('netReceiveBytes')),
    ...given('netSendBytesPerSecond', perSecond('netSendBytes')),
  }
}

function given<K extends string>(key: K, value: number | undefined): { [P in K]?: number } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: number })
}
