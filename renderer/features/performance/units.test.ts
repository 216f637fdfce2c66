import { expect, it } from 'vitest'
import { bytesPerSecond, milliseconds, percent, requestsPerSecond, roundUp } from './units'

it('ends scales at round numbers', () => {
  expect([3, 130, 7000].map((value) => roundUp(value, 10))).toEqual([5, 200, 10_000])
  expect(roundUp(3_000_000, 2)).toBe(4_194_304)
  expect([percent.scale(3), percent.scale(130)]).toEqual([100, 200])
  expect(bytesPerSecond.scale(0)).toBe(16_384)
})

it('writes figures short, and small ones not as nothing', () => {
  expect([0, 0.123, 4.5, 42.25, 1234.5].map(requestsPerSecond.format)).toEqual([
    '0/s',
    '0.12/s',
    '4.5/s',
    '42.3/s',
    '1,235/s',
  ])
  expect(milliseconds.format(0.5)).toBe('0.5 ms')
  expect([0, 0.04, 12.3].map(percent.format)).toEqual(['0 %', '0.0 %', '12 %'])
})
