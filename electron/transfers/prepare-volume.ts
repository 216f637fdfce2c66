/** A volume to upload to: whether it may be, whether there is room, and then an empty one of the right size. */
import { AppError, errorData } from '../../shared/errors'
import { hasImageFiles, whyNotInPool } from '../../shared/model/storage/volume-abilities'
import type { ImageUser, Volume } from '../../shared/model/storage/volume'
import { formatBytes } from '../../shared/units'
import type { StorageSession, VolumeAt } from '../backends/storage-session'
import { cancelled } from './unless-aborted'

export interface WantedVolume {
  readonly sizeBytes: number
  /** What of it is no hole. */
  readonly storedBytes: number
  readonly format: string
  readonly overwrite: boolean
}

export interface Prepared {
  /** What is not written reads as zeros, so holes need not be sent. */
  readonly canHaveHoles: boolean
  /** It is gone without a trace when it is deleted: no fixed part of a disk. */
  readonly canBeRemoved: boolean
}

export async function prepareVolume(
  storage: StorageSession,
  at: VolumeAt,
  wanted: WantedVolume,
  signal: AbortSignal,
): Promise<Prepared> {
  const existing = (await storage.volumeDetails(at.pool, [at.volume])).volumes[0]
  if (existing) await refuseUnlessFree(storage, at, existing, wanted)
  const type = await poolType(storage, at.pool)
  const whyNot = whyNotInPool(type, 'upload')
  if (whyNot !== undefined) throw new AppError('unsupported', whyNot)
  const whyFixed =
    type === 'disk' ? ofItsSize : (whyNotInPool(type, 'create') ?? whyNotInPool(type, 'delete'))
  if (whyFixed !== undefined) return intoFixed(at, existing, wanted, whyFixed)
  await checkSpace(storage, at, wanted, existing?.allocationBytes ?? 0)
  if (signal.aborted) throw cancelled()
  if (existing) await storage.deleteVolume(at, true)
  await storage.prepareUpload(at, wanted.sizeBytes, wanted.format)
  const made = (await storage.volumeDetails(at.pool, [at.volume])).volumes[0]
  return { canHaveHoles: made?.type === 'file', canBeRemoved: true }
}

async function refuseUnlessFree(
  storage: StorageSession,
  { pool, volume }: VolumeAt,
  existing: Volume,
  { overwrite }: WantedVolume,
): Promise<void> {
  if (!overwrite) {
    throw new AppError('already-exists', `Pool ${pool} already has a volume named ${volume}`, {
      cure: 'Choose another name, or say that it shall be overwritten.',
      field: 'name',
    })
  }
  const { users } = await storage.usage()
  const own = [users[existing.path], users[existing.key], users[`${pool}/${volume}`]].flatMap(
    (all) => all ?? [],
  )
  const running = own.find(({ isRunning }) => isRunning)
  if (running) {
    throw new AppError('busy', `${volume} is in use by the running VM ${running.name}`, {
      cure: 'Shut the VM down first, or upload under another name.',
    })
  }
  const above = own.find(isBuiltOnIt)
  if (above) {
    throw new AppError('busy', `${above.name} is built on ${volume} and would be broken`, {
      cure: 'Upload under another name.',
    })
  }
}

function isBuiltOnIt({ kind }: ImageUser): boolean {
  return kind === 'backing' || kind === 'image'
}

export async function poolType(storage: StorageSession, name: string): Promise<string> {
  const { items } = await storage.pools()
  return items.find((pool) => pool.name === name)?.type ?? ''
}

/** A partition gets its name and number from the host, so it cannot be made anew under the same. */
const ofItsSize = 'Files go into partitions that are there already. Make one that is large enough first.'

/** Pools that make no volumes: what is there is what can be written to. */
function intoFixed(
  { volume }: VolumeAt,
  existing: Volume | undefined,
  wanted: WantedVolume,
  whyFixed: string,
): Prepared {
  if (!existing) {
    throw new AppError('unsupported', whyFixed, { cure: 'Choose one of its volumes, and overwrite it.' })
  }
  if (existing.capacityBytes < wanted.sizeBytes) {
    const sizes = `${formatBytes(existing.capacityBytes)}, the file ${formatBytes(wanted.sizeBytes)}`
    throw new AppError('invalid', `${volume} is too small: it has ${sizes}`, {
      cure: 'Choose a larger volume.',
    })
  }
  return { canHaveHoles: false, canBeRemoved: false }
}

async function checkSpace(
  storage: StorageSession,
  { pool }: VolumeAt,
  wanted: WantedVolume,
  /** What the volume that is replaced gives back. */
  freedBytes: number,
): Promise<void> {
  const find = async () => (await storage.pools()).items.find(({ name }) => name === pool)
  const found = await find()
  if (!found) return
  const neededBytes = (hasImageFiles(found.type) ? wanted.storedBytes : wanted.sizeBytes) - freedBytes
  if ((found.availableBytes ?? Number.POSITIVE_INFINITY) >= neededBytes) return
  // the host tells what it saw when it last looked
  await storage.poolAction(pool, 'refresh').catch((error: unknown) => {
    if (errorData(error).kind === 'unreachable') throw error
  })
  const availableBytes = (await find())?.availableBytes
  if (availableBytes === undefined || availableBytes >= neededBytes) return
  throw new AppError(
    'busy',
    `Pool ${pool} has ${formatBytes(availableBytes)} left, and ${formatBytes(neededBytes)} are needed`,
    { cure: 'Free some space in it or choose another pool.' },
  )
}
