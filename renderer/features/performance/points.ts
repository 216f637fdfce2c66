import {
  historyMetrics,
  type HistoryColumns,
  type HistoryKind,
  type Metric,
} from '../../../shared/model/stats-history'

/** What is drawn: one value for each line, or none. The line breaks where a value is absent. */
export interface Point {
  readonly atMs: number
  readonly values: readonly (number | undefined)[]
}

/** A figure of a history by its name, as it stands in a column. */
export type ValueOf = (index: number) => number | undefined

export function column<Kind extends HistoryKind>(
  kind: Kind,
  columns: HistoryColumns | undefined,
  metric: Metric<Kind>,
): ValueOf {
  const at = (historyMetrics[kind] as readonly string[]).indexOf(metric)
  const values = columns?.values[at]
  return (index) => {
    const value = values?.[index]
    return value === undefined || Number.isNaN(value) ? undefined : value
  }
}

/** A few samples may fail to come; a longer silence is one. */
const toleratedSteps = 4

/** Where nothing was known for longer than usual stands a point without values, so that no line leads across. */
export function pointsOf(times: Float64Array, lines: readonly ValueOf[]): Point[] {
  const usualMs = usualStep(times)
  const points: Point[] = []
  for (const [index, atMs] of times.entries()) {
    const before = times[index - 1]
    if (before !== undefined && atMs - before > usualMs * toleratedSteps)
      points.push({ atMs: before + usualMs, values: lines.map(() => undefined) })
    points.push({ atMs, values: lines.map((valueOf) => valueOf(index)) })
  }
  return points
}

/** The median of the distances: gaps and what is finer at the end do not count. */
function usualStep(times: Float64Array): number {
  const steps = Float64Array.from({ length: Math.max(0, times.length - 1) }, (_, index) => {
    return (times[index + 1] ?? 0) - (times[index] ?? 0)
  }).sort()
  return steps[Math.floor(steps.length / 2)] ?? 0
}

/** Figures that come with every few samples only are true until the next. */
export function held(valueOf: ValueOf, times: Float64Array, forMs: number): ValueOf {
  return (index) => {
    for (let at = index; at >= 0 && (times[index] ?? 0) - (times[at] ?? 0) <= forMs; at -= 1) {
      const value = valueOf(at)
      if (value !== undefined) return value
    }
    return undefined
  }
}

/** The point nearest in time, if one is near enough to be meant. */
export function nearest(points: readonly Point[], atMs: number, withinMs: number): Point | undefined {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((points[middle]?.atMs ?? 0) < atMs) low = middle + 1
    else high = middle
  }
  const distance = (point: Point | undefined): number => (point ? Math.abs(point.atMs - atMs) : Infinity)
  const best = distance(points[low - 1]) < distance(points[low]) ? points[low - 1] : points[low]
  return distance(best) <= withinMs ? best : undefined
}
