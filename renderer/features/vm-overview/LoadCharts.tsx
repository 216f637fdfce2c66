import { lazy, Suspense, useEffect, useSyncExternalStore, type ReactNode } from 'react'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import { usedMemoryBytes } from '../../../shared/model/stats'
import type { Vm } from '../../../shared/model/vm'
import { formatBytes, formatBytesPerSecond } from '../../../shared/units'
import { api } from '../../api/client'
import { useHost } from '../../stores/hosts'
import { historyOf } from '../../stores/stats'
import { LoadHistory, type LoadPoint } from './load-history'
import { niceMax } from './rate-path'
import { RateChart } from './RateChart'

const LoadChart = lazy(async () => ({ default: (await import('./LoadChart')).LoadChart }))

// One for the window, made with the first page: it outlives pages, so that coming back shows what happened meanwhile.
let shared: LoadHistory | undefined

/** Main samples every two seconds; the list's history has no times, only that order. */
const assumedStepMs = 2000

function history(): LoadHistory {
  shared ??= new LoadHistory(api.stats)
  return shared
}

/** The CPU history the list has kept, so that the first chart is not empty. */
function seedFor(ref: VmRef): LoadPoint[] {
  const known = historyOf(vmKey(ref))
  if (!known) return []
  const { cpuPercent, atMs } = known
  return cpuPercent.flatMap((value, index) =>
    Number.isNaN(value)
      ? []
      : [{ atMs: atMs - (cpuPercent.length - 1 - index) * assumedStepMs, cpuPercent: value }],
  )
}

/** The load of a running VM. Drawn only while the page is looked at. */
export function LoadCharts({ vm, record }: { vm: VmRef; record: Vm }) {
  const { host, vm: id } = vm
  useEffect(() => {
    const ref = { host, vm: id }
    history().watch(ref, seedFor(ref))
  }, [host, id])
  const points = useSyncExternalStore(history().subscribe, () => history().pointsOf(vm))
  const status = useHost(host)?.status
  const hostCpus = status?.kind === 'connected' ? status.info.cpuCount : undefined
  const last = points.at(-1)

  // The share of the VM's own CPUs: of a big host's CPUs even a busy VM takes a few percent only.
  const scale = hostCpus === undefined ? 1 : hostCpus / Math.max(1, record.vcpuCount)
  const cpu = (point: LoadPoint): number | undefined =>
    point.cpuPercent === undefined ? undefined : Math.min(100, point.cpuPercent * scale)
  const memory = last && usedMemoryBytes(last)
  const maxMemory = Math.max(record.maxMemoryBytes, memory ?? 0, 1)

  return (
    <div className="load-charts">
      <Card
        title="CPU"
        value={last && cpu(last) !== undefined ? `${Math.round(cpu(last) ?? 0)} %` : undefined}
        note={`of ${record.vcpuCount} ${record.vcpuCount === 1 ? 'vCPU' : 'vCPUs'}`}
      >
        <Suspense fallback={null}>
          <LoadChart
            points={points}
            valueOf={cpu}
            max={100}
            ticks={[0, 50, 100]}
            formatTick={(tick) => `${tick} %`}
          />
        </Suspense>
      </Card>
      <Card
        title="Memory"
        value={memory === undefined ? undefined : formatBytes(memory)}
        note={`of ${formatBytes(maxMemory)}`}
      >
        <Suspense fallback={null}>
          <LoadChart
            points={points}
            valueOf={usedMemoryBytes}
            max={maxMemory}
            ticks={[0, maxMemory / 2, maxMemory]}
            formatTick={(tick) => formatBytes(tick)}
          />
        </Suspense>
      </Card>
      <div className="load-rates">
        <RateCard
          title="Disk"
          points={points}
          first={['Read', (point) => point.diskReadBytesPerSecond]}
          second={['Write', (point) => point.diskWriteBytesPerSecond]}
        />
        <RateCard
          title="Network"
          points={points}
          first={['Receive', (point) => point.netReceiveBytesPerSecond]}
          second={['Send', (point) => point.netSendBytesPerSecond]}
        />
      </div>
    </div>
  )
}

interface CardProps {
  readonly title: string
  readonly value: string | undefined
  readonly note: string
  readonly children: ReactNode
}

function Card({ title, value, note, children }: CardProps) {
  return (
    <section className="overview-card load-card" aria-label={`${title} load`}>
      <h2>
        {title}
        <span className="load-value">{value ?? '–'}</span>
        <span className="secondary load-note">{note}</span>
      </h2>
      <div className="load-chart" aria-hidden="true">
        {children}
      </div>
    </section>
  )
}

type Line = readonly [label: string, valueOf: (point: LoadPoint) => number | undefined]

interface RateProps {
  readonly title: string
  readonly points: readonly LoadPoint[]
  readonly first: Line
  readonly second: Line
}

function RateCard({ title, points, first, second }: RateProps) {
  const lines = [first, second]
  const last = points.at(-1)
  const max = niceMax(
    points.flatMap((point) => lines.map(([, valueOf]) => valueOf(point))),
    16 * 1024,
  )
  return (
    <section className="overview-card rate-card" aria-label={`${title} load`}>
      <h2>{title}</h2>
      <RateChart points={points} max={max} valuesOf={lines.map(([, valueOf]) => valueOf)} />
      <dl className="rate-legend">
        {lines.map(([label, valueOf], index) => {
          const value = last && valueOf(last)
          return (
            <div key={label} className={`rate-key rate-key-${index}`}>
              <dt>{label}</dt>
              <dd>{value === undefined ? '–' : formatBytesPerSecond(value)}</dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
