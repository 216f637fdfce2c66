import type { ReactNode } from 'react'
import { csvLine } from '../../../shared/csv'
import type { VmRef } from '../../../shared/model/ids'
import type { GridColumn, GridSort } from '../../ui/grid/GridHeader'

/** A line of any of Top's tables. */
export interface TopRow {
  readonly key: string
  /** The VM's name; what typing letters looks for. */
  readonly name: string
  readonly hostLabel: string
  /** Absent for what is no VM of a host. */
  readonly ref?: VmRef
}

/** A column once: how it is drawn, ordered by and written into a file. */
export interface TopColumn<Row> extends GridColumn<Row> {
  /** In the menu and in files, where there is room to say it. */
  readonly label: string
  readonly value: (row: Row) => number | string | undefined
  /** Absent: shown unless it is not wanted; false: only when it is. */
  readonly isUsual?: false
  readonly render: (row: Row) => ReactNode
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** What has no figure comes last, whichever way the column is turned. */
export function sortTop<Row extends TopRow>(
  rows: readonly Row[],
  columns: readonly TopColumn<Row>[],
  { column, isDescending }: GridSort,
): Row[] {
  const value = columns.find(({ id }) => id === column)?.value ?? ((row: Row) => row.name)
  const sign = isDescending ? -1 : 1
  const byName = (a: Row, b: Row): number => collator.compare(a.name, b.name) || (a.key < b.key ? -1 : 1)
  const numbers: { row: Row; figure: number }[] = []
  const words: { row: Row; figure: string }[] = []
  const without: Row[] = []
  for (const row of rows) {
    const figure = value(row)
    if (figure === undefined) without.push(row)
    else if (typeof figure === 'number') numbers.push({ row, figure })
    else words.push({ row, figure })
  }
  // with each tick again: kinds of their own spare a thousand rows the question in each comparison
  numbers.sort((a, b) => sign * (a.figure - b.figure) || byName(a.row, b.row))
  words.sort((a, b) => sign * collator.compare(a.figure, b.figure) || byName(a.row, b.row))
  without.sort(byName)
  return [...numbers.map(({ row }) => row), ...words.map(({ row }) => row), ...without]
}

/** Figures are looked at from the top, words from A. */
export function nextTopSort<Row>(sort: GridSort, id: string, columns: readonly TopColumn<Row>[]): GridSort {
  if (sort.column === id) return { column: id, isDescending: !sort.isDescending }
  return { column: id, isDescending: columns.find((one) => one.id === id)?.align === 'end' }
}

/** Every word must occur in the name of the VM or of its host. */
export function filterTop<Row extends TopRow>(rows: readonly Row[], text: string): readonly Row[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter(({ name, hostLabel }) => {
    const all = `${name}\n${hostLabel}`.toLocaleLowerCase()
    return words.every((word) => all.includes(word))
  })
}

/** All columns, also those that are not shown. */
export function topCsv<Row>(rows: readonly Row[], columns: readonly TopColumn<Row>[]): string {
  return [
    csvLine(columns.map(({ label }) => label)),
    ...rows.map((row) => csvLine(columns.map(({ value }) => rounded(value(row))))),
  ].join('')
}

function rounded(value: number | string | undefined): number | string | undefined {
  return typeof value === 'number' ? Math.round(value * 1000) / 1000 : value
}
