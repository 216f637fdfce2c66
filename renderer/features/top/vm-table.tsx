import type { VmRef } from '../../../shared/model/ids'
import { usedMemoryBytes, type VmSample } from '../../../shared/model/stats'
import { vmStateText, type Vm } from '../../../shared/model/vm'
import { StateIcon } from '../../components/StateIcon'
import { historyLength, type VmHistory } from '../../stores/stats'
import { Sparkline } from '../../ui/Sparkline'
import { bytesText, countText, cpuTimeText, Figure, percentText, rateText } from './figures'
import type { TopColumn, TopRow } from './top-column'

/** A running VM with its load at one moment. */
export interface VmRow extends TopRow {
  readonly ref: VmRef
  readonly vm: Vm
  /** Of the host. */
  readonly hostMemoryBytes: number | undefined
  readonly sample: Partial<VmSample>
  readonly history: VmHistory | undefined
}

export function memoryPercent({ sample, hostMemoryBytes }: VmRow): number | undefined {
  const used = usedMemoryBytes(sample)
  return used === undefined || !hostMemoryBytes ? undefined : (used / hostMemoryBytes) * 100
}

/** Round scales keep small loads visible and do not twitch. */
function scaleFor(values: readonly number[]): number {
  const peak = Math.max(0, ...values.filter((value) => !Number.isNaN(value)))
  return [5, 10, 25, 50].find((scale) => peak <= scale) ?? 100
}

const figure = (
  id: string,
  header: string,
  label: string,
  minPx: number,
  value: (row: VmRow) => number | undefined,
  text: (value: number | undefined) => string | undefined,
): TopColumn<VmRow> => ({
  id: `top-vm-${id}`,
  header,
  label,
  widthPx: minPx + 8,
  minPx,
  align: 'end',
  value,
  render: (row) => <Figure text={text(value(row))} />,
})

export const vmColumns: readonly TopColumn<VmRow>[] = [
  {
    id: 'top-vm-name',
    header: 'VM',
    label: 'VM',
    minPx: 150,
    value: ({ name }) => name,
    render: ({ vm }) => (
      <>
        <StateIcon state={vm.state} />
        <span className="truncate" title={`${vm.name}, ${vmStateText[vm.state]}`}>
          {vm.name}
        </span>
      </>
    ),
  },
  {
    id: 'top-vm-host',
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
  {
    ...figure(
      'id',
      'Id',
      'Id of the run',
      48,
      ({ vm }) => vm.runId,
      (id) => id?.toString(),
    ),
    isUsual: false,
  },
  {
    id: 'top-vm-state',
    header: 'State',
    label: 'State',
    widthPx: 110,
    minPx: 80,
    isUsual: false,
    value: ({ vm }) => vmStateText[vm.state],
    render: ({ vm }) => <span className="truncate">{vmStateText[vm.state]}</span>,
  },
  {
    id: 'top-vm-cpu',
    header: 'CPU',
    label: 'CPU % of the host',
    widthPx: 140,
    minPx: 134,
    align: 'end',
    value: ({ sample }) => sample.cpuPercent,
    render: ({ sample, history }) => (
      <>
        {history ? (
          <Sparkline
            values={history.cpuPercent}
            capacity={historyLength}
            max={scaleFor(history.cpuPercent)}
            width={56}
            height={18}
          />
        ) : null}
        <Figure text={percentText(sample.cpuPercent)} />
      </>
    ),
  },
  {
    ...figure(
      'steal',
      'Steal',
      'CPU steal % of the host',
      64,
      ({ sample }) => sample.cpuStealPercent,
      percentText,
    ),
    isUsual: false,
  },
  figure('memory', 'Memory', 'Memory in use, bytes', 82, ({ sample }) => usedMemoryBytes(sample), bytesText),
  figure('memory-share', 'Mem %', 'Memory % of the host', 62, memoryPercent, percentText),
  figure('read', 'Read', 'Disk read, bytes/s', 92, ({ sample }) => sample.diskReadBytesPerSecond, rateText),
  figure(
    'write',
    'Written',
    'Disk written, bytes/s',
    92,
    ({ sample }) => sample.diskWriteBytesPerSecond,
    rateText,
  ),
  {
    ...figure(
      'read-requests',
      'Reads',
      'Disk reads/s',
      66,
      ({ sample }) => sample.diskReadRequestsPerSecond,
      countText,
    ),
    isUsual: false,
  },
  {
    ...figure(
      'write-requests',
      'Writes',
      'Disk writes/s',
      66,
      ({ sample }) => sample.diskWriteRequestsPerSecond,
      countText,
    ),
    isUsual: false,
  },
  figure(
    'receive',
    'Received',
    'Network received, bytes/s',
    92,
    ({ sample }) => sample.netReceiveBytesPerSecond,
    rateText,
  ),
  figure('send', 'Sent', 'Network sent, bytes/s', 92, ({ sample }) => sample.netSendBytesPerSecond, rateText),
  figure('time', 'Time', 'CPU time, seconds', 92, ({ sample }) => sample.cpuTimeSeconds, cpuTimeText),
]
