import { nextDue, rhythmInWords } from '../../../../shared/model/snapshots/rhythm'
import type { ScheduleResult, ScheduleView } from '../../../../shared/model/snapshots/schedule'

/** "today 23:00", "tomorrow 03:00", "Thu, Dec 3, 03:00". */
export function dayTime(atMs: number, nowMs: number): string {
  const at = new Date(atMs)
  const time = `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`
  const now = new Date(nowMs)
  const dayOf = (days: number): string =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).toDateString()
  for (const [days, word] of [
    [0, 'today'],
    [1, 'tomorrow'],
    [-1, 'yesterday'],
  ] as const)
    if (at.toDateString() === dayOf(days)) return `${word} ${time}`
  const isThisYear = at.getFullYear() === now.getFullYear()
  const day = at.toLocaleDateString(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
  })
  return `${day}, ${time}`
}

/** What comes next. */
export function nextText({ schedule, waitsFor }: ScheduleView, nowMs: number): string {
  if (!schedule.isOn) return `The schedule is off: ${rhythmInWords(schedule.rhythm)}`
  if (waitsFor !== undefined) return `Due now. It waits: ${waitsFor}`
  return `Next: ${dayTime(nextDue(schedule.rhythm, nowMs), nowMs)}, keeps ${schedule.keep}`
}

/** What became of the last one, and whether somebody should look at it. */
export function lastText(
  { atMs, outcome, name = '', times = 1, error, note }: ScheduleResult,
  nowMs: number,
): { readonly text: string; readonly isBad: boolean } {
  const when = dayTime(atMs, nowMs)
  switch (outcome) {
    case 'taken':
      if (error) return { text: error.message, isBad: true }
      return { text: `Last: ${name}, ${when}${note === undefined ? '' : `. ${note}`}`, isBad: false }
    case 'failed':
      return { text: `Failed ${when}: ${error?.message ?? 'nobody knows why'}`, isBad: true }
    case 'cancelled':
      return { text: `Cancelled ${when}`, isBad: false }
    case 'missed':
      return { text: times === 1 ? `Missed ${when}` : `Missed ${times} times, the last ${when}`, isBad: true }
    case 'passed-over':
      return { text: `Passed over ${when}: the VM was off`, isBad: false }
  }
}
