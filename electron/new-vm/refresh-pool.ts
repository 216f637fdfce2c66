/** Reads a pool anew, once nothing is being made in it: a host refuses that as long as it copies there. */
import { setTimeout as delay } from 'node:timers/promises'
import { AppError, isKind } from '../../shared/errors'
import type { HypervisorSession } from '../backends/backend'

const againMs = 500

export async function refreshPool(
  { storage }: Pick<HypervisorSession, 'storage'>,
  pool: string,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled')
    try {
      return await storage.poolAction(pool, 'refresh')
    } catch (error) {
      if (!isKind(error, 'busy')) throw error
    }
    await delay(againMs, undefined, { signal }).catch(() => undefined)
  }
}
