import type { VolumeList } from '../../../../shared/model/host-choices'
import type { StorageSession } from '../../storage-session'
import type { QemuHost } from '../host'
import { poolsPart } from './pools'
import { PoolsFile } from './pools-file'
import { transferPart } from './transfer'
import { volumesPart } from './volumes'

export interface QemuStorage extends StorageSession {
  /** As choosers list them. */
  choices(pool: string): Promise<VolumeList>
}

/** `changed`: what is in a pool, or the pool itself. */
export function storageOf(host: QemuHost, changed: (pool: string) => void): QemuStorage {
  const file = new PoolsFile(host.store)
  const volumes = volumesPart(host, file, changed)
  return { ...poolsPart(host, file, volumes, changed), ...volumes, ...transferPart(host, file) }
}
