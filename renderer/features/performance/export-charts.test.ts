import { expect, it } from 'vitest'
import { chart } from './chart'
import { csvOf } from './export-charts'
import { percent } from './units'

const at = (times: number[]) => ({ atMs: Float64Array.from(times), values: [] })
const one = (id: string, times: number[], values: (number | undefined)[]) =>
  chart({
    id,
    title: id,
    unit: percent,
    columns: at(times),
    lines: [{ label: 'Used', valueOf: (index) => values[index] }],
  })

it('writes a line for each time and leaves empty what is not known', () => {
  expect(csvOf([one('CPU', [0, 2000], [1.5, undefined]), one('Memory', [2000, 4000], [7, undefined])])).toBe(
    [
      'Time,CPU: Used (%),Memory: Used (%)',
      '1970-01-01T00:00:00.000Z,1.5,',
      '1970-01-01T00:00:02.000Z,,7',
      '',
    ].join('\r\n'),
  )
})
