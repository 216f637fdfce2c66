import { create } from 'zustand'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { ImageUser, StorageUsage, VolumeName } from '../../../shared/model/storage/volume'
import { api } from '../../api/client'

/** Who uses which image of a host, as it was told last. */
export interface Usage {
  readonly value?: StorageUsage
  readonly error?: ErrorData
  readonly isLoading: boolean
}

const useUsages = create<{ readonly byHost: { readonly [host: string]: Usage | undefined } }>(() => ({
  byHost: {},
}))

const unasked: Usage = { isLoading: false }

export function useUsage(host: HostId): Usage {
  return useUsages(({ byHost }) => byHost[host]) ?? unasked
}

/** Hosts where something changed while the answer was on its way. */
const askedMeanwhile = new Set<HostId>()

/** Reads every definition of the host, so one answer is waited for before the next is asked. */
export async function loadUsage(host: HostId): Promise<void> {
  const before = useUsages.getState().byHost[host]
  if (before?.isLoading) {
    askedMeanwhile.add(host)
    return
  }
  put(host, { ...before, isLoading: true })
  try {
    put(host, { value: await api.storage.usage({ host }), isLoading: false })
  } catch (error) {
    const kept = before?.value === undefined ? {} : { value: before.value }
    put(host, { ...kept, error: errorData(error), isLoading: false })
  }
  if (askedMeanwhile.delete(host)) await loadUsage(host)
}

function put(host: HostId, usage: Usage): void {
  useUsages.setState(({ byHost }) => ({ byHost: { ...byHost, [host]: usage } }))
}

/** For tests: what one host said is not known to the next test. */
export function forgetUsage(): void {
  useUsages.setState({ byHost: {} })
  askedMeanwhile.clear()
}

const nobody: readonly ImageUser[] = []

/** By path, and by pool and name where volumes have none. */
export function usersOf(
  usage: StorageUsage,
  pool: string,
  volume: VolumeName & { readonly details?: { readonly path: string } },
): readonly ImageUser[] {
  const names = new Set([volume.details?.path ?? volume.key, volume.key, `${pool}/${volume.name}`])
  const found = [...names].flatMap((name) =>
    Object.hasOwn(usage.users, name) ? (usage.users[name] ?? nobody) : nobody,
  )
  return found.length === 0 ? nobody : [...new Map(found.map((user) => [userText(user), user])).values()]
}

/** VMs among the users, each once. */
export function vmsOf(users: readonly ImageUser[]): { readonly name: string; readonly isRunning: boolean }[] {
  const byName = new Map<string, boolean>()
  for (const { kind, name, isRunning = false } of users) {
    if (kind !== 'image') byName.set(name, isRunning || (byName.get(name) ?? false))
  }
  return [...byName].map(([name, isRunning]) => ({ name, isRunning }))
}

/** "base of 3 images"; undefined when none is built on it. */
export function baseText(users: readonly ImageUser[]): string | undefined {
  const count = users.filter(({ kind }) => kind === 'image').length
  if (count === 0) return undefined
  return count === 1 ? 'base of 1 image' : `base of ${count} images`
}

/** One user in a sentence's words: "web-01, disk vda, running". */
export function userText(user: ImageUser): string {
  const { kind, name, target, isRunning, isReadOnly, isShared, snapshot } = user
  if (kind === 'image') return `Base of ${name}`
  const role = {
    disk: `disk${target === undefined ? '' : ` ${target}`}`,
    cdrom: `CD drive${target === undefined ? '' : ` ${target}`}`,
    floppy: `floppy drive${target === undefined ? '' : ` ${target}`}`,
    lun: `LUN${target === undefined ? '' : ` ${target}`}`,
    backing: `base of its disk${target === undefined ? '' : ` ${target}`}`,
    snapshot: `snapshot${snapshot === undefined ? '' : ` ${snapshot}`}`,
    firmware: 'firmware settings',
    kernel: 'kernel to start with',
  }[kind]
  return [
    name,
    role,
    ...(isReadOnly ? ['read-only'] : []),
    ...(isShared ? ['shared'] : []),
    ...(isRunning ? ['running'] : []),
  ].join(', ')
}
