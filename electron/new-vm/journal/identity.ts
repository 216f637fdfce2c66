/** By what a volume is known again, also when another one has come to its name. */
import type { Volume } from '../../../shared/model/storage/volume'
import type { HypervisorSession } from '../../backends/backend'
import type { Identity } from './creation-journal'

/** A moment of its own clock is not to make a file a stranger. */
const clockSlackMs = 10 * 60_000

export async function identityOf(session: HypervisorSession, volume: Volume): Promise<Identity> {
  const { path, format, capacityBytes } = volume
  const fileId = await fileIdOf(session, volume)
  return {
    path,
    capacityBytes,
    ...(format === undefined ? {} : { format }),
    ...(fileId === undefined ? {} : { fileId }),
  }
}

/** Only hosts on which commands can be run tell it. */
export async function fileIdOf(
  { images }: HypervisorSession,
  { path, type }: Volume,
): Promise<string | undefined> {
  if (type !== 'file' || !path.startsWith('/')) return undefined
  return images.fileId(path).catch(() => undefined)
}

/** `known`: undefined where the creation never heard that it was made; its name was free then. */
export function isStranger(
  known: Identity | undefined,
  now: Volume,
  fileId: string | undefined,
  startedAtMs: number,
): boolean {
  if (!known) return now.modifiedAtMs !== undefined && now.modifiedAtMs < startedAtMs - clockSlackMs
  if (known.path !== now.path) return true
  if (known.fileId !== undefined && fileId !== undefined) return known.fileId !== fileId
  // it may have grown since, as the last step of its making
  return known.format !== now.format || now.capacityBytes < known.capacityBytes
}
