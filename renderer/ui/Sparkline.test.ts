import { expect, it } from 'vitest'
import { sparklinePath } from './Sparkline'

it('draws from the right, at the scale given', () => {
  expect(sparklinePath([0, 50, 100], 5, 100, 40, 10)).toBe('M20 9L30 5L40 1')
})

it('leaves a gap where nothing was told', () => {
  expect(sparklinePath([0, Number.NaN, 0, 0], 4, 100, 30, 10)).toBe('M0 9M20 9L30 9')
})

it('holds values beyond the scale at its edge', () => {
  expect(sparklinePath([500, -3], 2, 100, 10, 10)).toBe('M0 1L10 9')
})

it('draws nothing from nothing', () => {
  expect(sparklinePath([], 60, 100, 64, 18)).toBe('')
})
