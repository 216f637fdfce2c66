import { expect, test } from 'vitest'
import { compactLength } from './encode'
import { quantile, reportScreens, type Seen } from './report'

const seen = (viewer: string, framesPerSecond: number, keys: number[]): Seen => ({
  encoding: 'zrle',
  viewer,
  framesPerSecond,
  shownPerSecond: 7,
  megabytesPerSecond: 1,
  cpuPercent: 50,
  displayCpuPercent: 5,
  keysMs: { whileStill: keys, whileMoving: keys },
})

test('a ratio is ours to the native viewer’s, of the medians over the rounds', () => {
  const report = reportScreens(
    [
      seen('innkeeper', 8, [1, 2, 3]),
      seen('innkeeper', 9, [4]),
      seen('innkeeper', 1, []),
      seen('vncviewer', 10, []),
    ],
    {},
  )
  expect(report).toMatchObject({
    zrle: { ratio: 0.8, innkeeper: { framesPerSecond: 8, keyMedianMs: 3, keyWorstTenthMs: 4 } },
  })
})

test('a quantile of nothing is no number', () => {
  expect(quantile([], 0.5)).toBeNaN()
})

test('lengths take seven bits a byte, the lowest first', () => {
  expect([127, 128, 10_000, 16_384].map((length) => [...compactLength(length)])).toEqual([
    [0x7f],
    [0x80, 0x01],
    [0x90, 0x4e],
    [0x80, 0x80, 0x01],
  ])
})
