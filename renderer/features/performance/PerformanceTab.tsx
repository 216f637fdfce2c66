import { useMemo, useRef, useState } from 'react'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import { isActive, type Vm } from '../../../shared/model/vm'
import type { VmLoad } from '../../../shared/model/vm-load'
import { openDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { useTasks } from '../../stores/tasks'
import { Note } from '../../ui/Note'
import { Select } from '../../ui/Select'
import type { Chart } from './chart'
import { ChartCard } from './ChartCard'
import { emptyText } from './empty-text'
import { saveCsv, savePng } from './export-charts'
import { LoadTables } from './LoadTables'
import { marksOf } from './marks'
import { MarkStrip } from './MarkStrip'
import { MemoryNote } from './MemoryNote'
import { PerformanceToolbar } from './PerformanceToolbar'
import { zoomed, type TimeView } from './time-view'
import { useHistory } from './use-history'
import { useVmLoad } from './use-vm-load'
import { vmCharts, vmSubjects } from './vm-charts'
import './performance.css'

const firstView: TimeView = { range: '5min', zooms: [] }

/** What a VM does and did. Mounted while it is looked at. */
export function PerformanceTab({ target, record }: { target: VmRef; record: Vm }) {
  const page = useRef<HTMLDivElement>(null)
  const [view, setView] = useState(firstView)
  const [disk, setDisk] = useState('')
  const [nic, setNic] = useState('')
  const host = useHost(target.host)
  const isConnected = host?.status.kind === 'connected'
  const isRunning = isActive(record.state)
  const { load, error } = useVmLoad(target, isConnected && isRunning)
  const present = isRunning && isConnected ? load : undefined
  const parts = { disk, nic, vcpus: (load?.vcpus ?? []).map(({ number }) => number) }
  const { span, answer } = useHistory(vmSubjects(target, parts), view)
  const info = host?.status.kind === 'connected' ? host.status.info : host?.lastInfo
  const charts = useMemo(
    () =>
      vmCharts(answer, parts, {
        cpuScale: (info?.cpuCount ?? 1) / Math.max(1, record.vcpuCount),
        maxMemoryBytes: record.maxMemoryBytes,
      }),
    // `answer` is new with each question; which parts it is of goes with it
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [answer, info?.cpuCount, record.vcpuCount, record.maxMemoryBytes],
  )
  const tasks = useTasks(({ byId }) => byId)
  const marks = marksOf(target, answer?.events ?? [], Object.values(tasks), span, span.toMs)
  const onZoom = (one: number, other: number): void => setView(zoomed(view, one, other))
  return (
    <div className="perf" ref={page}>
      <PerformanceToolbar
        view={view}
        span={span}
        onChange={setView}
        entries={[
          { id: 'csv', label: 'Save values as CSV…', run: () => void saveCsv(record.name, charts) },
          {
            id: 'png',
            label: 'Save charts as PNG…',
            run: () => {
              if (page.current) void savePng(record.name, page.current, charts, span)
            },
          },
          'separator',
          { id: 'limits', label: 'Limits…', run: () => openDialog({ kind: 'thresholds', ref: target }) },
        ]}
      />
      {isRunning && isConnected && error ? (
        <Note tone="warning" title="Details cannot be read">
          <p>{error.message}</p>
        </Note>
      ) : null}
      {isRunning ? null : (
        <p className="perf-off">
          {record.name} is off. What is shown was recorded while it ran, and begins anew with its next start.
        </p>
      )}
      <MarkStrip marks={marks} />
      <div className="perf-grid">
        {charts.map((chart) => (
          <ChartCard
            key={chart.id}
            chart={chart}
            span={span}
            marks={marks}
            onZoom={onZoom}
            empty={emptyText(chart, { isRunning, isPart: isOfPart(chart, disk, nic), load })}
            choice={choiceOf(chart, load, { disk, setDisk, nic, setNic })}
            note={
              chart.id === 'memory' && present ? (
                <MemoryNote vm={target} memory={present.memory} />
              ) : undefined
            }
          />
        ))}
      </div>
      {present ? <LoadTables key={vmKey(target)} load={present} /> : null}
    </div>
  )
}

interface PartChoice {
  readonly disk: string
  readonly setDisk: (target: string) => void
  readonly nic: string
  readonly setNic: (name: string) => void
}

/** The first chart of disks and of cards chooses for the others. */
function choiceOf({ id }: Chart, load: VmLoad | undefined, choice: PartChoice) {
  const disks = load?.disks ?? []
  const nics = load?.nics ?? []
  if (id === 'disk' && disks.length > 0) {
    return (
      <Select
        className="perf-choice"
        label="Disk"
        value={choice.disk}
        options={[
          { id: '', label: 'All disks' },
          ...disks.map(({ target }) => ({ id: target, label: target })),
        ]}
        onChange={choice.setDisk}
      />
    )
  }
  if (id === 'network' && nics.length > 0) {
    return (
      <Select
        className="perf-choice"
        label="Network card"
        value={choice.nic}
        options={[{ id: '', label: 'All cards' }, ...nics.map(({ name }) => ({ id: name, label: name }))]}
        onChange={choice.setNic}
      />
    )
  }
  return undefined
}

function isOfPart({ id }: Chart, disk: string, nic: string): boolean {
  if (id === 'vcpus') return true
  if (id === 'network' || id === 'packets') return nic !== ''
  return disk !== '' && (id === 'disk' || id === 'requests' || id === 'latency')
}
