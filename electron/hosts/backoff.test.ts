import { describe, expect, it } from 'vitest'
import { failuresAfter, retryDelayMs } from './backoff'
import { defaultTiming } from './timing'

/** Numbers that look random, the same at each run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

describe('a hundred hosts that fail at once', () => {
  it.each([0, 1, 3, 7, 30])('are not all tried again in the same instant (after %i failures)', (failures) => {
    const random = seeded(failures + 1)
    const delays = Array.from({ length: 100 }, () => retryDelayMs(failures, defaultTiming, random))
    const middle = failures === 0 ? 500 : Math.min(60_000, 1000 * 2 ** (failures - 1))
    // spread over half of the wait, and at no time more than a few at once
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(middle * 0.75)
    expect(Math.max(...delays)).toBeLessThanOrEqual(middle * 1.25)
    const slots = new Map<number, number>()
    for (const delay of delays) {
      const slot = Math.floor(delay / (middle / 40))
      slots.set(slot, (slots.get(slot) ?? 0) + 1)
    }
    expect(slots.size).toBeGreaterThan(15)
    expect(Math.max(...slots.values())).toBeLessThan(15)
  })
})

describe('failures that still count when a connection drops', () => {
  it('are all of them when it never was healthy', () => {
    expect(failuresAfter(6, 100, defaultTiming)).toBe(6)
  })

  it('are a few when it was healthy for some seconds', () => {
    expect(failuresAfter(6, 10_000, defaultTiming)).toBe(3)
    expect(failuresAfter(1, 10_000, defaultTiming)).toBe(1)
  })

  it('are none when it was healthy for a minute', () => {
    expect(failuresAfter(6, 60_000, defaultTiming)).toBe(0)
  })
})
