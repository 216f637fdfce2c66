import type { VolumeList } from '../../../../shared/model/host-choices'
import type { StorageUsage } from '../../../../shared/model/storage/volume'
import type { StorageSession } from '../../storage-session'
import type { QemuHost } from '../host'
import { poolsPart } from './pools'
import { PoolsFile } from './pools-file'
import { transferPart } from './transfer'
import { readUsage } from './usage'
import { volumesPart } from './volumes'

export interface QemuStorage extends StorageSession {
  /** As choosers list them. */
  choices(pool: string): Promise<VolumeList>
  /** With what lies in these folders, whether they are pools or not. */
  usageNear(folders: readonly string[]): Promise<StorageUsage>
}

/** `changed`: what is in a pool, or the pool itself. */
export function storageOf(host: QemuHost, changed: (pool: string) => void): QemuStorage {
  const file = new PoolsFile(host.store)
  const volumes = volumesPart(host, file, changed)
  return {
    ...poolsPart(host, file, volumes, changed),
    ...volumes,
    ...transferPart(host, file),
    usageNear: (folders) => readUsage(host, file, folders),
  }
}
