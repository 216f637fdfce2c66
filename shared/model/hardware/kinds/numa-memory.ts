import type { Row, Values } from '../field'

/** What the guest's NUMA nodes have together; undefined when there are none. */
export function memoryOfCells(cells: Values[string]): number | undefined {
  if (!Array.isArray(cells) || cells.length === 0) return undefined
  return (cells as readonly Row[]).reduce(
    (sum, { memory }) => sum + (typeof memory === 'number' ? memory : 0),
    0,
  )
}
