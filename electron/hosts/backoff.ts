import type { ErrorKind } from '../../shared/errors'
import type { HostTiming } from './timing'

/** What trying again cannot mend: the user has to act. Retrying a wrong password would even lock accounts. */
const needsUser: ReadonlySet<ErrorKind> = new Set([
  'auth-failed',
  'denied',
  'invalid',
  'unsupported',
  'cancelled',
])

export function isWorthRetrying(kind: ErrorKind): boolean {
  return !needsUser.has(kind)
}

/**
 * How long to wait before the next try. `failures` counts tries that failed since the connection was last healthy;
 * 0 = it has just dropped. Jitter keeps a hundred hosts behind one router from returning in the same instant.
 */
export function retryDelayMs(failures: number, timing: HostTiming, random: () => number): number {
  const jitter = 0.75 + random() * 0.5
  if (failures === 0) return timing.firstRetryMs * jitter
  // beyond 2^16 the limit has long been reached; keeps the power finite
  const doubled = timing.minRetryMs * 2 ** Math.min(failures - 1, 16)
  return Math.min(timing.maxRetryMs, doubled * jitter)
}
