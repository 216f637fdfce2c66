import { expect, test } from 'vitest'
import { spread } from './spread'

const at = (...wanted: readonly (number | undefined)[]) => wanted.map((one) => ({ wanted: one, height: 10 }))

test('what has room stands where it wants to', () => {
  expect(spread(at(5, 40, 100), 4)).toEqual([5, 40, 100])
})

test('what would overlap shares out the difference', () => {
  expect(spread(at(50, 50), 4)).toEqual([43, 57])
  expect(spread(at(50, 40, 200), 4)).toEqual([38, 52, 200])
})

test('what wants nothing stands below its neighbour, or above when it comes first', () => {
  expect(spread(at(50, undefined, 100), 4)).toEqual([50, 64, 100])
  expect(spread(at(undefined, 50), 4)).toEqual([36, 50])
  expect(spread(at(undefined, undefined), 4)).toEqual([0, 14])
  expect(spread([], 4)).toEqual([])
})
