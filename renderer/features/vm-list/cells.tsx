import { formatBytes } from '../../../shared/units'
import { isActive, vmStateText, type Vm } from '../../../shared/model/vm'
import { StateIcon } from '../../components/StateIcon'
import { TemplateMark } from '../../components/TemplateMark'
import { useHostLabel } from '../../stores/hosts'
import { historyLength, useVmHistory } from '../../stores/stats'
import { usePendingTask } from '../../stores/tasks'
import { keyOf, refOf } from '../../stores/vms'
import { Sparkline } from '../../ui/Sparkline'
import { Spinner } from '../../ui/Spinner'
import { pendingText } from '../vm-actions/actions'
import { memoryOf } from './rows'

export function NameCell({ vm }: { vm: Vm }) {
  return (
    <>
      <StateIcon state={vm.state} />
      <span className="vm-name truncate" title={vm.title ? `${vm.name} – ${vm.title}` : vm.name}>
        <span>{vm.name}</span>
        {vm.isTemplate === true ? <TemplateMark /> : null}
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
    <span className="truncate" title={reason === undefined ? text : `${text}: ${reason}`}>
      <span className={isActive(vm.state) ? undefined : 'secondary'}>{text}</span>
      {reason === undefined ? null : <span className="vm-reason">{reason}</span>}
    </span>
  )
}

export function CpuCell({ vm }: { vm: Vm }) {
  const history = useVmHistory(keyOf(vm))
  if (!isActive(vm.state) || history === undefined) return null
  const { cpuPercent } = history.latest
  return (
    <>
      <Sparkline
        values={history.cpuPercent}
        capacity={historyLength}
        max={scaleFor(history.cpuPercent)}
        width={64}
        height={18}
      />
      <span className="vm-figure">{cpuPercent === undefined ? '–' : `${formatPercent(cpuPercent)} %`}</span>
    </>
  )
}

/** Most VMs use little of a big host: round scales keep their ups and downs visible and do not twitch. */
function scaleFor(values: readonly number[]): number {
  const peak = Math.max(0, ...values.filter((value) => !Number.isNaN(value)))
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
