/** Backups as their pools have them: images, and a small file that says what they are. */
import { backupManifest, type Backup, type BackupManifest } from '../../shared/model/backups/backup'
import { manifestName } from '../../shared/model/backups/backup-names'
import { readVolumeBytes, writeVolumeBytes } from '../backends/small-volume'
import type { HypervisorSession } from '../backends/backend'

const maxBytes = 8 * 1024 ** 2

export async function writeManifest(
  { storage }: Pick<HypervisorSession, 'storage'>,
  pool: string,
  manifest: BackupManifest,
  signal: AbortSignal,
): Promise<void> {
  const bytes = new TextEncoder().encode(JSON.stringify(manifest))
  const at = { pool, volume: manifestName(manifest.id) }
  await storage.prepareUpload(at, bytes.length, 'raw')
  await writeVolumeBytes(storage, at, bytes, signal)
}

/** Undefined for what is none: anybody may put a file of this name there. */
export async function readManifest(
  { storage }: Pick<HypervisorSession, 'storage'>,
  pool: string,
  volume: string,
  signal: AbortSignal,
): Promise<BackupManifest | undefined> {
  const range = { offsetBytes: 0, lengthBytes: maxBytes }
  const bytes = await readVolumeBytes(storage, { pool, volume }, range, signal)
  try {
    const found = backupManifest.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
    return found.success && manifestName(found.data.id) === volume ? found.data : undefined
  } catch {
    return undefined
  }
}

/** `manifests`: all of one VM in this pool. */
export function asBackup(
  pool: string,
  manifest: BackupManifest,
  manifests: readonly BackupManifest[],
  volumes: ReadonlySet<string>,
): Backup {
  const { format: _, version: __, definition: ___, ...told } = manifest
  const neededBy: string[] = []
  for (const other of manifests.toSorted((one, two) => one.atMs - two.atMs)) {
    const { parent } = other
    if (parent !== undefined && (parent === manifest.id || neededBy.includes(parent))) neededBy.push(other.id)
  }
  const images = manifest.disks.map(({ volume }) => volume)
  return {
    ...told,
    pool,
    neededBy,
    files: [...images, manifestName(manifest.id)],
    missing: images.filter((volume) => !volumes.has(volume)),
  }
}
