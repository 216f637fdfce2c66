/** Who has an image, from what the host's definitions say: VMs that run with it, and images that are built on it. */
import type { ImageUser, StorageUsage } from '../../../shared/model/storage/volume'

const maxImages = 10_000

/** Images that are built on this one, directly or not. */
export function dependantsOf(usage: StorageUsage, path: string): string[] {
  const found = new Set<string>()
  const left = [path]
  for (let at = left.pop(); at !== undefined && found.size < maxImages; at = left.pop()) {
    for (const { kind, name } of usersOf(usage, at)) {
      if (kind !== 'image' || found.has(name) || name === path) continue
      found.add(name)
      left.push(name)
    }
  }
  return [...found].sort()
}

/** Running VMs that have it, or an image that is built on it. */
export function runningUsers(usage: StorageUsage, path: string): string[] {
  const images = [path, ...dependantsOf(usage, path)]
  const names = images.flatMap((image) =>
    usersOf(usage, image)
      .filter(({ kind, isRunning }) => kind !== 'image' && (isRunning ?? false))
      .map(({ name }) => name),
  )
  return [...new Set(names)].sort()
}

/** Running VMs that write to this very file: one that another is built on is only read. */
export function runningWriters(usage: StorageUsage, path: string): string[] {
  const names = usersOf(usage, path)
    .filter(({ kind }) => kind !== 'image' && kind !== 'snapshot')
    .filter(({ isRunning, isReadOnly }) => isRunning === true && isReadOnly !== true)
    .map(({ name }) => name)
  return [...new Set(names)].sort()
}

function usersOf(usage: StorageUsage, image: string): readonly ImageUser[] {
  return Object.hasOwn(usage.users, image) ? (usage.users[image] ?? []) : []
}
