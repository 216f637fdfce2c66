import type { HostId } from '../../../shared/model/ids'
import type { HistoryAnswer, HistorySubject } from '../../../shared/model/stats-history'
import { chart, type Chart } from './chart'
import { column } from './points'
import { bytes, bytesPerSecond, percent } from './units'

export function hostSubjects(host: HostId): HistorySubject[] {
  return [
    { kind: 'host', host },
    { kind: 'guests', host },
  ]
}

export function hostCharts(answer: HistoryAnswer | undefined, memoryBytes: number): Chart[] {
  const [own, guests] = answer?.columns ?? []
  return [
    chart({
      id: 'cpu',
      title: 'CPU',
      unit: percent,
      columns: own,
      least: 100,
      isStacked: true,
      lines: [
        { label: 'User', valueOf: column('host', own, 'cpuUserPercent') },
        { label: 'System', valueOf: column('host', own, 'cpuSystemPercent') },
        { label: 'Waiting for disks', valueOf: column('host', own, 'cpuIoWaitPercent') },
      ],
    }),
    chart({
      id: 'memory',
      title: 'Memory',
      unit: bytes,
      columns: own,
      least: memoryBytes,
      isStacked: true,
      lines: [
        { label: 'Used', valueOf: column('host', own, 'memoryUsedBytes') },
        { label: 'Buffers and caches', valueOf: column('host', own, 'memoryCachedBytes') },
      ],
    }),
    chart({
      id: 'disk',
      title: 'Disks of all VMs',
      unit: bytesPerSecond,
      columns: guests,
      lines: [
        { label: 'Read', valueOf: column('guests', guests, 'diskReadBytesPerSecond') },
        { label: 'Write', valueOf: column('guests', guests, 'diskWriteBytesPerSecond') },
      ],
    }),
    chart({
      id: 'network',
      title: 'Network of all VMs',
      unit: bytesPerSecond,
      columns: guests,
      lines: [
        { label: 'Receive', valueOf: column('guests', guests, 'netReceiveBytesPerSecond') },
        { label: 'Send', valueOf: column('guests', guests, 'netSendBytesPerSecond') },
      ],
    }),
  ]
}
