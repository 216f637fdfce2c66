/** What becomes of each disk of a VM that is exported: sent as it is, or made into an image first, or left out. */
import type { ExportInput, PlannedExportDisk } from '../../shared/model/export'
import type { Pool } from '../../shared/model/storage/pool'
import { hasImageFiles } from '../../shared/model/storage/volume-abilities'
import { basePath, formatOf, imageOf, takesCopies } from '../clone/disk-plans'
import type { SourceDisk } from '../clone/source-disks'
import type { CloneSurroundings } from '../clone/surroundings'

/** How the data of a disk come to this computer. */
export type ExportWay =
  /** The volume, byte for byte. */
  | { readonly kind: 'as-is'; readonly pool: string; readonly volume: string }
  /** A copy that the storage driver makes of a volume, alone of any base. */
  | { readonly kind: 'copy'; readonly pool: string; readonly volume: string; readonly format: string }
  /** An image that the host's own tools make of a path. */
  | { readonly kind: 'convert'; readonly path: string; readonly format: string }

export interface WorkedOutDisk {
  readonly planned: PlannedExportDisk
  readonly source: SourceDisk
  /** Absent for what is left out. */
  readonly way?: ExportWay
}

/** Formats that are taken along as they are. */
const kept = new Set(['raw', 'qcow2'])

export function exportDisks(
  input: ExportInput,
  around: CloneSurroundings,
  layers: ReadonlyMap<string, number>,
): WorkedOutDisk[] {
  return around.disks.map((disk) => exportDisk(input, disk, around, layers.get(disk.target) ?? 0))
}

function exportDisk(
  input: ExportInput,
  disk: SourceDisk,
  around: CloneSurroundings,
  layerCount: number,
): WorkedOutDisk {
  const { target, device, place } = disk
  const from =
    place.kind === 'none'
      ? undefined
      : place.kind === 'volume'
        ? (basePath(disk, around) ?? `${place.pool}/${place.volume}`)
        : place.kind === 'other'
          ? place.words
          : place.path
  const found = around.volumes.get(target)
  const image = imageOf(disk, around)
  const sizeBytes = found?.volume.capacityBytes ?? image?.virtualSizeBytes
  const whyNot = whyLeftOut(input, disk, around)
  const way = whyNot === undefined ? wayOf(input, disk, around, layerCount) : undefined
  const isWished = input.disks === undefined ? device === 'disk' : input.disks.includes(target)
  const isIncluded = isWished && way !== undefined
  const format = way && (way.kind === 'as-is' ? (formatOf(disk, around) ?? 'raw') : way.format)
  // zeros of a raw image are not written, those of others are not there
  const neededBytes = found?.volume.allocationBytes ?? image?.actualSizeBytes ?? sizeBytes
  return {
    source: disk,
    planned: {
      target,
      device,
      isIncluded,
      isConverted: isIncluded && way.kind !== 'as-is',
      layerCount,
      ...(whyNot === undefined ? {} : { whyNot }),
      ...(from === undefined ? {} : { from }),
      ...(sizeBytes === undefined ? {} : { sizeBytes }),
      ...(isIncluded && format !== undefined
        ? { format, file: fileName(input, target, around, format), neededBytes: neededBytes ?? 0 }
        : {}),
    },
    ...(isIncluded ? { way } : {}),
  }
}

/** In an OVF disks are named after the VM, as products do; in a bundle after what the definition calls them. */
function fileName({ kind }: ExportInput, target: string, { vm }: CloneSurroundings, format: string): string {
  const plain = target.replaceAll(/[^A-Za-z0-9_-]/g, '-')
  const ending = format === 'raw' ? 'img' : format
  return kind === 'bundle' ? `${plain}.${ending}` : `${fileStem(vm.name)}-${plain}.${ending}`
}

/** Names of archives have an end, and readers of other systems take no odd signs. */
export function fileStem(name: string): string {
  return (
    name
      .replaceAll(/[^A-Za-z0-9_.+-]/g, '-')
      .replace(/^[-.]+/, '')
      .slice(0, 60) || 'vm'
  )
}

function whyLeftOut(input: ExportInput, disk: SourceDisk, around: CloneSurroundings): string | undefined {
  const { place, device, target } = disk
  if (place.kind === 'none') return 'There is no medium in it'
  if (place.kind === 'other') return 'It lies on network storage'
  if (input.kind === 'ovf' && device !== 'disk') return 'Only disks come along in an OVF'
  if (device === 'lun') return 'It is a device of the host'
  const found = around.volumes.get(target)
  const image = imageOf(disk, around)
  if (place.kind === 'volume' && !found) return `The pool ${place.pool} is not active, or the volume is gone`
  if (!found && !image) return 'It is in no pool, and the tools of the host cannot read it'
  if (found?.volume.isEncrypted === true || image?.isEncrypted === true) return 'It is encrypted'
  const seen = found?.volume.format ?? image?.format
  // a guest writes what it likes at the beginning of a raw disk, also the beginning of an image
  if (
    disk.format === 'raw' &&
    seen !== undefined &&
    !['raw', 'iso', 'none'].includes(seen) &&
    seen !== 'unknown'
  )
    return `The VM uses it as raw, but the host takes it for ${seen}`
  return undefined
}

function wayOf(
  { kind, diskFormat = 'vmdk' }: ExportInput,
  disk: SourceDisk,
  around: CloneSurroundings,
  layerCount: number,
): ExportWay | undefined {
  const found = around.volumes.get(disk.target)
  const own = formatOf(disk, around) ?? 'raw'
  const wanted = kind === 'ovf' ? diskFormat : kept.has(own) ? own : 'qcow2'
  const isAlone = layerCount === 0 && found?.volume.backingPath === undefined
  const at = found && { pool: found.pool.name, volume: found.volume.name }
  if (at && isAlone && own === wanted && wanted !== 'vmdk') return { kind: 'as-is', ...at }
  // only the host's own tools write VMDK as other products read it
  if (at && wanted !== 'vmdk') return { kind: 'copy', ...at, format: wanted }
  const path = basePath(disk, around)
  return path === undefined ? undefined : { kind: 'convert', path, format: wanted }
}

/** Where images can be made meanwhile: files of the host, seen as volumes too. */
export function roomyPools({ pools }: CloneSurroundings): Pool[] {
  return pools
    .filter((pool) => takesCopies(pool) && hasImageFiles(pool.type) && pool.path !== undefined)
    .toSorted((a, b) => (b.availableBytes ?? 0) - (a.availableBytes ?? 0))
}
