import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { usualPolling } from '../../shared/model/polling'
import type { CounterWish } from '../backends/backend'
import { Inventory } from './inventory'
import { LiveUpdates } from './live-updates'
import { PollingPace } from './polling-pace'
import { TinySession } from './testing/tiny-backend'
import { defaultTiming } from './timing'

let pace: PollingPace
let live: LiveUpdates
let wishes: (CounterWish | undefined)[]

beforeEach(() => {
  vi.useFakeTimers()
  wishes = []
  pace = new PollingPace({ ...usualPolling, everySeconds: 4 })
  const session = new TinySession([])
  session.readCounters = async (wish?: CounterWish) => {
    wishes.push(wish)
    return []
  }
  live = new LiveUpdates(session, new Inventory('h' as never), {
    timing: defaultTiming,
    pace,
    now: () => 0,
    log: () => undefined,
    onVms: () => undefined,
    onStats: () => undefined,
    onHostStats: () => undefined,
  })
})

afterEach(() => {
  live.stop()
  vi.useRealTimers()
})

/** How often loads were asked for within so many seconds. */
async function askedWithin(seconds: number): Promise<number> {
  wishes = []
  await vi.advanceTimersByTimeAsync(seconds * 1000)
  return wishes.length
}

it('hosts are asked as often as the user wants, from the moment they want it', async () => {
  expect(await askedWithin(40)).toBe(10)
  pace.set({ ...usualPolling, everySeconds: 1 })
  expect(await askedWithin(40)).toBe(40)
})

it('while no window can be seen hosts are asked less often, and as before once one can', async () => {
  pace.setVisible(false)
  expect(await askedWithin(40)).toBe(4)
  pace.setVisible(true)
  expect(await askedWithin(40)).toBe(10)
})

it('a user who wants less than that is not given more while no window can be seen', async () => {
  pace.set({ ...usualPolling, everySeconds: 20 })
  pace.setVisible(false)
  expect(await askedWithin(40)).toBe(2)
})

it('only the figures that are wanted are asked for, and nothing when none is', async () => {
  pace.set({ everySeconds: 1, figures: ['cpu', 'disk'] })
  await askedWithin(2)
  expect(wishes.map((wish) => wish?.figures)).toEqual([
    ['cpu', 'disk'],
    ['cpu', 'disk'],
  ])
  pace.set({ everySeconds: 1, figures: [] })
  expect(await askedWithin(10)).toBe(0)
})

it('after the connection has ended nothing is asked, whatever changes', async () => {
  live.stop()
  pace.set({ ...usualPolling, everySeconds: 1 })
  expect(await askedWithin(10)).toBe(0)
})
