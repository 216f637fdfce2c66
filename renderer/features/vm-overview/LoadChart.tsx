import { Area, AreaChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import { windowMs, type LoadPoint } from './load-history'

interface Props {
  readonly points: readonly LoadPoint[]
  readonly valueOf: (point: LoadPoint) => number | undefined
  readonly max: number
  readonly ticks: readonly number[]
  readonly formatTick: (value: number) => string
}

const windowSeconds = windowMs / 1000
const timeTicks = [-windowSeconds, -windowSeconds / 2, 0]

/**
 * A chart of the last minutes. Loaded late, drawn without animation and with fixed axes: measuring axes anew at every
 * sample is most of what recharts costs.
 */
export function LoadChart({ points, valueOf, max, ticks, formatTick }: Props) {
  const nowMs = points.at(-1)?.atMs ?? 0
  const data = points.map((point) => ({ at: (point.atMs - nowMs) / 1000, value: valueOf(point) ?? null }))
  return (
    <ResponsiveContainer width="100%" height="100%" minWidth={0}>
      <AreaChart data={data} margin={{ top: 6, right: 6, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--border)" vertical={false} />
        <XAxis
          dataKey="at"
          type="number"
          domain={[-windowSeconds, 0]}
          ticks={timeTicks}
          tickFormatter={formatAgo}
          tickLine={false}
          axisLine={{ stroke: 'var(--border-strong)' }}
          tick={{ fill: 'var(--text-3)', fontSize: 11 }}
          height={18}
          allowDataOverflow
        />
        <YAxis
          domain={[0, max]}
          ticks={[...ticks]}
          tickFormatter={formatTick}
          tickLine={false}
          axisLine={false}
          tick={{ fill: 'var(--text-3)', fontSize: 11 }}
          width={52}
          allowDataOverflow
        />
        <Area
          dataKey="value"
          type="linear"
          stroke="var(--accent-text)"
          strokeWidth={1.5}
          fill="var(--accent-text)"
          fillOpacity={0.13}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
      </AreaChart>
    </ResponsiveContainer>
  )
}

function formatAgo(seconds: number): string {
  if (seconds === 0) return 'now'
  const whole = Math.round(-seconds)
  return `-${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
