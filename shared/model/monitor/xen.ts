import type { XlLetter } from '../xl-state'

/** A domain of a Xen host, its own first one included, as xentop tells it. */
export interface XenDomain {
  readonly name: string
  readonly states: readonly XlLetter[]
  readonly cpuSeconds: number
  /** Of one CPU: 250 are two and a half of them. */
  readonly cpuPercent: number
  readonly memoryBytes: number
  /** Of the host. */
  readonly memoryPercent: number
  /** Absent: no limit. */
  readonly maxMemoryBytes?: number
  readonly vcpuCount: number
  readonly nets: readonly XenNet[]
  readonly vbds: readonly XenVbd[]
}

export interface XenNet {
  readonly number: number
  readonly receive: XenTraffic
  readonly send: XenTraffic
}

/** In all, and within the second that was watched. */
export interface XenTraffic {
  readonly bytes: number
  readonly packets: number
  readonly errors: number
  readonly drops: number
  readonly bytesPerSecond?: number
}

/** Counts are absent for a device that the host tells none of. */
export interface XenVbd {
  /** Who serves it: "BlkBack". */
  readonly backend: string
  /** Xen's number of it, which its major and minor are made of. */
  readonly device: number
  readonly outOfOrder?: number
  readonly reads?: number
  readonly writes?: number
  readonly readsPerSecond?: number
  readonly writesPerSecond?: number
}

export const xenIntervalsMs = [1_000, 3_000, 5_000, 10_000] as const
