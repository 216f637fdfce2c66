import type { DiskLoad, NicLoad, VcpuLoad, VcpuState } from '../../../shared/model/vm-load'
import { bytesText, countText, cpuTimeText, Figure, latencyText, percentText, rateText } from './figures'
import type { TopColumn, TopRow } from './top-column'

export type DeviceRow<Device> = TopRow & { readonly device: Device }

type Column<Device> = TopColumn<DeviceRow<Device>>

/** Which VM it belongs to, and where that is. */
function owners<Device>(prefix: string): Column<Device>[] {
  return [
    {
      id: `${prefix}-vm`,
      header: 'VM',
      label: 'VM',
      minPx: 150,
      value: ({ name }) => name,
      render: ({ name }) => (
        <span className="truncate" title={name}>
          {name}
        </span>
      ),
    },
    {
      id: `${prefix}-host`,
      header: 'Host',
      label: 'Host',
      widthPx: 120,
      minPx: 76,
      hideBelowPx: 760,
      value: ({ hostLabel }) => hostLabel,
      render: ({ hostLabel }) => (
        <span className="secondary truncate" title={hostLabel}>
          {hostLabel}
        </span>
      ),
    },
  ]
}

function figure<Device>(
  id: string,
  header: string,
  label: string,
  minPx: number,
  value: (device: Device) => number | undefined,
  text: (value: number | undefined) => string | undefined,
): Column<Device> {
  return {
    id,
    header,
    label,
    widthPx: minPx + 12,
    minPx,
    align: 'end',
    value: ({ device }) => value(device),
    render: ({ device }) => <Figure text={text(value(device))} />,
  }
}

const stateText: Readonly<Record<VcpuState, string>> = {
  running: 'running',
  blocked: 'waiting',
  offline: 'offline',
  unknown: '–',
}

export const vcpuColumns: readonly Column<VcpuLoad>[] = [
  ...owners<VcpuLoad>('top-vcpu'),
  figure(
    'top-vcpu-number',
    'vCPU',
    'vCPU',
    62,
    ({ number }) => number,
    (number) => number?.toString(),
  ),
  {
    id: 'top-vcpu-state',
    header: 'State',
    label: 'State',
    widthPx: 96,
    minPx: 76,
    value: ({ device }) => stateText[device.state],
    render: ({ device }) => <span className="truncate">{stateText[device.state]}</span>,
  },
  figure('top-vcpu-cpu', 'CPU', 'CPU % of one host CPU', 80, ({ cpuPercent }) => cpuPercent, percentText),
  figure(
    'top-vcpu-wait',
    'Waits',
    'Wait % of one host CPU',
    80,
    ({ waitPercent }) => waitPercent,
    percentText,
  ),
  figure(
    'top-vcpu-steal',
    'Steal',
    'Steal % of one host CPU',
    80,
    ({ stealPercent }) => stealPercent,
    percentText,
  ),
  figure(
    'top-vcpu-on',
    'Runs on',
    'Host CPU it ran on',
    80,
    ({ hostCpu }) => hostCpu,
    (cpu) => (cpu === undefined ? undefined : `CPU ${cpu}`),
  ),
  figure(
    'top-vcpu-time',
    'Time',
    'CPU time, seconds',
    104,
    ({ timeNs }) => (timeNs === undefined ? undefined : timeNs / 1e9),
    cpuTimeText,
  ),
]

export const diskColumns: readonly Column<DiskLoad>[] = [
  ...owners<DiskLoad>('top-disk'),
  {
    id: 'top-disk-target',
    header: 'Disk',
    label: 'Disk',
    widthPx: 64,
    minPx: 56,
    value: ({ device }) => device.target,
    render: ({ device }) => (
      <span className="mono truncate" title={device.source ?? device.target}>
        {device.target}
      </span>
    ),
  },
  figure('top-disk-read', 'Read', 'Read, bytes/s', 96, (disk) => disk.readBytesPerSecond, rateText),
  figure('top-disk-write', 'Written', 'Written, bytes/s', 96, (disk) => disk.writeBytesPerSecond, rateText),
  figure('top-disk-reads', 'Reads', 'Reads/s', 70, (disk) => disk.readRequestsPerSecond, countText),
  figure('top-disk-writes', 'Writes', 'Writes/s', 70, (disk) => disk.writeRequestsPerSecond, countText),
  figure('top-disk-read-ms', 'A read', 'Time of a read, ms', 76, (disk) => disk.readLatencyMs, latencyText),
  figure(
    'top-disk-write-ms',
    'A write',
    'Time of a write, ms',
    76,
    (disk) => disk.writeLatencyMs,
    latencyText,
  ),
  figure('top-disk-read-total', 'Read in all', 'Read in all, bytes', 96, (disk) => disk.readBytes, bytesText),
  figure(
    'top-disk-write-total',
    'Written in all',
    'Written in all, bytes',
    104,
    (disk) => disk.writeBytes,
    bytesText,
  ),
]

export const nicColumns: readonly Column<NicLoad>[] = [
  ...owners<NicLoad>('top-nic'),
  {
    id: 'top-nic-name',
    header: 'Card',
    label: 'Card',
    widthPx: 84,
    minPx: 70,
    value: ({ device }) => device.name,
    render: ({ device }) => (
      <span className="mono truncate" title={device.name}>
        {device.name}
      </span>
    ),
  },
  figure(
    'top-nic-receive',
    'Received',
    'Received, bytes/s',
    96,
    (nic) => nic.receiveBytesPerSecond,
    rateText,
  ),
  figure('top-nic-send', 'Sent', 'Sent, bytes/s', 96, (nic) => nic.sendBytesPerSecond, rateText),
  figure(
    'top-nic-receive-packets',
    'Packets in',
    'Packets in/s',
    86,
    (nic) => nic.receivePacketsPerSecond,
    countText,
  ),
  figure(
    'top-nic-send-packets',
    'Packets out',
    'Packets out/s',
    90,
    (nic) => nic.sendPacketsPerSecond,
    countText,
  ),
  figure('top-nic-drops', 'Drops', 'Dropped in all', 66, dropsOf, countText),
  figure('top-nic-errors', 'Errors', 'Errors in all', 66, errorsOf, countText),
  figure(
    'top-nic-receive-total',
    'Received in all',
    'Received in all, bytes',
    112,
    (nic) => nic.receiveBytes,
    bytesText,
  ),
  figure('top-nic-send-total', 'Sent in all', 'Sent in all, bytes', 96, (nic) => nic.sendBytes, bytesText),
]

function dropsOf({ receiveDrops, sendDrops }: NicLoad): number | undefined {
  return sumOf(receiveDrops, sendDrops)
}

function errorsOf({ receiveErrors, sendErrors }: NicLoad): number | undefined {
  return sumOf(receiveErrors, sendErrors)
}

function sumOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0)
}
