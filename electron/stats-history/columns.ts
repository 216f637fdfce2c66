import type { HistoryColumns } from '../../shared/model/stats-history'
import { Mean } from './mean'
import type { Point } from './series'

/** Points as columns: those of the same step become one. */
export function columnsOf(
  points: readonly Point[],
  width: number,
  { fromMs, stepMs }: { readonly fromMs: number; readonly stepMs: number },
): HistoryColumns {
  const times: number[] = []
  const rows: Float32Array[] = []
  const mean = new Mean(width)
  let sum = 0
  let count = 0
  let step = -1
  const take = (): void => {
    if (count === 0) return
    const row = new Float32Array(width)
    mean.take(row)
    times.push(sum / count)
    rows.push(row)
    sum = 0
    count = 0
  }
  for (const { atMs, row } of points) {
    const own = Math.floor((atMs - fromMs) / stepMs)
    if (own !== step) take()
    step = own
    mean.add(row)
    sum += atMs - fromMs
    count += 1
  }
  take()
  return {
    atMs: Float64Array.from(times, (time) => fromMs + time),
    values: Array.from({ length: width }, (_, at) => Float32Array.from(rows, (row) => row[at] ?? Number.NaN)),
  }
}
