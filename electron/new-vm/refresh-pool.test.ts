import { expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import type { HypervisorSession } from '../backends/backend'
import { refreshPool } from './refresh-pool'

/** A pool that is read at the third try. */
function busyPool(kind: 'busy' | 'invalid'): {
  session: Pick<HypervisorSession, 'storage'>
  asked: string[]
} {
  const asked: string[] = []
  const poolAction = async (pool: string, action: string): Promise<void> => {
    asked.push(`${pool} ${action}`)
    if (asked.length < 3) throw new AppError(kind, 'A volume is being made')
  }
  return { session: { storage: { poolAction } as HypervisorSession['storage'] }, asked }
}

it('a pool in which something is made is read once that is done', async () => {
  const { session, asked } = busyPool('busy')
  await refreshPool(session, 'default', new AbortController().signal)
  expect(asked).toEqual(Array.from({ length: 3 }, () => 'default refresh'))
})

it('nobody waits for a pool that cannot be read, nor when it was cancelled', async () => {
  const broken = busyPool('invalid')
  await expect(refreshPool(broken.session, 'default', new AbortController().signal)).rejects.toMatchObject({
    kind: 'invalid',
  })
  const busy = busyPool('busy')
  const stop = new AbortController()
  const waiting = refreshPool(busy.session, 'default', stop.signal)
  stop.abort()
  await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' })
  expect(busy.asked).toHaveLength(1)
})
