import { expect, it } from 'vitest'
import { hostId, vmId } from '../../../shared/model/ids'
import { filterTop, nextTopSort, sortTop, topCsv, type TopColumn, type TopRow } from './top-column'

interface Row extends TopRow {
  readonly load: number | undefined
}

const ref = { host: hostId.parse('h'), vm: vmId.parse('00000000-0000-4000-8000-000000000001') }
const row = (name: string, load?: number, hostLabel = 'rack'): Row => ({
  key: name,
  name,
  hostLabel,
  ref,
  load,
})
const columns: readonly TopColumn<Row>[] = [
  { id: 'name', header: 'VM', label: 'VM', minPx: 1, value: ({ name }) => name, render: () => null },
  {
    id: 'load',
    header: 'CPU',
    label: 'CPU %',
    minPx: 1,
    align: 'end',
    value: ({ load }) => load,
    render: () => null,
  },
]
const names = (rows: readonly Row[]): string[] => rows.map(({ name }) => name)

it('what has no figure comes last whichever way the column is turned', () => {
  const rows = [row('off'), row('a', 1), row('b', 20), row('c', 3)]
  expect(names(sortTop(rows, columns, { column: 'load', isDescending: true }))).toEqual([
    'b',
    'c',
    'a',
    'off',
  ])
  expect(names(sortTop(rows, columns, { column: 'load', isDescending: false }))).toEqual([
    'a',
    'c',
    'b',
    'off',
  ])
})

it('equal figures stay in order of name, and names count as people do', () => {
  const rows = [row('web10', 5), row('web2', 5)]
  expect(names(sortTop(rows, columns, { column: 'load', isDescending: true }))).toEqual(['web2', 'web10'])
  expect(names(sortTop(rows, columns, { column: 'name', isDescending: true }))).toEqual(['web10', 'web2'])
})

it('figures are first looked at from the top, words from A', () => {
  const sort = { column: 'name', isDescending: false }
  expect(nextTopSort(sort, 'load', columns)).toEqual({ column: 'load', isDescending: true })
  expect(nextTopSort({ column: 'load', isDescending: true }, 'name', columns)).toEqual(sort)
  expect(nextTopSort(sort, 'name', columns).isDescending).toBe(true)
})

it('the filter looks for all words in the names of VM and host', () => {
  const rows = [row('web', 1, 'rack one'), row('db', 1, 'rack two')]
  expect(names(filterTop(rows, 'rack tw'))).toEqual(['db'])
  expect(names(filterTop(rows, 'WEB one'))).toEqual(['web'])
  expect(filterTop(rows, '  ')).toBe(rows)
})

it('a file has all columns with plain figures', () => {
  expect(topCsv([row('a,b', 1.23456), row('c')], columns)).toBe('VM,CPU %\r\n"a,b",1.235\r\nc,\r\n')
})
