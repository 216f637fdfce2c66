import { remember, useRemembered } from '../../stores/remembered'
import type { GridSort } from '../../ui/grid/GridHeader'
import type { TopColumn } from './top-column'

/** The order of a table, kept under its name. */
export function useTopSort(table: string, firstSort: string): readonly [GridSort, (sort: GridSort) => void] {
  const sorts = useRemembered((state) => state.topSorts)
  const sort = sorts[table] ?? { column: firstSort, isDescending: true }
  return [sort, (wanted) => remember({ topSorts: { ...sorts, [table]: wanted } })]
}

/** `turned`: columns that the user wants other than usual. */
export function isShown<Row>(
  { id, isUsual }: Pick<TopColumn<Row>, 'id' | 'isUsual'>,
  turned: readonly string[],
): boolean {
  return (isUsual !== false) !== turned.includes(id)
}

export function turnColumn(id: string): void {
  const { topTurned } = useRemembered.getState()
  remember({
    topTurned: topTurned.includes(id) ? topTurned.filter((other) => other !== id) : [...topTurned, id],
  })
}
