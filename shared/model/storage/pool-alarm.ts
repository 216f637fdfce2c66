/** When a pool whose images grow is about to run out of space, which stops the guests that write to it. */
import type { Pool } from './pool'
import { hasImageFiles } from './volume-abilities'

export type PoolAlarm = 'tight' | 'full'

/** Shares of the space that are used: where an alarm begins, and where it ends, so that it does not come and go. */
const limits = {
  full: { from: 0.97, until: 0.95 },
  tight: { from: 0.9, until: 0.87 },
} as const

/** `before`: what was told last. */
export function poolAlarm(pool: Pool, before?: PoolAlarm): PoolAlarm | undefined {
  const { type, capacityBytes, allocationBytes, availableBytes } = pool
  // a volume group may be given away to the last byte, and no guest is the worse for it
  if (!hasImageFiles(type) || capacityBytes === undefined || capacityBytes <= 0) return undefined
  // a file system keeps some of it for root, so what is free tells more than what is used
  const free = availableBytes ?? (allocationBytes === undefined ? undefined : capacityBytes - allocationBytes)
  if (free === undefined) return undefined
  const used = 1 - free / capacityBytes
  const isOver = (level: PoolAlarm, wasOver: boolean): boolean =>
    used >= limits[level][wasOver ? 'until' : 'from']
  if (isOver('full', before === 'full')) return 'full'
  return isOver('tight', before !== undefined) ? 'tight' : undefined
}
