/** What becomes of each disk of a VM that is cloned, and why something else cannot. */
import type { CloneDisk, CloneInput, CloneWay, PlannedCloneDisk } from '../../shared/model/clone'
import { hasImageFiles, whyNotInPool } from '../../shared/model/storage/volume-abilities'
import type { Pool } from '../../shared/model/storage/pool'
import { isActive } from '../../shared/model/vm'
import { volumeName } from './names'
import type { SourceDisk } from './source-disks'
import type { CloneSurroundings } from './surroundings'

/** Names that are given away already, by pool. */
export type TakenNames = Map<string, Set<string>>

const imageFormats = new Set(['raw', 'qcow2', 'qed', 'qcow', 'vmdk', 'vdi', 'vpc'])

export function planDisks(
  input: CloneInput,
  name: string,
  around: CloneSurroundings,
  taken: TakenNames,
): PlannedCloneDisk[] {
  let isFirst = true
  return around.disks.map((disk) => {
    const wish = input.disks.find(({ target }) => target === disk.target)
    const planned = planDisk(input, disk, wish, { name, isFirst, isOne: input.count === 1 }, around, taken)
    if (disk.device === 'disk') isFirst = false
    return planned
  })
}

function planDisk(
  input: CloneInput,
  disk: SourceDisk,
  wish: CloneDisk | undefined,
  clone: { readonly name: string; readonly isFirst: boolean; readonly isOne: boolean },
  around: CloneSurroundings,
  taken: TakenNames,
): PlannedCloneDisk {
  const whyNot = whyNotEach(disk, around)
  const how = wish?.how ?? usualWay(disk, whyNot, input.usual)
  const found = around.volumes.get(disk.target)
  const image = imageOf(disk, around)
  const from = fromOf(disk, around)
  const sizeBytes = found?.volume.capacityBytes ?? image?.virtualSizeBytes
  const told: PlannedCloneDisk = {
    target: disk.target,
    device: disk.device,
    how,
    whyNot,
    ...(from === undefined ? {} : { from }),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
  }
  if (how !== 'copy' && how !== 'linked') return told
  const pool = poolFor(disk, how, wish?.pool, around)
  if (!pool) return wish?.pool === undefined ? told : { ...told, pool: wish.pool }
  const isFile = hasImageFiles(pool.type)
  const original = formatOf(disk, around)
  const format = how === 'linked' ? 'qcow2' : isFile && original !== undefined ? original : 'raw'
  const given = clone.isOne ? wish?.volume : undefined
  const own = taken.get(pool.name) ?? new Set<string>()
  taken.set(pool.name, own)
  const isTaken = (one: string): boolean =>
    own.has(one) || around.volumeNames.get(pool.name)?.has(one) === true
  const volume =
    given ?? volumeName(clone.name, { target: disk.target, isFirst: clone.isFirst }, format, isFile, isTaken)
  own.add(volume)
  const neededBytes =
    how === 'linked'
      ? 0
      : isFile
        ? (found?.volume.allocationBytes ?? image?.actualSizeBytes ?? sizeBytes)
        : sizeBytes
  return {
    ...told,
    to: pool.path === undefined ? `${pool.name}/${volume}` : `${pool.path}/${volume}`,
    pool: pool.name,
    volume,
    format,
    ...(neededBytes === undefined ? {} : { neededBytes }),
  }
}

function whyNotEach(disk: SourceDisk, around: CloneSurroundings): PlannedCloneDisk['whyNot'] {
  const copy = whyNotCopied(disk, around)
  const linked = copy ?? whyNotLinked(disk, around)
  return { ...(copy === undefined ? {} : { copy }), ...(linked === undefined ? {} : { linked }) }
}

function whyNotCopied(disk: SourceDisk, around: CloneSurroundings): string | undefined {
  const { place, moment } = disk
  if (moment === 'none') return 'The snapshot keeps nothing of it'
  if (place.kind === 'none') return 'There is no medium in it'
  if (place.kind === 'other') return 'It lies on network storage, whose server makes copies'
  const found = around.volumes.get(disk.target)
  if (place.kind === 'volume' && !found) return `The pool ${place.pool} is not active, or the volume is gone`
  if (!found && !imageOf(disk, around)) return 'It is in no pool, and the tools of the host cannot read it'
  const seen = found?.volume.format ?? imageOf(disk, around)?.format
  if (moment === 'inside' && !imageOf(disk, around)) return 'The tools of the host cannot read its image'
  // a guest writes what it likes at the beginning of a raw disk, also the beginning of an image
  if (disk.format !== undefined && seen !== undefined && imageFormats.has(seen) && disk.format !== seen)
    return `The VM uses it as ${disk.format}, but the host takes it for ${seen}`
  if (!poolFor(disk, 'copy', undefined, around)) return 'No active pool of this host takes a copy'
  return undefined
}

