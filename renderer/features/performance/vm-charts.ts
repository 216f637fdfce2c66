import type {
  HistoryAnswer,
  HistoryColumns,
  HistorySubject,
  Metric,
} from '../../../shared/model/stats-history'
import type { VmRef } from '../../../shared/model/ids'
import { chart, type Chart } from './chart'
import { column, held, type ValueOf } from './points'
import { bytes, bytesPerSecond, milliseconds, percent, requestsPerSecond } from './units'

/** Which disk and which card is shown; "" stands for all of them together. */
export interface Parts {
  readonly disk: string
  readonly nic: string
  readonly vcpus: readonly number[]
}

/** More lines than these cannot be told apart; the table has all of them. */
export const maxVcpuLines = 6

export function vmSubjects(ref: VmRef, { disk, nic, vcpus }: Parts): HistorySubject[] {
  return [
    { kind: 'vm', ...ref },
    ...(disk === '' ? [] : [{ kind: 'disk' as const, ...ref, part: disk }]),
    ...(nic === '' ? [] : [{ kind: 'nic' as const, ...ref, part: nic }]),
    ...vcpus
      .slice(0, maxVcpuLines)
      .map((number) => ({ kind: 'vcpu' as const, ...ref, part: String(number) })),
  ]
}

interface Facts {
  /** Turns a share of all of the host's CPUs into one of the VM's own. */
  readonly cpuScale: number
  readonly maxMemoryBytes: number
}

/** Read with each few samples of the VM (electron/hosts/live-updates.ts). */
const waitsHeldMs = 15_000

export function vmCharts(answer: HistoryAnswer | undefined, parts: Parts, facts: Facts): Chart[] {
  const [whole, ...others] = answer?.columns ?? []
  const { disk, nic, vcpus } = parts
  const ofDisk = disk === '' ? undefined : others.shift()
  const ofNic = nic === '' ? undefined : others.shift()
  const of = (metric: Metric<'vm'>): ValueOf => column('vm', whole, metric)
  const own = (valueOf: ValueOf): ValueOf => scaled(valueOf, facts.cpuScale)
  const times = whole?.atMs ?? new Float64Array()
  return [
    chart({
      id: 'cpu',
      title: 'CPU',
      unit: percent,
      columns: whole,
      least: 100,
      lines: [
        { label: 'Used', valueOf: own(of('cpuPercent')) },
        { label: 'Steal', valueOf: held(own(of('cpuStealPercent')), times, waitsHeldMs) },
        { label: 'Wait', valueOf: held(own(of('cpuWaitPercent')), times, waitsHeldMs) },
      ],
    }),
    chart({
      id: 'memory',
      title: 'Memory',
      unit: bytes,
      columns: whole,
      least: facts.maxMemoryBytes,
      lines: [
        { label: 'Used in the guest', valueOf: of('memoryBytes') },
        { label: 'Taken on the host', valueOf: of('residentBytes') },
        { label: 'Balloon', valueOf: of('balloonBytes') },
      ],
    }),
    ...diskCharts(whole, ofDisk, disk),
    ...networkCharts(whole, ofNic, nic),
    ...(vcpus.length < 2 ? [] : [vcpuChart(others, vcpus)]),
  ]
}

function diskCharts(
  whole: HistoryColumns | undefined,
  one: HistoryColumns | undefined,
  disk: string,
): Chart[] {
  const isOne = disk !== ''
  const columns = isOne ? one : whole
  const pair = (
    ofAll: readonly [Metric<'vm'>, Metric<'vm'>],
    ofOne: readonly [Metric<'disk'>, Metric<'disk'>],
  ) =>
    (['Read', 'Write'] as const).map((label, index) => ({
      label,
      valueOf: isOne
        ? column('disk', columns, ofOne[index as 0 | 1])
        : column('vm', columns, ofAll[index as 0 | 1]),
    }))
  return [
    chart({
      id: 'disk',
      title: 'Disk throughput',
      unit: bytesPerSecond,
      columns,
      lines: pair(
        ['diskReadBytesPerSecond', 'diskWriteBytesPerSecond'],
        ['readBytesPerSecond', 'writeBytesPerSecond'],
      ),
    }),
    chart({
      id: 'requests',
      title: 'Disk requests',
      unit: requestsPerSecond,
      columns,
      lines: pair(
        ['diskReadRequestsPerSecond', 'diskWriteRequestsPerSecond'],
        ['readRequestsPerSecond', 'writeRequestsPerSecond'],
      ),
    }),
    chart({
      id: 'latency',
      title: 'Disk latency',
      unit: milliseconds,
      columns,
      lines: [
        ...pair(['diskReadLatencyMs', 'diskWriteLatencyMs'], ['readLatencyMs', 'writeLatencyMs']),
        ...(isOne ? [{ label: 'Flush', valueOf: column('disk', columns, 'flushLatencyMs') }] : []),
      ],
    }),
  ]
}

function networkCharts(
  whole: HistoryColumns | undefined,
  one: HistoryColumns | undefined,
  nic: string,
): Chart[] {
  if (nic === '') {
    return [
      chart({
        id: 'network',
        title: 'Network throughput',
        unit: bytesPerSecond,
        columns: whole,
        lines: [
          { label: 'Receive', valueOf: column('vm', whole, 'netReceiveBytesPerSecond') },
          { label: 'Send', valueOf: column('vm', whole, 'netSendBytesPerSecond') },
        ],
      }),
    ]
  }
  return [
    chart({
      id: 'network',
      title: 'Network throughput',
      unit: bytesPerSecond,
      columns: one,
      lines: [
        { label: 'Receive', valueOf: column('nic', one, 'receiveBytesPerSecond') },
        { label: 'Send', valueOf: column('nic', one, 'sendBytesPerSecond') },
      ],
    }),
    chart({
      id: 'packets',
      title: 'Network packets',
      unit: { ...requestsPerSecond, name: 'packets/s' },
      columns: one,
      lines: [
        { label: 'Receive', valueOf: column('nic', one, 'receivePacketsPerSecond') },
        { label: 'Send', valueOf: column('nic', one, 'sendPacketsPerSecond') },
      ],
    }),
  ]
}

/** All were read at the same times, as long as none is plugged in; the first says which. */
function vcpuChart(all: readonly HistoryColumns[], vcpus: readonly number[]): Chart {
  const [first] = all
  return chart({
    id: 'vcpus',
    title: 'Virtual CPUs',
    unit: percent,
    columns: first,
    least: 100,
    lines: all.map((columns, index) => ({
      label: `vCPU ${vcpus[index]}`,
      valueOf: atTimesOf(first, columns, column('vcpu', columns, 'cpuPercent')),
    })),
  })
}

function atTimesOf(first: HistoryColumns | undefined, own: HistoryColumns, valueOf: ValueOf): ValueOf {
  if (first?.atMs.length === own.atMs.length) return valueOf
  const at = new Map([...own.atMs].map((atMs, index) => [atMs, index]))
  return (index) => {
    const found = at.get(first?.atMs[index] ?? Number.NaN)
    return found === undefined ? undefined : valueOf(found)
  }
}

function scaled(valueOf: ValueOf, factor: number): ValueOf {
  return (index) => {
    const value = valueOf(index)
    return value === undefined ? undefined : Math.min(100, value * factor)
  }
}
