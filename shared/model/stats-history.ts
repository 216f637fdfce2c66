/** What is kept of loads, and how it is asked for. */
import { z } from 'zod'
import { hostId, vmRef } from './ids'
import type { VmEvent } from './vm-events'

/** Of what there is a history, and which figures; a figure is named as in its sample. */
export const historyMetrics = {
  vm: [
    'cpuPercent',
    'cpuWaitPercent',
    'cpuStealPercent',
    'memoryBytes',
    'residentBytes',
    'balloonBytes',
    'diskReadBytesPerSecond',
    'diskWriteBytesPerSecond',
    'diskReadRequestsPerSecond',
    'diskWriteRequestsPerSecond',
    'diskReadLatencyMs',
    'diskWriteLatencyMs',
    'netReceiveBytesPerSecond',
    'netSendBytesPerSecond',
  ],
  host: [
    'cpuUserPercent',
    'cpuSystemPercent',
    'cpuIoWaitPercent',
    'memoryUsedBytes',
    'memoryCachedBytes',
    'memoryFreeBytes',
  ],
  /** All VMs of a host together. */
  guests: [
    'diskReadBytesPerSecond',
    'diskWriteBytesPerSecond',
    'netReceiveBytesPerSecond',
    'netSendBytesPerSecond',
  ],
  disk: [
    'readBytesPerSecond',
    'writeBytesPerSecond',
    'readRequestsPerSecond',
    'writeRequestsPerSecond',
    'readLatencyMs',
    'writeLatencyMs',
    'flushLatencyMs',
  ],
  nic: ['receiveBytesPerSecond', 'sendBytesPerSecond', 'receivePacketsPerSecond', 'sendPacketsPerSecond'],
  vcpu: ['cpuPercent', 'waitPercent', 'stealPercent'],
} as const
export type HistoryKind = keyof typeof historyMetrics
export type Metric<Kind extends HistoryKind> = (typeof historyMetrics)[Kind][number]

const part = z.string().min(1).max(256)

/** Disks, cards and vCPUs have a history of the times when somebody watched them. */
export const historySubject = z.discriminatedUnion('kind', [
  vmRef.extend({ kind: z.literal('vm') }),
  z.object({ kind: z.enum(['host', 'guests']), host: hostId }),
  vmRef.extend({ kind: z.literal('disk'), part }),
  vmRef.extend({ kind: z.literal('nic'), part }),
  vmRef.extend({ kind: z.literal('vcpu'), part }),
])
export type HistorySubject = z.infer<typeof historySubject>

export const historyInput = z.object({
  subjects: z.array(historySubject).min(1).max(256),
  fromMs: z.number(),
  toMs: z.number(),
  maxPoints: z.int().min(2).max(1000),
})
export type HistoryInput = z.infer<typeof historyInput>

/** Columns of equal length, in the order of time; NaN where a figure is not known. */
export interface HistoryColumns {
  readonly atMs: Float64Array
  /** In the order of `historyMetrics`. */
  readonly values: readonly Float32Array[]
}

export interface HistoryAnswer {
  /** In the order of the subjects asked for. */
  readonly columns: readonly HistoryColumns[]
  /** Of the VMs asked for. */
  readonly events: readonly VmEvent[]
}

/** One string for what has a history; "vm" of a host and "vm" of another differ. */
export function subjectKey(subject: HistorySubject): string {
  switch (subject.kind) {
    case 'host':
    case 'guests':
      return `${subject.kind} ${subject.host}`
    case 'vm':
      return `vm ${subject.host}/${subject.vm}`
    default:
      return `${subject.kind} ${subject.host}/${subject.vm} ${subject.part}`
  }
}
