import { expect, it } from 'vitest'
import { historyMetrics } from '../../../shared/model/stats-history'
import { column, held, nearest, pointsOf } from './points'

const times = Float64Array.of(0, 2000, 4000, 30_000, 32_000)
const at = (index: number): number => index

it('breaks the lines where nothing was known for longer than usual', () => {
  expect(pointsOf(times, [at]).map(({ atMs, values }) => [atMs, values[0]])).toEqual([
    [0, 0],
    [2000, 1],
    [4000, 2],
    [6000, undefined],
    [30_000, 3],
    [32_000, 4],
  ])
})

it('finds a figure by its name, and takes NaN for unknown', () => {
  const columns = {
    atMs: times,
    values: historyMetrics.vcpu.map((_, index) => Float32Array.of(index, Number.NaN)),
  }
  const steal = column('vcpu', columns, 'stealPercent')
  expect([steal(0), steal(1), column('vcpu', undefined, 'stealPercent')(0)]).toEqual([
    2,
    undefined,
    undefined,
  ])
})

it('holds a figure that comes with every few samples, and not for ever', () => {
  const sparse = held((index) => (index === 0 ? 7 : undefined), times, 10_000)
  expect([sparse(0), sparse(2), sparse(3)]).toEqual([7, 7, undefined])
})

it('reads the point under the mouse, and none where there is none', () => {
  const points = pointsOf(times, [at])
  expect(nearest(points, 2600, 2000)?.atMs).toBe(2000)
  expect(nearest(points, 3100, 2000)?.atMs).toBe(4000)
  expect(nearest(points, 15_000, 2000)).toBeUndefined()
})
