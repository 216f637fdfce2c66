import type { ReactNode } from 'react'
import { isEmpty, latest, type Chart } from './chart'
import { ChartOverlay } from './ChartOverlay'
import { ChartPlot, colourOf } from './ChartPlot'
import { useHover } from './hover'
import type { Mark } from './marks'
import { nearest } from './points'
import type { Span } from './time-view'

interface Props {
  readonly chart: Chart
  readonly span: Span
  readonly marks: readonly Mark[]
  readonly onZoom: (oneMs: number, otherMs: number) => void
  /** Beside the title: which disk, which card. */
  readonly choice?: ReactNode
  readonly note?: ReactNode
  /** Why there is nothing to draw. */
  readonly empty: string
}

export function ChartCard({ chart, span, marks, onZoom, choice, note, empty }: Props) {
  return (
    <section className="perf-card" aria-label={`${chart.title} chart`} data-chart={chart.id}>
      <header className="perf-card-head">
        <h2>{chart.title}</h2>
        {choice}
      </header>
      <Readout chart={chart} span={span} />
      <div className="perf-plot">
        <div className="perf-lines" aria-hidden="true">
          <ChartPlot chart={chart} span={span} />
        </div>
        <ChartOverlay chart={chart} span={span} marks={marks} onZoom={onZoom} />
        {isEmpty(chart) ? <p className="perf-empty">{empty}</p> : null}
      </div>
      {note}
    </section>
  )
}

/** The values at the time that is pointed at, otherwise the last. It is the legend as well. */
function Readout({ chart, span }: { chart: Chart; span: Span }) {
  const hoverMs = useHover(({ atMs }) => atMs)
  const widthMs = span.toMs - span.fromMs
  const point = hoverMs === undefined ? latest(chart) : nearest(chart.points, hoverMs, widthMs / 50)
  return (
    <dl className="perf-readout">
      {chart.labels.map((label, index) => {
        const value = point?.values[index]
        return (
          <div key={label}>
            <dt>
              <span className="perf-key" style={{ background: colourOf(index) }} />
              {label}
            </dt>
            <dd>{value === undefined ? '–' : chart.unit.format(value)}</dd>
          </div>
        )
      })}
    </dl>
  )
}
