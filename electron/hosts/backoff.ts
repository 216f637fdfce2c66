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

/** A host that keeps dropping its connections is left alone for some seconds between two of them. */
const flappingFailures = 3

/**
 * How long to wait before the next try. `failures` counts tries that failed since the connection was last healthy;
 * 0 = it has just dropped. Jitter keeps a hundred hosts behind one router from returning in the same instant.
 */
export function retryDelayMs(failures: number, timing: HostTiming, random: () => number): number {
  const jitter = 0.75 + random() * 0.5
  if (failures === 0) return timing.firstRetryMs * jitter
  // beyond 2^16 the limit has long been reached; keeps the power finite
  const doubled = timing.minRetryMs * 2 ** Math.min(failures - 1, 16)
  return Math.min(timing.maxRetryMs, doubled) * jitter
}

/**
 * The failures that still count when a connection drops that had lasted so long. One that never was healthy is one more
 * failure; one that was, but not for long, is not fetched back at once, or a host that drops every ten seconds would
 * be signed in to six times a minute.
 */
export function failuresAfter(failures: number, lastedMs: number, timing: HostTiming): number {
  if (lastedMs >= timing.stableAfterMs) return 0
  return lastedMs >= timing.healthyAfterMs ? Math.min(failures, flappingFailures) : failures
}
