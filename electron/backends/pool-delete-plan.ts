/** What goes with a pool, worked out of what is in it and of who uses what; the same for every backend. */
import type { Pool, PoolDeletePlan } from '../../shared/model/storage/pool'
import { poolTypeOf } from '../../shared/model/storage/pool-types'
import type { ImageUser, StorageUsage } from '../../shared/model/storage/volume'

export interface PoolContent {
  /** While it is active; otherwise nobody knows. */
  readonly volumes?: readonly { readonly name: string; readonly key: string }[]
}

/** Whose path holds nothing but its volumes, so that what VMs name below it is one. */
const ownPath = ['dir', 'fs', 'netfs', 'logical', 'vstorage', 'zfs']

export function deletePlanOfPool(pool: Pool, { volumes }: PoolContent, usage: StorageUsage): PoolDeletePlan {
  const type = poolTypeOf(pool.type)
  const what = (type?.destroysVolumes ? pool.source : undefined) ?? pool.path ?? pool.source ?? pool.name
  const count = volumes?.length ?? 0
  const destroys = type?.destroys?.replace('WHAT', () => what)
  return {
    pool,
    ...(volumes === undefined ? {} : { volumeCount: count }),
    users: usersOfPool(pool, volumes, usage),
    ...(usage.unread.length === 0 ? {} : { unread: usage.unread }),
    canDestroy: destroys !== undefined,
    ...(destroys === undefined
      ? {}
      : {
          destroys:
            type?.destroysVolumes && count > 0 ? `${destroys} It has ${counted(count)} now.` : destroys,
        }),
    ...(type?.detaches === undefined ? {} : { detaches: type.detaches }),
  }
}

function counted(count: number): string {
  return count === 1 ? '1 volume' : `${count} volumes`
}

function usersOfPool(
  pool: Pool,
  volumes: PoolContent['volumes'],
  { users }: StorageUsage,
): PoolDeletePlan['users'] {
  const found = new Map<string, { isRunning: boolean; volumes: Set<string> }>()
  const add = (volume: string, all: readonly ImageUser[]): void => {
    for (const { vm, name, isRunning } of all) {
      // other images are no VMs
      if (vm === undefined) continue
      const known = found.get(name) ?? { isRunning: false, volumes: new Set() }
      found.set(name, {
        isRunning: known.isRunning || isRunning === true,
        volumes: known.volumes.add(volume),
      })
    }
  }
  const nameOf = new Map(volumes?.map(({ name, key }) => [key, name]))
  const below = ownPath.includes(pool.type) && pool.path !== undefined ? `${pool.path}/` : undefined
  for (const [image, all] of Object.entries(users)) {
    const name = nameOf.get(image) ?? after(`${pool.name}/`, image) ?? (below && after(below, image))
    if (name !== undefined && name !== '') add(name, all)
  }
  return [...found]
    .map(([vmName, one]) => ({ vmName, isRunning: one.isRunning, volumes: [...one.volumes].sort() }))
    .sort((a, b) => (a.vmName < b.vmName ? -1 : 1))
}

function after(start: string, image: string): string | undefined {
  return image.startsWith(start) ? image.slice(start.length) : undefined
}
