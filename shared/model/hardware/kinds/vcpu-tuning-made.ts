import type { Row, Values } from '../field'

const periods = ['period', 'globalPeriod', 'emulatorPeriod', 'ioThreadPeriod']
const quotas = ['quota', 'globalQuota', 'emulatorQuota', 'ioThreadQuota']

/**
 * What was taken away from a running guest reads as the value that means none, and I/O threads that came while it ran are
 * listed by number: neither is a difference to what is stored.
 */
export function isMadeByTuning(field: string, now: Values, next: Values): boolean {
  if (next[field] !== undefined) return false
  if (periods.includes(field)) return now[field] === 100_000
  if (quotas.includes(field)) return now[field] === -1
  if (field !== 'ioThreadPools') return false
  const listed = Array.isArray(now[field]) ? (now[field] as readonly Row[]) : []
  return (
    listed.length === next['ioThreads'] &&
    listed.every(
      ({ id, poolMin, poolMax }, at) => id === at + 1 && poolMin === undefined && poolMax === undefined,
    )
  )
}
