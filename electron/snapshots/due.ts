/** Whether a schedule is due, and whether it is too late for that. */
import { countDues, lastDue } from '../../shared/model/snapshots/rhythm'
import type { StoredSchedule } from '../settings/snapshot-schedules'

/** A host that is connected anew, or a VM that is busy for a moment, makes nothing late. */
export const graceMs = 10 * 60_000

/** A clock that was put back further than this was wrong before, and what was dealt with by it does not count. */
export const wrongClockMs = 60 * 60_000

export type Due =
  | { readonly kind: 'no' }
  | { readonly kind: 'now'; readonly dueMs: number; readonly isLate: boolean }
  | { readonly kind: 'missed'; readonly dueMs: number; readonly times: number }

export function dueAt({ schedule, handledMs }: StoredSchedule, nowMs: number): Due {
  if (!schedule.isOn) return { kind: 'no' }
  const dueMs = lastDue(schedule.rhythm, nowMs)
  if (dueMs <= handledMs) return { kind: 'no' }
  const isLate = nowMs - dueMs > graceMs
  if (!isLate || schedule.makesUp) return { kind: 'now', dueMs, isLate }
  return { kind: 'missed', dueMs, times: countDues(schedule.rhythm, handledMs, nowMs) }
}
