import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { plotEdges } from './ChartPlot'
import type { Chart } from './chart'
import { setHover, useHover } from './hover'
import type { Mark } from './marks'
import { nearest } from './points'
import { exactTime, type Span } from './time-view'

interface Props {
  readonly chart: Chart
  readonly span: Span
  readonly marks: readonly Mark[]
  readonly onZoom: (oneMs: number, otherMs: number) => void
}

/**
 * What lies over the lines: the time that is pointed at, marks of what happened, and the stretch that is being drawn. By
 * keys: arrows move along the samples, Escape lets go.
 */
export function ChartOverlay({ chart, span, marks, onZoom }: Props) {
  const area = useRef<HTMLDivElement>(null)
  const [drawnFromMs, setDrawnFromMs] = useState<number>()
  const hoverMs = useHover(({ atMs }) => atMs)
  const widthMs = span.toMs - span.fromMs
  const share = (atMs: number): number => Math.min(1, Math.max(0, (atMs - span.fromMs) / widthMs))
  const percent = (atMs: number): string => `${share(atMs) * 100}%`

  const timeAt = (event: PointerEvent): number => {
    const box = area.current?.getBoundingClientRect()
    if (!box || box.width === 0) return span.fromMs
    return span.fromMs + Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * widthMs
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') return setHover(undefined)
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const { points } = chart
    const at = points.findIndex(({ atMs }) => atMs >= (hoverMs ?? Number.POSITIVE_INFINITY))
    const index = at < 0 ? points.length - 1 : at + step
    setHover(points[Math.min(points.length - 1, Math.max(0, index))]?.atMs)
  }
  const isInside = hoverMs !== undefined && hoverMs >= span.fromMs && hoverMs <= span.toMs
  return (
    <div
      ref={area}
      className="perf-overlay"
      style={{
        left: plotEdges.leftPx,
        right: plotEdges.rightPx,
        top: plotEdges.topPx,
        bottom: plotEdges.bottomPx,
      }}
      role="slider"
      aria-label={`Time in the ${chart.title} chart`}
      aria-valuemin={span.fromMs}
      aria-valuemax={span.toMs}
      aria-valuenow={hoverMs ?? span.toMs}
      aria-valuetext={isInside ? readOut(chart, hoverMs, widthMs) : 'The last sample'}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={() => setHover(undefined)}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrawnFromMs(timeAt(event))
      }}
      onPointerMove={(event) => setHover(timeAt(event))}
      onPointerUp={(event) => {
        if (drawnFromMs !== undefined) onZoom(drawnFromMs, timeAt(event))
        setDrawnFromMs(undefined)
      }}
      onPointerCancel={() => setDrawnFromMs(undefined)}
      onPointerLeave={() => setHover(undefined)}
    >
      {marks.map(({ id, tone, text, fromMs, toMs }) =>
        toMs === undefined ? (
          <span
            key={id}
            className={`perf-mark perf-mark-${tone}`}
            title={`${text}, ${exactTime(fromMs)}`}
            style={{ left: percent(fromMs) }}
          />
        ) : (
          <span
            key={id}
            className="perf-band"
            title={text}
            style={{ left: percent(fromMs), width: `max(2px, ${(share(toMs) - share(fromMs)) * 100}%)` }}
          />
        ),
      )}
      {drawnFromMs !== undefined && hoverMs !== undefined ? (
        <span
          className="perf-drawn"
          style={{
            left: percent(Math.min(drawnFromMs, hoverMs)),
            width: `${Math.abs(share(drawnFromMs) - share(hoverMs)) * 100}%`,
          }}
        />
      ) : null}
      {isInside ? <span className="perf-cursor" style={{ left: percent(hoverMs) }} /> : null}
    </div>
  )
}

/** "Nov 29, 12:03:20: Used 12 %, Steal 0 %". */
function readOut({ labels, points, unit }: Chart, atMs: number, widthMs: number): string {
  const point = nearest(points, atMs, widthMs / 50)
  const values = labels.flatMap((label, index) => {
    const value = point?.values[index]
    return value === undefined ? [] : [`${label} ${unit.format(value)}`]
  })
  return `${exactTime(point?.atMs ?? atMs)}: ${values.join(', ') || 'nothing known'}`
}
