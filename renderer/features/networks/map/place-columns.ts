import type { Segment } from './cut-lines'
import { spread } from './spread'

export interface PlacedColumn {
  readonly ids: readonly string[]
  /** Its things keep their order; the others are put in that which crosses few lines. */
  readonly isOrdered: boolean
}

/**
 * Middles of everything, so that lines are short and cross seldom: each column is sorted and set by what its things hang
 * on, first towards the outside, then towards the guests, and once more back.
 */
export function placeColumns(
  columns: readonly PlacedColumn[],
  segments: readonly Pick<Segment, 'from' | 'to'>[],
  heightOf: (id: string) => number,
  gap: number,
): ReadonlyMap<string, number> {
  const middles = new Map<string, number>()
  const before = neighbours(segments, ({ from, to }) => [to, from])
  const after = neighbours(segments, ({ from, to }) => [from, to])

  const settle = (
    { ids, isOrdered }: PlacedColumn,
    ...sides: readonly ReadonlyMap<string, string[]>[]
  ): void => {
    const own = new Set(ids)
    const nearOf = (id: string): number | undefined => {
      for (const side of sides) {
        const known = (side.get(id) ?? []).flatMap((other) =>
          own.has(other) ? [] : (middles.get(other) ?? []),
        )
        if (known.length > 0) return known.reduce((sum, y) => sum + y, 0) / known.length
      }
      return undefined
    }
    const things = ids.map((id) => ({ id, wanted: nearOf(id), height: heightOf(id) }))
    const sorted = isOrdered
      ? things
      : things.toSorted((a, b) => compare(a.wanted ?? Infinity, b.wanted ?? Infinity))
    for (const [index, y] of spread(sorted, gap).entries()) {
      const thing = sorted[index]
      if (thing) middles.set(thing.id, y)
    }
  }
  for (const column of columns.toReversed()) settle(column, after)
  for (const column of columns) settle(column, before, after)
  for (const column of columns.toReversed()) if (!column.isOrdered) settle(column, after, before)
  return middles
}

/** Not by subtraction: two that want nothing are equal. */
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)

function neighbours(
  segments: readonly Pick<Segment, 'from' | 'to'>[],
  next: (segment: Pick<Segment, 'from' | 'to'>) => readonly [string, string],
): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const segment of segments) {
    const [here, there] = next(segment)
    const known = found.get(here)
    if (known) known.push(there)
    else found.set(here, [there])
  }
  return found
}
