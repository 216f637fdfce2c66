/** New disks that begin as copies of images which are there, in a pool and a format of their own. */
import type { LocalDisk, NewDisk, NewVmInput } from '../../shared/model/new-vm/new-vm'
import type { VolumeCopy } from './cloud'
import { volumeAt } from './images'
import { placeKey, type Surroundings } from './surroundings'

/** A file of this computer that becomes a disk, and grows to this size afterwards. */
export interface Upload extends LocalDisk {
  readonly toBytes: number
  /** It is a disk of the host's own formats already, and stays as it is. */
  readonly isWhole?: boolean
}

/** For all that follows a copy is as large as its original, where it is not to be larger. */
export function withOriginalSizes(input: NewVmInput, { volumes }: Surroundings): NewVmInput {
  const disks = input.disks.map((disk): NewDisk => {
    if (disk.kind !== 'new' || !disk.original || disk.original.kind === 'local') return disk
    const least = volumes.get(placeKey(disk.original))?.capacityBytes ?? 0
    return { ...disk, sizeBytes: Math.max(disk.sizeBytes, least) }
  })
  return { ...input, disks }
}

export function originalOf(
  { original, sizeBytes }: Extract<NewDisk, { kind: 'new' }>,
  around: Surroundings,
): { readonly copy?: VolumeCopy; readonly upload?: Upload } {
  if (original?.kind === 'local') return { upload: { ...original, toBytes: sizeBytes } }
  const from = original && volumeAt(original, around)
  if (!from) return {}
  const { name, capacityBytes } = from.volume
  return { copy: { pool: from.pool, volume: name, fromBytes: capacityBytes, toBytes: sizeBytes } }
}
