import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { countDues, lastDue, nextDue, nextDues, rhythm, rhythmInWords, type Rhythm } from './rhythm'

beforeEach(() => vi.stubEnv('TZ', 'Europe/Berlin'))
afterEach(() => vi.unstubAllEnvs())

const at = (text: string): number => new Date(text).getTime()
const nightly: Rhythm = { kind: 'daily', at: '03:00' }

it('daily is due at its time, today or tomorrow', () => {
  expect(nextDue(nightly, at('2026-11-29T02:59:59'))).toBe(at('2026-11-29T03:00:00'))
  expect(nextDue(nightly, at('2026-11-29T03:00:00'))).toBe(at('2026-11-30T03:00:00'))
  expect(lastDue(nightly, at('2026-11-29T03:00:00'))).toBe(at('2026-11-29T03:00:00'))
  expect(lastDue(nightly, at('2026-11-29T02:59:59'))).toBe(at('2026-11-28T03:00:00'))
})

it('every so many hours begins at midnight', () => {
  const rested: Rhythm = { kind: 'hours', every: 6 }
  expect(nextDues(rested, at('2026-11-29T13:00:00'), 4)).toEqual(
    ['2026-11-29T18:00', '2026-11-30T00:00', '2026-11-30T06:00', '2026-11-30T12:00'].map(at),
  )
  expect(lastDue(rested, at('2026-11-29T05:59:00'))).toBe(at('2026-11-29T00:00:00'))
})

it('weekly is due on its days only', () => {
  // 2026-11-29 is a Sunday
  const weekly: Rhythm = { kind: 'weekly', days: ['Sun', 'Wed'], at: '22:30' }
  expect(nextDues(weekly, at('2026-11-29T22:30:00'), 3)).toEqual(
    ['2026-12-02T22:30', '2026-12-06T22:30', '2026-12-09T22:30'].map(at),
  )
  expect(lastDue(weekly, at('2026-11-29T22:00:00'))).toBe(at('2026-11-25T22:30:00'))
})

it('03:00 stays 03:00 when summer time begins and ends', () => {
  expect(nextDues(nightly, at('2026-03-28T12:00:00+01:00'), 2)).toEqual([
    at('2026-03-29T03:00:00+02:00'),
    at('2026-03-30T03:00:00+02:00'),
  ])
  expect(nextDue(nightly, at('2026-10-24T12:00:00+02:00'))).toBe(at('2026-10-25T03:00:00+01:00'))
})

it('an hour that the clock skips is due once it has jumped, and together with the next', () => {
  expect(nextDue({ kind: 'daily', at: '02:30' }, at('2026-03-29T00:00:00+01:00'))).toBe(
    at('2026-03-29T03:30:00+02:00'),
  )
  expect(nextDues({ kind: 'hours', every: 1 }, at('2026-03-29T00:30:00+01:00'), 3)).toEqual(
    ['2026-03-29T01:00+01:00', '2026-03-29T03:00+02:00', '2026-03-29T04:00+02:00'].map(at),
  )
})

it('an hour that the clock shows twice is due once', () => {
  expect(nextDues({ kind: 'hours', every: 1 }, at('2026-10-25T01:30:00+02:00'), 2)).toEqual([
    at('2026-10-25T02:00:00+02:00'),
    at('2026-10-25T03:00:00+01:00'),
  ])
})

it('what was due between two times is counted, up to a limit', () => {
  expect(countDues(nightly, at('2026-11-26T03:00:00'), at('2026-11-29T03:00:00'))).toBe(3)
  expect(countDues(nightly, at('2026-11-29T03:00:00'), at('2026-11-29T23:00:00'))).toBe(0)
  expect(countDues({ kind: 'hours', every: 1 }, 0, at('2026-11-29T03:00:00'), 50)).toBe(50)
})

it('is told in words, with weeks that begin on Monday', () => {
  expect(rhythmInWords(nightly)).toBe('daily at 03:00')
  expect(rhythmInWords({ kind: 'hours', every: 1 })).toBe('every hour')
  expect(rhythmInWords({ kind: 'hours', every: 12 })).toBe('every 12 hours')
  expect(rhythmInWords({ kind: 'weekly', days: ['Sun', 'Thu', 'Mon'], at: '22:30' })).toBe(
    'Mon, Thu and Sun at 22:30',
  )
})

it.each([
  { kind: 'hours', every: 5 },
  { kind: 'daily', at: '24:00' },
  { kind: 'daily', at: '3:00' },
  { kind: 'weekly', days: [], at: '03:00' },
])('what is no rhythm is refused: %j', (wrong) => {
  expect(rhythm.safeParse(wrong).success).toBe(false)
})
