/** What all of a host does, whoever does it. */
import type { HostId } from './ids'

export interface HostCounters {
  /** Time of all CPUs together. */
  readonly cpu?: {
    readonly userNs: number
    readonly systemNs: number
    readonly idleNs: number
    readonly ioWaitNs: number
  }
  readonly memory?: HostMemory
}

export interface HostMemory {
  readonly totalBytes: number
  readonly freeBytes: number
  readonly buffersBytes?: number
  readonly cachedBytes?: number
}

/** Shares of all CPUs since the previous reading, and memory as it is. */
export interface HostSample {
  readonly cpuUserPercent?: number
  readonly cpuSystemPercent?: number
  readonly cpuIoWaitPercent?: number
  readonly memoryTotalBytes?: number
  /** Neither free nor for buffers and caches, which the host gives back when it must. */
  readonly memoryUsedBytes?: number
  readonly memoryCachedBytes?: number
  readonly memoryFreeBytes?: number
}

export interface HostTick {
  readonly host: HostId
  readonly atMs: number
  readonly sample: HostSample
}

export function hostSampleBetween(before: HostCounters | undefined, now: HostCounters): HostSample {
  return { ...cpuShares(before?.cpu, now.cpu), ...memoryShares(now.memory) }
}

function cpuShares(before: HostCounters['cpu'], now: HostCounters['cpu']): HostSample {
  if (!before || !now) return {}
  const user = now.userNs - before.userNs
  const system = now.systemNs - before.systemNs
  const idle = now.idleNs - before.idleNs
  const wait = now.ioWaitNs - before.ioWaitNs
  // Linux counts the wait anew at times, and lets it go backwards (proc(5), /proc/stat)
  const all = user + system + idle + Math.max(0, wait)
  if (all <= 0 || user < 0 || system < 0 || idle < 0) return {}
  return {
    cpuUserPercent: (user / all) * 100,
    cpuSystemPercent: (system / all) * 100,
    cpuIoWaitPercent: (Math.max(0, wait) / all) * 100,
  }
}

function memoryShares(memory: HostMemory | undefined): HostSample {
  if (!memory) return {}
  const { totalBytes, freeBytes, buffersBytes, cachedBytes } = memory
  const caches =
    buffersBytes === undefined && cachedBytes === undefined
      ? undefined
      : (buffersBytes ?? 0) + (cachedBytes ?? 0)
  return {
    memoryTotalBytes: totalBytes,
    memoryFreeBytes: freeBytes,
    memoryUsedBytes: Math.max(0, totalBytes - freeBytes - (caches ?? 0)),
    ...(caches === undefined ? {} : { memoryCachedBytes: caches }),
  }
}
