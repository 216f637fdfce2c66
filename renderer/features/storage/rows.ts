import type { StorageUsage } from '../../../shared/model/storage/volume'
import type { GridSort } from '../../ui/grid/GridHeader'
import { usersOf, vmsOf } from './usage'
import type { VolumeRow } from './volume-loader'

/** Which volumes a table shows and in which order. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

export const firstSort: GridSort = { column: 'volume-name', isDescending: false }

export function nextSort(sort: GridSort, column: string): GridSort {
  if (sort.column === column) return { column, isDescending: !sort.isDescending }
  // sizes and dates are looked at from the top, names from A
  return {
    column,
    isDescending: ['volume-capacity', 'volume-allocation', 'volume-modified'].includes(column),
  }
}

interface Wanted {
  readonly pool: string
  readonly words: readonly string[]
  readonly sort: GridSort
  readonly usage: StorageUsage | undefined
}

/** Every word must occur in the name, path, format or among its users. What is not known yet sorts to the end. */
export function shownRows(rows: readonly VolumeRow[], { pool, words, sort, usage }: Wanted): VolumeRow[] {
  const users = (row: VolumeRow): string =>
    usage === undefined
      ? ''
      : usersOf(usage, pool, row)
          .map(({ name }) => name)
          .join('\n')
  const found =
    words.length === 0
      ? rows
      : rows.filter((row) => {
          const text = [row.name, row.key, row.details?.path ?? '', row.details?.format ?? '', users(row)]
            .join('\n')
            .toLocaleLowerCase()
          return words.every((word) => text.includes(word))
        })
  const sign = sort.isDescending ? -1 : 1
  const byName = (a: VolumeRow, b: VolumeRow): number =>
    collator.compare(a.name, b.name) || (a.name < b.name ? -1 : 1)
  const byKey = <K>(keyOf: (row: VolumeRow) => K | undefined, compare: (a: K, b: K) => number) => {
    const keys = new Map(found.map((row) => [row, keyOf(row)]))
    return found.toSorted((a, b) => {
      const [one, two] = [keys.get(a), keys.get(b)]
      if (one === undefined || two === undefined)
        return Number(one === undefined) - Number(two === undefined) || byName(a, b)
      return sign * compare(one, two) || byName(a, b)
    })
  }
  const numbers = (a: number, b: number): number => a - b
  switch (sort.column) {
    case 'volume-format':
      return byKey(({ details }) => details && formatOf(details), collator.compare)
    case 'volume-capacity':
      return byKey(({ details }) => details?.capacityBytes, numbers)
    case 'volume-allocation':
      return byKey(({ details }) => details?.allocationBytes, numbers)
    case 'volume-modified':
      return byKey(({ details }) => details?.modifiedAtMs, numbers)
    case 'volume-users':
      return byKey((row) => firstUser(row, pool, usage), collator.compare)
    default:
      return found.toSorted((a, b) => sign * byName(a, b))
  }
}

function firstUser(row: VolumeRow, pool: string, usage: StorageUsage | undefined): string | undefined {
  if (!usage) return undefined
  return vmsOf(usersOf(usage, pool, row))[0]?.name
}

export function formatOf(details: { readonly format?: string; readonly type: string }): string {
  return details.format ?? (details.type === 'block' ? 'device' : details.type)
}
