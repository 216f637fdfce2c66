/** The journal against the host: what of a creation that was cut off is there now, and what of it may go. */
import { newVmInput } from '../../../shared/model/new-vm/new-vm'
import type { LeftFile, UnfinishedCreation } from '../../../shared/model/new-vm/unfinished'
import { usersInWords } from '../../../shared/model/storage/usage-words'
import type { StorageUsage, Volume } from '../../../shared/model/storage/volume'
import type { HypervisorSession } from '../../backends/backend'
import type { JournalEntry, JournalItem } from './creation-journal'
import { fileIdOf, isStranger } from './identity'

type VolumeItem = Extract<JournalItem, { kind: 'volume' }>

/** Undefined: nothing of it is there. */
export async function lookAt(
  session: HypervisorSession,
  entry: JournalEntry,
): Promise<UnfinishedCreation | undefined> {
  const vms = entry.made.flatMap((item) => (item.kind === 'vm' ? [item.vm] : []))
  const volumes = entry.made.flatMap((item) => (item.kind === 'volume' ? [item] : []))
  const [listed, usage] = await Promise.all([
    session.listVms(),
    volumes.length === 0 ? undefined : session.storage.usage(),
  ])
  const vm = listed.find(({ id }) => vms.includes(id))?.id
  const files = (await Promise.all(volumes.map((item) => fileOf(session, entry, item, usage)))).flatMap(
    (file) => file ?? [],
  )
  if (vm === undefined && files.length === 0) return undefined
  const again = newVmInput.safeParse(entry.input)
  return {
    id: entry.id,
    name: entry.name,
    what: entry.what,
    cutOffAtMs: entry.lastAtMs,
    ...(vm === undefined ? {} : { vm }),
    files,
    ...(again.success ? { again: { input: again.data, without: entry.without ?? [] } } : {}),
    ...(entry.cloneOf === undefined ? {} : { cloneOf: entry.cloneOf }),
  }
}

async function fileOf(
  session: HypervisorSession,
  { startedAtMs }: JournalEntry,
  { pool, volume, identity }: VolumeItem,
  usage: StorageUsage | undefined,
): Promise<LeftFile | undefined> {
  const place = { pool, volume, isPartial: identity === undefined }
  let found: Volume | undefined
  try {
    const { volumes, error } = await session.storage.volumeDetails(pool, [volume])
    if (error) return { ...place, keptBecause: `It could not be read: ${error.message}` }
    found = volumes[0]
  } catch (error) {
    return (await isPoolGone(session, pool, error))
      ? undefined
      : { ...place, keptBecause: `The pool ${pool} could not be read` }
  }
  if (!found) return undefined
  const { path, allocationBytes } = found
  const fileId = await fileIdOf(session, found)
  const keptBecause = isStranger(identity, found, fileId, startedAtMs)
    ? 'Something else has this name now'
    : whyInUse(found, pool, usage)
  return {
    ...place,
    path,
    sizeBytes: allocationBytes,
    ...(keptBecause === undefined ? {} : { keptBecause }),
  }
}

function whyInUse(found: Volume, pool: string, usage: StorageUsage | undefined): string | undefined {
  const keys = new Set([found.path, found.key, `${pool}/${found.name}`])
  const users = [...keys].flatMap((key) => usage?.users[key] ?? [])
  if (users.length > 0) return `${usersInWords(users)} ${users.length === 1 ? 'has' : 'have'} it`
  if (!usage || usage.unread.length > 0) return 'Not all VMs could be read, so nobody knows who uses it'
  return undefined
}

async function isPoolGone(session: HypervisorSession, name: string, reason: unknown): Promise<boolean> {
  const { items, error } = await session.storage.pools()
  if (error) throw reason
  return !items.some((pool) => pool.name === name)
}
