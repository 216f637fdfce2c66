import { useEffect, useState } from 'react'
import type { HostId } from '../../../shared/model/ids'
import { usedMemoryBytes, type VmSample } from '../../../shared/model/stats'
import { isActive, type Vm } from '../../../shared/model/vm'
import { formatBytes, formatBytesPerSecond } from '../../../shared/units'
import { openVm } from '../../stores/route'
import { historyOf, onTick } from '../../stores/stats'
import { keyOf, refOf, useVms } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { percent } from './units'

interface Measure {
  readonly title: string
  readonly of: (sample: VmSample) => number | undefined
  readonly format: (value: number) => string
}

const measures: readonly Measure[] = [
  { title: 'Most CPU', of: ({ cpuPercent }) => cpuPercent, format: percent.format },
  { title: 'Most memory', of: usedMemoryBytes, format: formatBytes },
  {
    title: 'Most disk traffic',
    of: (one) => sum(one.diskReadBytesPerSecond, one.diskWriteBytesPerSecond),
    format: formatBytesPerSecond,
  },
  {
    title: 'Most network traffic',
    of: (one) => sum(one.netReceiveBytesPerSecond, one.netSendBytesPerSecond),
    format: formatBytesPerSecond,
  },
]
const shown = 5

/** The VMs that use most of the host at the moment. CPU is a share of all of the host's CPUs. */
export function BiggestUsers({ host }: { host: HostId }) {
  const [, setTick] = useState(0)
  useEffect(() => onTick(() => setTick((count) => count + 1)), [])
  const byKey = useVms((state) => state.byKey)
  const vms = [...byKey.values()].filter((vm) => vm.host === host && isActive(vm.state))
  return (
    <div className="perf-users">
      {measures.map((measure) => (
        <section key={measure.title} className="perf-card" aria-label={measure.title}>
          <h2>{measure.title}</h2>
          <Users vms={vms} measure={measure} />
        </section>
      ))}
    </div>
  )
}

function Users({ vms, measure: { of, format } }: { vms: readonly Vm[]; measure: Measure }) {
  const users = vms
    .flatMap((vm) => {
      const sample = historyOf(keyOf(vm))?.latest
      const value = sample && of(sample)
      return value === undefined || value <= 0 ? [] : [{ vm, value }]
    })
    .toSorted((a, b) => b.value - a.value)
    .slice(0, shown)
  if (users.length === 0) return <p className="secondary perf-none">None at the moment</p>
  return (
    <ol className="perf-user-list">
      {users.map(({ vm, value }) => (
        <li key={vm.id}>
          <Button
            variant="quiet"
            className="button-small perf-user"
            tooltip={`Show ${vm.name}`}
            onPress={() => openVm(refOf(vm), 'performance')}
          >
            {vm.name}
          </Button>
          <span className="perf-value">{format(value)}</span>
        </li>
      ))}
    </ol>
  )
}

function sum(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined && other === undefined ? undefined : (one ?? 0) + (other ?? 0)
}
