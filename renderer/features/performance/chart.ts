import type { HistoryColumns } from '../../../shared/model/stats-history'
import { pointsOf, type Point, type ValueOf } from './points'
import type { Unit } from './units'

export interface ChartLine {
  readonly label: string
  readonly valueOf: ValueOf
}

/** One picture of the page: what the window draws, reads out and exports. */
export interface Chart {
  readonly id: string
  readonly title: string
  readonly unit: Unit
  readonly labels: readonly string[]
  readonly points: readonly Point[]
  /** The end of the scale. */
  readonly max: number
  /** The lines are parts of a whole, and stand on one another. */
  readonly isStacked: boolean
}

interface Wanted {
  readonly id: string
  readonly title: string
  readonly unit: Unit
  readonly columns: HistoryColumns | undefined
  readonly lines: readonly ChartLine[]
  readonly isStacked?: boolean
  /** Where the scale ends at the least. */
  readonly least?: number
}

const noTimes = new Float64Array()

export function chart({ id, title, unit, columns, lines, isStacked = false, least = 0 }: Wanted): Chart {
  const points = pointsOf(
    columns?.atMs ?? noTimes,
    lines.map(({ valueOf }) => valueOf),
  )
  const biggest = Math.max(least, ...points.map(({ values }) => heightOf(values, isStacked)))
  return {
    id,
    title,
    unit,
    labels: lines.map(({ label }) => label),
    points,
    max: biggest > least || least === 0 ? unit.scale(biggest) : least,
    isStacked,
  }
}

function heightOf(values: Point['values'], isStacked: boolean): number {
  const known = values.map((value) => value ?? 0)
  return isStacked ? known.reduce((sum, value) => sum + value, 0) : Math.max(0, ...known)
}

export function isEmpty({ points }: Chart): boolean {
  return points.every(({ values }) => values.every((value) => value === undefined))
}

/** The last that is known: what is read out while nothing is pointed at. */
export function latest({ points }: Chart): Point | undefined {
  return points.findLast(({ values }) => values.some((value) => value !== undefined))
}
