import { memo } from 'react'
import { Area, AreaChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import type { Chart } from './chart'
import type { Point } from './points'
import { tickText, timeTicks, type Span } from './time-view'

/** Where the lines are within the picture; what is drawn over them needs to know. */
export const plotEdges = { leftPx: 66, rightPx: 10, topPx: 8, bottomPx: 20 } as const

export const lineColours = [
  'var(--accent-text)',
  'var(--green)',
  'var(--amber)',
  'var(--violet)',
  'var(--red)',
  'var(--text-3)',
] as const

export function colourOf(line: number): string {
  return lineColours[line % lineColours.length] ?? 'currentColor'
}

const tick = { fill: 'var(--text-3)', fontSize: 11 }

/** Lines and axes only. Fixed axes and no animation: measuring anew at every sample is most of what recharts costs. */
export const ChartPlot = memo(function ChartPlot({ chart, span }: { chart: Chart; span: Span }) {
  const { points, labels, max, isStacked, unit } = chart
  return (
    <ResponsiveContainer width="100%" height="100%" minWidth={0}>
      <AreaChart
        data={[...points]}
        accessibilityLayer={false}
        margin={{ top: plotEdges.topPx, right: plotEdges.rightPx, bottom: 0, left: 0 }}
      >
        <CartesianGrid stroke="var(--border)" vertical={false} />
        <XAxis
          dataKey="atMs"
          type="number"
          domain={[span.fromMs, span.toMs]}
          ticks={timeTicks(span, 6)}
          tickFormatter={(at: number) => tickText(at, span)}
          interval="preserveStartEnd"
          tickLine={false}
          axisLine={{ stroke: 'var(--border-strong)' }}
          tick={tick}
          height={plotEdges.bottomPx}
          allowDataOverflow
        />
        <YAxis
          domain={[0, max]}
          ticks={[0, max / 2, max]}
          tickFormatter={unit.format}
          tickLine={false}
          axisLine={false}
          tick={tick}
          width={plotEdges.leftPx}
          allowDataOverflow
        />
        {labels.map((label, index) => (
          <Area
            key={label}
            dataKey={({ values }: Point) => values[index] ?? null}
            type="linear"
            stroke={colourOf(index)}
            strokeWidth={1.5}
            fill={colourOf(index)}
            fillOpacity={isStacked ? 0.28 : index === 0 ? 0.12 : 0}
            dot={points.length === 1}
            activeDot={false}
            isAnimationActive={false}
            {...(isStacked ? { stackId: 'all' } : {})}
          />
        ))}
      </AreaChart>
    </ResponsiveContainer>
  )
})
