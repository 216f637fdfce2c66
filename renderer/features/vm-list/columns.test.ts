import { expect, it } from 'vitest'
import { isColumnShown, shownColumns, withColumnTurned, type ColumnWishes } from './columns'

const usual: ColumnWishes = { moreColumns: [], hiddenColumns: [] }
const ids = (wishes: ColumnWishes, isOfAllHosts = false): string[] =>
  shownColumns(wishes, isOfAllHosts).map(({ id }) => id)

it('the load of the CPU is shown without asking for it', () => {
  expect(ids(usual)).toEqual(['name', 'state', 'cpu', 'memory'])
  expect(ids(usual, true)).toEqual(['name', 'state', 'cpu', 'memory', 'host'])
})

it('each column is turned on and off, and back', () => {
  for (const id of ['cpu', 'disk', 'network', 'memoryUse', 'cpuTime']) {
    const turned = withColumnTurned(id, usual)
    expect(isColumnShown(id, turned)).toBe(!isColumnShown(id, usual))
    expect(withColumnTurned(id, turned)).toEqual(usual)
  }
})

it('the name stays', () => {
  expect(ids({ moreColumns: [], hiddenColumns: ['name', 'cpu'] })).toEqual(['name', 'state', 'memory'])
})
