import { useMemo, useRef, useState } from 'react'
import type { HostId } from '../../../shared/model/ids'
import { openDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { BiggestUsers } from './BiggestUsers'
import { ChartCard } from './ChartCard'
import { saveCsv, savePng } from './export-charts'
import { hostCharts, hostSubjects } from './host-charts'
import { PerformanceToolbar } from './PerformanceToolbar'
import { zoomed, type TimeView } from './time-view'
import { useHistory } from './use-history'
import { useHostWatch } from './use-vm-load'
import './performance.css'

const firstView: TimeView = { range: '5min', zooms: [] }

/** What a host does and did, and which of its VMs do most of it. */
export function HostPerformanceTab({ host: id }: { host: HostId }) {
  const page = useRef<HTMLDivElement>(null)
  const [view, setView] = useState(firstView)
  const host = useHost(id)
  const isConnected = host?.status.kind === 'connected'
  useHostWatch(id, isConnected)
  const { span, answer } = useHistory(hostSubjects(id), view)
  const info = host?.status.kind === 'connected' ? host.status.info : host?.lastInfo
  const charts = useMemo(() => hostCharts(answer, info?.memoryBytes ?? 0), [answer, info?.memoryBytes])
  const name = host?.label ?? 'Host'
  return (
    <div className="perf" ref={page}>
      <PerformanceToolbar
        view={view}
        span={span}
        onChange={setView}
        entries={[
          { id: 'csv', label: 'Save values as CSV…', run: () => void saveCsv(name, charts) },
          {
            id: 'png',
            label: 'Save charts as PNG…',
            run: () => {
              if (page.current) void savePng(name, page.current, charts, span)
            },
          },
          'separator',
          { id: 'limits', label: 'Limits…', run: () => openDialog({ kind: 'thresholds' }) },
        ]}
      />
      {isConnected ? null : (
        <p className="perf-off">{name} is not connected. What is shown was recorded before.</p>
      )}
      <div className="perf-grid">
        {charts.map((chart) => (
          <ChartCard
            key={chart.id}
            chart={chart}
            span={span}
            marks={[]}
            onZoom={(one, other) => setView(zoomed(view, one, other))}
            empty={
              isConnected
                ? 'This host does not tell, or has not told yet'
                : 'Nothing was recorded in this time'
            }
          />
        ))}
      </div>
      {isConnected ? <BiggestUsers host={id} /> : null}
    </div>
  )
}
