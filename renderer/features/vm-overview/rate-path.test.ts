import { expect, test } from 'vitest'
import { niceMax, ratePath } from './rate-path'

const frame = { windowMs: 10_000, max: 100, width: 100, height: 43 }
const cpu = (point: { cpuPercent?: number }): number | undefined => point.cpuPercent

test('the newest value is at the right edge and the scale ends at the top', () => {
  const points = [
    { atMs: 5000, cpuPercent: 0 },
    { atMs: 10_000, cpuPercent: 100 },
  ]
  expect(ratePath(points, cpu, frame)).toBe('M50 42L100 2')
})

test('a missing value leaves a gap and one beyond the scale stays inside', () => {
  const points = [{ atMs: 0, cpuPercent: 500 }, { atMs: 5000 }, { atMs: 10_000, cpuPercent: -3 }]
  expect(ratePath(points, cpu, frame)).toBe('M0 2M100 42')
})

test('nothing known draws nothing', () => {
  expect(ratePath([], cpu, frame)).toBe('')
})

test('the scale grows in doublings and never below its least', () => {
  expect(niceMax([undefined, 3], 1024)).toBe(1024)
  expect(niceMax([1500, 3000], 1024)).toBe(4096)
})
