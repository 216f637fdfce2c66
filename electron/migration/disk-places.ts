/** What becomes of each disk: seen by both hosts, or copied, and where to. Pure. */
import type { MoveOptions } from '../../shared/model/migration/options'
import type { PlannedMoveDisk } from '../../shared/model/migration/move'
import type { Pool } from '../../shared/model/storage/pool'
import type { NewPlace } from '../clone/source-disks'
import type { DiskFacts, MoveSurroundings } from './look'

/** Only what the guest can write to; a disc or what several VMs share is at both hosts or nowhere. */
export function isCopied({ disk }: DiskFacts, { storage, copiedDisks }: MoveOptions): boolean {
  if (storage === 'shared' || disk.place.kind === 'none' || disk.place.kind === 'other') return false
  if (copiedDisks) return copiedDisks.includes(disk.target)
  return disk.device === 'disk' && !disk.isReadOnly && !disk.isShareable
}

export function placesOf(
  { disks, targetPools }: Pick<MoveSurroundings, 'disks' | 'targetPools'>,
  options: MoveOptions,
): PlannedMoveDisk[] {
  return disks.flatMap((facts): PlannedMoveDisk[] => {
    const { disk, volume, sizeBytes, format = 'raw' } = facts
    const from = wordsOf(facts)
    if (from === undefined) return []
    const base = { target: disk.target, from, ...(sizeBytes === undefined ? {} : { sizeBytes }) }
    if (!isCopied(facts, options)) return [{ ...base, isCopied: false }]
    const pool = poolFor(facts, options, targetPools)
    const name = volume ?? from.slice(from.lastIndexOf('/') + 1)
    return [
      {
        ...base,
        isCopied: true,
        format,
        ...(pool ? { pool: pool.name, volume: name } : {}),
        ...(pool?.path === undefined ? {} : { path: `${pool.path}/${name}` }),
      },
    ]
  })
}

/** The wish; else the pool of the same folder or name; else the first that is a folder. */
function poolFor(
  { disk, pool }: DiskFacts,
  { pools }: MoveOptions,
  there: readonly Pool[],
): Pool | undefined {
  const wish = pools?.find(({ target }) => target === disk.target)?.pool
  if (wish !== undefined) return there.find(({ name }) => name === wish)
  return (
    there.find(({ path }) => path !== undefined && path === pool?.path) ??
    there.find(({ name }) => name === pool?.name) ??
    there.find(({ type }) => type === 'dir')
  )
}

function wordsOf({ disk: { place } }: DiskFacts): string | undefined {
  if (place.kind === 'file' || place.kind === 'block') return place.path
  if (place.kind === 'volume') return `${place.pool}/${place.volume}`
  return place.kind === 'other' ? place.words : undefined
}

/** Where the definition finds the copies. */
export function newPlaces(disks: readonly PlannedMoveDisk[], pools: readonly Pool[]): Map<string, NewPlace> {
  const places = new Map<string, NewPlace>()
  for (const { target, isCopied: isOwn, pool, volume, path } of disks) {
    if (!isOwn || pool === undefined || volume === undefined) continue
    const type = pools.find(({ name }) => name === pool)?.type
    places.set(
      target,
      path === undefined
        ? { kind: 'volume', pool, volume }
        : { kind: type === 'logical' || type === 'zfs' ? 'block' : 'file', path },
    )
  }
  return places
}
