import type { XenTraffic } from '../../../../shared/model/monitor/xen'
import { xlStates } from '../../../../shared/model/xl-state'
import { bytesText, countText, cpuTimeText, Figure, percentText, rateText } from '../figures'
import type { TopColumn, TopRow } from '../top-column'
import type { DomainRow, NetRow, VbdRow } from './rows'

function name<Row extends TopRow>(id: string): TopColumn<Row> {
  return {
    id,
    header: 'Domain',
    label: 'Domain',
    minPx: 150,
    value: (row) => row.name,
    render: (row) => (
      <span className="truncate" title={row.name}>
        {row.name}
      </span>
    ),
  }
}

function figure<Row>(
  id: string,
  header: string,
  label: string,
  minPx: number,
  value: (row: Row) => number | undefined,
  text: (value: number | undefined) => string | undefined,
): TopColumn<Row> {
  return {
    id,
    header,
    label,
    widthPx: minPx + 10,
    minPx,
    align: 'end',
    value,
    render: (row) => <Figure text={text(value(row))} />,
  }
}

function stateText({ domain }: DomainRow): string {
  return domain.states.length === 0
    ? 'runnable'
    : domain.states.map((letter) => xlStates[letter].name).join(', ')
}

function stateTitle({ domain }: DomainRow): string {
  if (domain.states.length === 0) return 'It could run, and waits for a CPU'
  return domain.states.map((letter) => `${letter}: ${xlStates[letter].meaning}`).join('\n')
}

function sumOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((all, value) => all + value, 0)
}

const traffic =
  (way: 'send' | 'receive', of: keyof XenTraffic) =>
  ({ domain }: DomainRow): number | undefined =>
    sumOf(domain.nets.map((net) => net[way][of]))

export const domainColumns: readonly TopColumn<DomainRow>[] = [
  name('xen-name'),
  {
    id: 'xen-state',
    header: 'State',
    label: 'State',
    widthPx: 100,
    minPx: 84,
    value: stateText,
    render: (row) => (
      <span className="truncate" title={stateTitle(row)}>
        {stateText(row)}
      </span>
    ),
  },
  figure('xen-cpu', 'CPU', 'CPU % of one CPU', 70, ({ domain }) => domain.cpuPercent, percentText),
  figure('xen-time', 'Time', 'CPU time, seconds', 88, ({ domain }) => domain.cpuSeconds, cpuTimeText),
  figure('xen-vcpus', 'vCPUs', 'vCPUs', 60, ({ domain }) => domain.vcpuCount, countText),
  figure('xen-memory', 'Memory', 'Memory, bytes', 82, ({ domain }) => domain.memoryBytes, bytesText),
  figure(
    'xen-memory-share',
    'Mem %',
    'Memory % of the host',
    64,
    ({ domain }) => domain.memoryPercent,
    percentText,
  ),
  figure(
    'xen-memory-most',
    'Most',
    'Most memory, bytes',
    82,
    ({ domain }) => domain.maxMemoryBytes,
    (bytes) => bytesText(bytes) ?? 'no limit',
  ),
  figure('xen-rx', 'Net RX', 'Network RX, bytes/s', 88, traffic('receive', 'bytesPerSecond'), rateText),
  figure('xen-tx', 'Net TX', 'Network TX, bytes/s', 88, traffic('send', 'bytesPerSecond'), rateText),
  figure(
    'xen-rd',
    'Reads',
    'Block device reads/s',
    68,
    ({ domain }) => sumOf(domain.vbds.map((vbd) => vbd.readsPerSecond)),
    countText,
  ),
  figure(
    'xen-wr',
    'Writes',
    'Block device writes/s',
    68,
    ({ domain }) => sumOf(domain.vbds.map((vbd) => vbd.writesPerSecond)),
    countText,
  ),
]

export const netColumns: readonly TopColumn<NetRow>[] = [
  name('xen-net-name'),
  figure(
    'xen-net-number',
    'Card',
    'Card',
    60,
    ({ net }) => net.number,
    (number) => number?.toString(),
  ),
  figure('xen-net-rx', 'RX', 'RX, bytes/s', 92, ({ net }) => net.receive.bytesPerSecond, rateText),
  figure('xen-net-tx', 'TX', 'TX, bytes/s', 92, ({ net }) => net.send.bytesPerSecond, rateText),
  figure('xen-net-rx-bytes', 'RX in all', 'RX in all, bytes', 92, ({ net }) => net.receive.bytes, bytesText),
  figure('xen-net-tx-bytes', 'TX in all', 'TX in all, bytes', 92, ({ net }) => net.send.bytes, bytesText),
  figure(
    'xen-net-rx-packets',
    'RX packets',
    'RX packets in all',
    96,
    ({ net }) => net.receive.packets,
    countText,
  ),
  figure(
    'xen-net-tx-packets',
    'TX packets',
    'TX packets in all',
    96,
    ({ net }) => net.send.packets,
    countText,
  ),
  figure(
    'xen-net-drops',
    'Drops',
    'Drops in all',
    66,
    ({ net }) => net.receive.drops + net.send.drops,
    countText,
  ),
  figure(
    'xen-net-errors',
    'Errors',
    'Errors in all',
    66,
    ({ net }) => net.receive.errors + net.send.errors,
    countText,
  ),
]

export const vbdColumns: readonly TopColumn<VbdRow>[] = [
  name('xen-vbd-name'),
  figure(
    'xen-vbd-device',
    'Device',
    'Device number',
    78,
    ({ vbd }) => vbd.device,
    (device) => device?.toString(),
  ),
  {
    id: 'xen-vbd-backend',
    header: 'Served by',
    label: 'Served by',
    widthPx: 110,
    minPx: 84,
    value: ({ vbd }) => vbd.backend,
    render: ({ vbd }) => <span className="truncate">{vbd.backend}</span>,
  },
  figure('xen-vbd-rd', 'Reads/s', 'Reads/s', 80, ({ vbd }) => vbd.readsPerSecond, countText),
  figure('xen-vbd-wr', 'Writes/s', 'Writes/s', 80, ({ vbd }) => vbd.writesPerSecond, countText),
  figure('xen-vbd-reads', 'Reads in all', 'Reads in all', 104, ({ vbd }) => vbd.reads, countText),
  figure('xen-vbd-writes', 'Writes in all', 'Writes in all', 104, ({ vbd }) => vbd.writes, countText),
  figure('xen-vbd-oo', 'Held up', 'Held up for want of requests', 84, ({ vbd }) => vbd.outOfOrder, countText),
]
