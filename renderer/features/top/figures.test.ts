import { expect, it } from 'vitest'
import { cpuTimeText, percentText, rateText } from './figures'

it('CPU time is written as top does', () => {
  expect([59.96, 75.04, 3600, 4_453_262].map(cpuTimeText)).toEqual([
    '0:59.9',
    '1:15.0',
    '1:00:00',
    '1,237:01:02',
  ])
})

it('small shares keep a decimal, and nothing is a plain 0', () => {
  expect([0, 0.04, 9.94, 9.96, 42].map(percentText)).toEqual(['0 %', '0.0 %', '9.9 %', '10 %', '42 %'])
  expect([0, 2048].map(rateText)).toEqual(['0', '2 KiB/s'])
})
