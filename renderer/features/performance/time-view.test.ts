import { expect, it } from 'vitest'
import { isLive, refreshMs, spanOf, timeTicks, zoomed, type TimeView } from './time-view'

const live: TimeView = { range: '5min', zooms: [] }

it('shows the range up to now, or up to when it was stopped', () => {
  expect(spanOf(live, 1_000_000)).toEqual({ fromMs: 700_000, toMs: 1_000_000 })
  expect(spanOf({ ...live, pausedAtMs: 900_000 }, 1_000_000)).toEqual({ fromMs: 600_000, toMs: 900_000 })
})

it('zooms into what was drawn from either side, and takes a click for no zoom', () => {
  const once = zoomed(live, 90_000, 50_000)
  expect(spanOf(once, 1_000_000)).toEqual({ fromMs: 50_000, toMs: 90_000 })
  expect(zoomed(once, 60_000, 60_400)).toBe(once)
  expect(isLive(once)).toBe(false)
})

it('draws anew as often as a new point would be seen', () => {
  expect(refreshMs({ fromMs: 0, toMs: 60_000 })).toBe(2_000)
  expect(refreshMs({ fromMs: 0, toMs: 3_600_000 })).toBe(12_000)
  expect(refreshMs({ fromMs: 0, toMs: 7 * 86_400_000 })).toBe(60_000)
})

it('marks the time axis at round times', () => {
  const from = Date.UTC(2026, 0, 5, 12, 0, 7)
  const ticks = timeTicks({ fromMs: from, toMs: from + 5 * 60_000 }, 6)
  expect(ticks).toHaveLength(5)
  for (const tick of ticks) expect(tick % 60_000).toBe(0)
  expect(timeTicks({ fromMs: from, toMs: from + 7 * 86_400_000 }, 7)).toHaveLength(7)
})
