import { diskBytesPerSecond, netBytesPerSecond } from '../../../shared/model/load-figures'
import { usedMemoryBytes, type VmSample } from '../../../shared/model/stats'
import { formatBytes, formatBytesPerSecond } from '../../../shared/units'
import { isActive, vmStateText, type Vm } from '../../../shared/model/vm'
import { xlWords } from '../../../shared/model/xl-state'
import { AlarmMark } from '../../components/AlarmMark'
import { StateIcon } from '../../components/StateIcon'
import { ForeignMark } from '../../components/ForeignMark'
import { TemplateMark } from '../../components/TemplateMark'
import { useAlarmsOf } from '../../stores/alarms'
import { useHostLabel } from '../../stores/hosts'
import { historyLength, useVmHistory, type VmHistory } from '../../stores/stats'
import { usePendingTask } from '../../stores/tasks'
import { keyOf, refOf } from '../../stores/vms'
import { Sparkline } from '../../ui/Sparkline'
import { Spinner } from '../../ui/Spinner'
import { pendingText } from '../vm-actions/actions'
import { memoryOf } from './rows'

export function NameCell({ vm }: { vm: Vm }) {
  const alarms = useAlarmsOf(refOf(vm))
  return (
    <>
      <StateIcon state={vm.state} />
      <span className="vm-name truncate" title={vm.title ? `${vm.name} – ${vm.title}` : vm.name}>
        <span>{vm.name}</span>
        {vm.isTemplate === true ? <TemplateMark /> : null}
        {vm.isForeign === true ? <ForeignMark /> : null}
        <AlarmMark alarms={alarms} />
        {vm.title === undefined ? null : <span className="vm-title">{vm.title}</span>}
      </span>
    </>
  )
}

export function StateCell({ vm }: { vm: Vm }) {
  const task = usePendingTask(refOf(vm))
  if (task) {
    return (
      <span className="vm-pending">
        <Spinner size={12} />
        <span className="truncate">{pendingText(task)}</span>
      </span>
    )
  }
  const text = vmStateText[vm.state]
  const reason = vm.hasSavedState && vm.state === 'shut-off' ? 'state saved' : vm.stateReason
  return (
    <span className="truncate" title={stateTitle(reason === undefined ? text : `${text}: ${reason}`, vm)}>
      <span className={isActive(vm.state) ? undefined : 'secondary'}>{text}</span>
      {reason === undefined ? null : <span className="vm-reason">{reason}</span>}
    </span>
  )
}

/** With what Xen's own list calls it, for those who come from there. */
function stateTitle(text: string, { state }: Vm): string {
  const words = xlWords(state)
  return words === undefined ? text : `${text}\n${words}`
}

export function CpuCell({ vm }: { vm: Vm }) {
  const history = useVmHistory(keyOf(vm))
  if (!isActive(vm.state) || history === undefined) return null
  const { cpuPercent } = history.latest
  return (
    <>
      <Curve values={history.cpuPercent} max={scaleFor(history.cpuPercent)} />
      <span className="vm-figure">{cpuPercent === undefined ? '–' : `${formatPercent(cpuPercent)} %`}</span>
    </>
  )
}

function Curve({ values, max }: { values: readonly number[]; max: number }) {
  return <Sparkline values={values} capacity={historyLength} max={max} width={64} height={18} />
}

/** Each curve fills its height with its own peak; below a floor it lies low, so that an idle disk looks idle. */
function RateCell({ vm, figure }: { vm: Vm; figure: (sample: VmSample) => number | undefined }) {
  const history = useVmHistory(keyOf(vm))
  if (!isActive(vm.state) || history === undefined) return null
  const values = history.values(figure)
  const now = figure(history.latest)
  return (
    <>
      <Curve values={values} max={Math.max(quietBytesPerSecond, peakOf(values))} />
      <span className="vm-figure vm-rate">{now === undefined ? '–' : formatBytesPerSecond(now)}</span>
    </>
  )
}

const quietBytesPerSecond = 64 * 1024

export function DiskCell({ vm }: { vm: Vm }) {
  return <RateCell vm={vm} figure={diskBytesPerSecond} />
}

export function NetworkCell({ vm }: { vm: Vm }) {
  return <RateCell vm={vm} figure={netBytesPerSecond} />
}

/** What is used of what the VM has. */
export function MemoryUseCell({ vm }: { vm: Vm }) {
  const history = useVmHistory(keyOf(vm))
  const used = history && usedMemoryBytes(history.latest)
  if (!isActive(vm.state) || history === undefined || used === undefined) return null
  return (
    <>
      <Curve values={history.values(usedMemoryBytes)} max={vm.memoryBytes} />
      <span className="vm-figure vm-rate">{formatBytes(used)}</span>
    </>
  )
}

export function CpuTimeCell({ vm }: { vm: Vm }) {
  const seconds = cpuSecondsOf(vm, useVmHistory(keyOf(vm)))
  return <span className="vm-figure">{seconds === undefined ? null : `${secondsText(seconds)} s`}</span>
}

function secondsText(seconds: number): string {
  const digits = seconds < 1000 ? 1 : 0
  return seconds.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

function cpuSecondsOf({ state }: Vm, history: VmHistory | undefined): number | undefined {
  return isActive(state) ? history?.latest.cpuTimeSeconds : undefined
}

function peakOf(values: readonly number[]): number {
  return Math.max(0, ...values.filter((value) => !Number.isNaN(value)))
}

/** Most VMs use little of a big host: round scales keep their ups and downs visible and do not twitch. */
function scaleFor(values: readonly number[]): number {
  const peak = peakOf(values)
  return [5, 10, 25, 50].find((scale) => peak <= scale) ?? 100
}

function formatPercent(value: number): string {
  return value > 0 && value < 9.95 ? value.toFixed(1) : String(Math.round(value))
}

export function MemoryCell({ vm }: { vm: Vm }) {
  return (
    <span className={isActive(vm.state) ? 'vm-figure' : 'vm-figure secondary'}>
      {formatBytes(memoryOf(vm))}
    </span>
  )
}

export function RunIdCell({ vm }: { vm: Vm }) {
  return <span className="vm-figure">{vm.runId}</span>
}

export function VcpusCell({ vm }: { vm: Vm }) {
  return <span className={isActive(vm.state) ? 'vm-figure' : 'vm-figure secondary'}>{vm.vcpuCount}</span>
}

export function UuidCell({ vm }: { vm: Vm }) {
  return (
    <span className="secondary mono truncate" title={vm.id}>
      {vm.id}
    </span>
  )
}

export function HostCell({ vm }: { vm: Vm }) {
  const label = useHostLabel(vm.host)
  return (
    <span className="secondary truncate" title={label}>
      {label}
    </span>
  )
}
