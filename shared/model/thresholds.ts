/** Limits that loads of VMs are held against, and what is above them. */
import { z } from 'zod'
import { vmRef, type VmRef } from './ids'
import type { VmSample } from './stats'

interface Figure {
  readonly label: string
  readonly unit: '%' | 'ms' | 'MiB/s'
  readonly max: number
  /** What a new threshold begins with. */
  readonly usual: number
  of(sample: Omit<VmSample, 'id'>, facts: LoadFacts): number | undefined
}

/** What shares are of. */
export interface LoadFacts {
  readonly hostCpuCount: number
  readonly vcpuCount: number
}

const mib = 1024 * 1024

export const thresholdFigures = {
  cpu: {
    label: 'CPU',
    unit: '%',
    max: 100,
    usual: 90,
    of: ({ cpuPercent }, facts) => ofOwnCpus(cpuPercent, facts),
  },
  steal: {
    label: 'CPU steal',
    unit: '%',
    max: 100,
    usual: 20,
    of: ({ cpuStealPercent }, facts) => ofOwnCpus(cpuStealPercent, facts),
  },
  memory: {
    label: 'Memory',
    unit: '%',
    max: 100,
    usual: 90,
    // only what the guest says: what it takes on the host never shrinks
    of: ({ memoryBytes, balloonBytes }) =>
      memoryBytes === undefined || !balloonBytes ? undefined : (memoryBytes / balloonBytes) * 100,
  },
  diskLatency: {
    label: 'Disk latency',
    unit: 'ms',
    max: 60_000,
    usual: 50,
    of: ({ diskReadLatencyMs, diskWriteLatencyMs, diskReadRequestsPerSecond }) =>
      diskReadLatencyMs === undefined && diskWriteLatencyMs === undefined
        ? // without a request nothing waits
          diskReadRequestsPerSecond === undefined
          ? undefined
          : 0
        : Math.max(diskReadLatencyMs ?? 0, diskWriteLatencyMs ?? 0),
  },
  disk: {
    label: 'Disk throughput',
    unit: 'MiB/s',
    max: 1_000_000,
    usual: 200,
    of: ({ diskReadBytesPerSecond: read, diskWriteBytesPerSecond: write }) => sumIn(read, write),
  },
  network: {
    label: 'Network throughput',
    unit: 'MiB/s',
    max: 1_000_000,
    usual: 100,
    of: ({ netReceiveBytesPerSecond: receive, netSendBytesPerSecond: send }) => sumIn(receive, send),
  },
} satisfies { readonly [name: string]: Figure }

export type ThresholdFigure = keyof typeof thresholdFigures
export const figureNames = Object.keys(thresholdFigures) as readonly ThresholdFigure[]

export const threshold = z
  .object({
    id: z.uuid(),
    /** Absent: for all VMs. */
    vm: vmRef.exactOptional(),
    figure: z.enum(figureNames as [ThresholdFigure, ...ThresholdFigure[]]),
    above: z.number().positive(),
    /** A peak that is over sooner is nobody's business. */
    forSeconds: z.int().min(0).max(3600),
    notifies: z.boolean(),
  })
  .refine(({ figure, above }) => above <= thresholdFigures[figure].max, {
    path: ['above'],
    error: 'This is more than there can be',
  })
export type Threshold = z.output<typeof threshold>

export const thresholdsInput = z.object({ thresholds: z.array(threshold).max(200) })

/** What is above a threshold at the moment. */
export interface Alarm {
  readonly threshold: string
  readonly ref: VmRef
  readonly figure: ThresholdFigure
  readonly above: number
  readonly sinceMs: number
}

/** "CPU above 90 %". */
export function alarmText({ figure, above }: Pick<Alarm, 'figure' | 'above'>): string {
  const { label, unit } = thresholdFigures[figure]
  return `${label} above ${above} ${unit}`
}

/** Samples tell shares of all of the host's CPUs; a VM has only some of them. */
export function ofOwnCpus(
  percent: number | undefined,
  { hostCpuCount, vcpuCount }: LoadFacts,
): number | undefined {
  return percent === undefined ? undefined : Math.min(100, (percent * hostCpuCount) / Math.max(1, vcpuCount))
}

function sumIn(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined && other === undefined ? undefined : ((one ?? 0) + (other ?? 0)) / mib
}
