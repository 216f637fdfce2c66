/** Whether a pool ran out of room: hypervisors often do not say why their work on a disk ended. */
import { AppError } from '../../shared/errors'
import { formatBytes } from '../../shared/units'
import type { HypervisorSession } from '../backends/backend'

/** Less than this is no room for another cluster of an image. */
const fullBytes = 1024 ** 2

interface Words {
  /** What it takes at most. */
  readonly neededBytes: number | undefined
  /** What there is now, as a sentence. */
  readonly outcome: string
  readonly detail?: string | undefined
}

/** Undefined: that is not why. Looked at before anything is cleaned up. */
export async function whyFull(
  { storage }: Pick<HypervisorSession, 'storage'>,
  pool: string,
  { neededBytes, outcome, detail }: Words,
): Promise<AppError | undefined> {
  // nobody else looks at how full it is
  await storage.poolAction(pool, 'refresh').catch(() => undefined)
  const found = (await storage.pools()).items.find(({ name }) => name === pool)
  const left = found?.availableBytes
  if (found === undefined || left === undefined || left >= fullBytes) return undefined
  const of = found.capacityBytes === undefined ? '' : ` of ${formatBytes(found.capacityBytes)}`
  const needed = neededBytes === undefined ? '' : `, and up to ${formatBytes(neededBytes)} are needed`
  return new AppError('busy', `Pool ${pool} is full: ${formatBytes(left)}${of} are left${needed}`, {
    cure: `${outcome} Free some space in the pool or choose another, then try again.`,
    ...(detail === undefined ? {} : { detail }),
  })
}