function whyNotLinked(disk: SourceDisk, around: CloneSurroundings): string | undefined {
  if (disk.device !== 'disk') return 'Only disks can be linked'
  const found = around.volumes.get(disk.target)
  if (found?.volume.isEncrypted === true || imageOf(disk, around)?.isEncrypted === true)
    return 'It is encrypted'
  if (basePath(disk, around) === undefined) return 'It has no path on the host'
  if (formatOf(disk, around) === undefined) return 'Nobody knows its format'
  if (disk.moment === 'inside') return 'The snapshot is inside an image, which a layer cannot be built on'
  // what lies below a snapshot is not written to
  if (disk.moment === undefined && isActive(around.vm.state))
    return `${around.vm.name} is on and goes on writing to it`
  if (!poolFor(disk, 'linked', undefined, around)) return 'No active pool of this host keeps images as files'
  return undefined
}

function usualWay(
  disk: SourceDisk,
  whyNot: PlannedCloneDisk['whyNot'],
  usual: CloneInput['usual'] = 'copy',
): CloneWay {
  if (disk.device === 'cdrom' || disk.device === 'floppy') return 'share'
  if (disk.isReadOnly || disk.isShareable || disk.place.kind === 'none') return 'share'
  if (disk.device === 'lun') return 'skip'
  if (usual === 'linked' && whyNot.linked === undefined) return 'linked'
  return whyNot.copy === undefined ? 'copy' : 'skip'
}

/** Pools that take a volume of a given name: partitions are named by the host. */
export function takesCopies(pool: Pool): boolean {
  return pool.type !== 'disk' && whyNotInPool(pool.type, 'clone') === undefined
}

export function poolFor(
  disk: SourceDisk,
  how: 'copy' | 'linked',
  wanted: string | undefined,
  around: CloneSurroundings,
): Pool | undefined {
  const isVolume = around.volumes.has(disk.target) && disk.moment !== 'inside'
  const fits = (pool: Pool): boolean =>
    takesCopies(pool) && (hasImageFiles(pool.type) || (how === 'copy' && isVolume))
  if (wanted !== undefined) return around.pools.find((pool) => pool.name === wanted && fits(pool))
  const own = around.volumes.get(disk.target)?.pool
  if (own && fits(own)) return own
  const able = around.pools.filter((pool) => hasImageFiles(pool.type) && fits(pool))
  return able.find(({ name }) => name === 'default') ?? able[0]
}

export function imageOf({ place }: SourceDisk, { images }: CloneSurroundings) {
  return place.kind === 'file' || place.kind === 'block' ? images.get(place.path) : undefined
}

/** As the VM uses it, else as the host sees it. */
export function formatOf(disk: SourceDisk, around: CloneSurroundings): string | undefined {
  const seen = around.volumes.get(disk.target)?.volume.format ?? imageOf(disk, around)?.format
  const format = disk.format ?? seen
  return format !== undefined && imageFormats.has(format)
    ? format
    : around.volumes.get(disk.target)?.volume.type === 'block' || disk.device === 'cdrom'
      ? 'raw'
      : undefined
}

/** Where a layer finds its base. */
export function basePath(disk: SourceDisk, around: CloneSurroundings): string | undefined {
  const { place } = disk
  const path =
    around.volumes.get(disk.target)?.volume.path ??
    (place.kind === 'file' || place.kind === 'block' ? place.path : undefined)
  return path?.startsWith('/') === true ? path : undefined
}

function fromOf(disk: SourceDisk, around: CloneSurroundings): string | undefined {
  const { place } = disk
  if (place.kind === 'none') return undefined
  if (place.kind === 'other') return place.words
  if (place.kind !== 'volume') return place.path
  return basePath(disk, around) ?? `${place.pool}/${place.volume}`
}
