/**
 * When a schedule is due, by the clock of this computer. Times are worked out from the date and the hour that the clock
 * shows, so that 03:00 stays 03:00 through summer time; an hour that the clock skips is due when it has jumped, and one
 * that it shows twice is due once.
 */
import { z } from 'zod'

export const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
export type Weekday = (typeof weekdays)[number]

/** Parts of a day, so that each day has the same times. */
export const hourSteps = [1, 2, 3, 4, 6, 8, 12] as const

export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time is written like 03:00')

export const rhythm = z.discriminatedUnion('kind', [
  /** At midnight and every so many hours from then on. */
  z.object({ kind: z.literal('hours'), every: z.literal(hourSteps) }),
  z.object({ kind: z.literal('daily'), at: timeOfDay }),
  z.object({
    kind: z.literal('weekly'),
    days: z.array(z.enum(weekdays)).min(1, 'Choose at least one day').max(7),
    at: timeOfDay,
  }),
])
export type Rhythm = z.output<typeof rhythm>

/** The first time after `afterMs`. */
export function nextDue(of: Rhythm, afterMs: number): number {
  for (let day = 0; ; day += 1) {
    const found = duesOfDay(of, afterMs, day).find((atMs) => atMs > afterMs)
    if (found !== undefined) return found
  }
}

/** The last time that is not after `nowMs`. */
export function lastDue(of: Rhythm, nowMs: number): number {
  for (let day = 0; ; day -= 1) {
    const found = duesOfDay(of, nowMs, day).findLast((atMs) => atMs <= nowMs)
    if (found !== undefined) return found
  }
}

export function nextDues(of: Rhythm, afterMs: number, many: number): number[] {
  const found: number[] = []
  for (let atMs = afterMs; found.length < many; ) {
    atMs = nextDue(of, atMs)
    found.push(atMs)
  }
  return found
}

/** How often it was due after `afterMs` and up to `untilMs`; counted no further than `limit`. */
export function countDues(of: Rhythm, afterMs: number, untilMs: number, limit = 1000): number {
  let many = 0
  for (let atMs = nextDue(of, afterMs); atMs <= untilMs && many < limit; atMs = nextDue(of, atMs)) many += 1
  return many
}

/** "every 6 hours", "daily at 03:00", "Mon and Thu at 03:00". */
export function rhythmInWords(of: Rhythm): string {
  if (of.kind === 'hours') return of.every === 1 ? 'every hour' : `every ${of.every} hours`
  if (of.kind === 'daily' || of.days.length === 7) return `daily at ${of.at}`
  const days = weekdays.filter((day) => of.days.includes(day))
  // weeks begin on Monday here, as in calendars of most of the world
  const sorted = [...days.filter((day) => day !== 'Sun'), ...days.filter((day) => day === 'Sun')]
  const last = sorted.pop() ?? ''
  return `${sorted.length === 0 ? last : `${sorted.join(', ')} and ${last}`} at ${of.at}`
}

/** `day`: counted from that of `aroundMs`. Oldest first, each once. */
function duesOfDay(of: Rhythm, aroundMs: number, day: number): number[] {
  const around = new Date(aroundMs)
  const at = (hour: number, minute: number): number =>
    new Date(around.getFullYear(), around.getMonth(), around.getDate() + day, hour, minute).getTime()
  if (of.kind === 'hours') {
    const hours = Array.from({ length: 24 / of.every }, (_, index) => at(index * of.every, 0))
    return [...new Set(hours)]
  }
  const own = weekdays[new Date(at(12, 0)).getDay()]
  if (of.kind === 'weekly' && !(own && of.days.includes(own))) return []
  const [hour = 0, minute = 0] = of.at.split(':').map(Number)
  return [at(hour, minute)]
}
