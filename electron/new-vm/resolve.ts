/** From what the user wants to what a definition names: paths, formats, names of the volumes that will be made. */
import type { GuestCapabilities, GuestKind } from '../../shared/model/host-details'
import type { Values } from '../../shared/model/hardware/field'
import type { NewDisk, NewVmInput } from '../../shared/model/new-vm/new-vm'
import { hasImageFiles, volumeFormatsOf } from '../../shared/model/storage/volume-abilities'
import type { Pool } from '../../shared/model/storage/pool'
import type { Volume } from '../../shared/model/storage/volume'
import { cloudFacts, cloudVolume, type PlannedSeed, seedOf, type VolumeCopy } from './cloud'
import { copiedDisc, discCopiesOf, type DiscCopy } from './disc-copies'
import type { CreationFacts, ResolvedImage } from './facts'
import { freeName } from './free-name'
import { existingImage, isOnNetwork, ofVolume } from './images'
import { originalOf, type Upload } from './originals'
import { discsOf, type Surroundings } from './surroundings'

/** A volume that will be made for a disk of the VM. */
export interface NewVolume {
  /** Place in the input's disks. */
  readonly disk: number
  readonly pool: string
  /** Absent where the host numbers them itself: partitions. */
  readonly name?: string
  readonly format: string
  readonly values: Values
  /** Where it will be, as far as that is known before. */
  readonly path?: string
  /** It begins as a copy, and is empty otherwise. */
  readonly copy?: VolumeCopy
  /** Or as a file of this computer. */
  readonly upload?: Upload
}

/** Volumes that are there by now, by the place of their disk or disc. */
export type MadeVolumes = ReadonlyMap<number | 'seed' | `disc ${number}`, Volume>

export interface Resolved {
  readonly facts: CreationFacts
  readonly volumes: readonly NewVolume[]
  readonly seed?: PlannedSeed
  readonly discCopies: readonly DiscCopy[]
}

/** `made` know best where they are. */
export function resolveNewVm(
  input: NewVmInput,
  around: Surroundings,
  uuid: string,
  made: MadeVolumes = new Map(),
): Resolved {
  const volumes = newVolumes(input, around)
  const disks = input.disks.map((disk, at): ResolvedImage => {
    if (disk.kind === 'existing') return existingImage(disk.image, around, 'disk')
    const volume = made.get(at)
    if (volume) return ofVolume(disk.pool, volume, around)
    const planned = volumes.find((one) => one.disk === at)
    const kind = hasImageFiles(around.pools.byName.get(disk.pool)?.type ?? '') ? 'file' : 'block'
    return {
      source:
        planned?.path === undefined
          ? { kind: 'volume', pool: disk.pool, volume: planned?.name ?? `disk ${at + 1}` }
          : { kind, path: planned.path },
      format: planned?.format ?? disk.format,
    }
  })
  const discCopies = discCopiesOf(input, around)
  const discs =
    input.source.kind === 'drive'
      ? [{ source: { kind: 'block' as const, path: input.source.device }, format: 'raw' }]
      : discsOf(input.source).map((place, at) => {
          const copy = discCopies.find((one) => one.at === at)
          return copy
            ? copiedDisc(copy, made.get(`disc ${at}`), around)
            : existingImage(place, around, 'disc')
        })
  const seed = seedOf(input, around)
  return {
    ...(seed ? { seed } : {}),
    discCopies,
    facts: {
      ...cloudFacts(input, around, seed, made.get('seed')),
      uuid,
      usedMacs: around.usedMacs,
      guestKind: guestKindOf(input, around),
      capabilities: capabilitiesOf(input, around),
      disks,
      discs,
    },
    volumes,
  }
}

export function guestKindIn({ guest }: NewVmInput, { capabilities }: Surroundings): GuestKind | undefined {
  return capabilities.guests.find(
    (kind) =>
      kind.architecture === guest.architecture &&
      kind.osType === guest.osType &&
      kind.virtTypes.some(({ name }) => name === guest.virtType),
  )
}

function guestKindOf(input: NewVmInput, around: Surroundings): GuestKind {
  const { architecture, osType, virtType } = input.guest
  return (
    guestKindIn(input, around) ?? {
      architecture,
      osType,
      virtTypes: [{ name: virtType }],
      machines: [],
      features: [],
    }
  )
}

/** Of a driver that does not tell: nothing is known, so nothing is claimed. */
function capabilitiesOf({ guest }: NewVmInput, around: Surroundings): GuestCapabilities {
  return (
    around.guest ?? {
      virtType: guest.virtType,
      architecture: guest.architecture,
      ...(guest.machine === undefined ? {} : { machine: guest.machine }),
      firmware: { kinds: [], loaders: [], secureBoot: 'unknown' },
      cpuModes: [],
      cpuModels: [],
      devices: [],
      features: [],
    }
  )
}

function newVolumes(input: NewVmInput, around: Surroundings): NewVolume[] {
  const given = input.disks.flatMap((disk) =>
    disk.kind === 'new' && disk.volume !== undefined ? [`${disk.pool}/${disk.volume}`] : [],
  )
  const taken = new Set(given)
  return input.disks.flatMap((disk, at): NewVolume[] => {
    if (disk.kind !== 'new') return []
    const pool = around.pools.byName.get(disk.pool)
    const isTaken = (name: string): boolean =>
      taken.has(`${disk.pool}/${name}`) || around.volumeNames.get(disk.pool)?.has(name) === true
    const format = formatIn(pool, disk)
    const name =
      pool?.type === 'disk' ? undefined : (disk.volume ?? volumeName(input.name, pool, format, isTaken))
    if (name !== undefined) taken.add(`${disk.pool}/${name}`)
    const path = pool?.path === undefined ? undefined : `${pool.path}/${name ?? `(a new partition)`}`
    return [
      {
        disk: at,
        pool: disk.pool,
        ...(name === undefined ? {} : { name }),
        format,
        ...cloudVolume(input, at, around, valuesOf(disk, pool, name, format)),
        ...originalOf(disk, around),
        ...(path === undefined || (pool && isOnNetwork(pool)) ? {} : { path }),
      },
    ]
  })
}

/** Whatever the user chose, a logical volume is a raw disk. */
function formatIn(pool: Pool | undefined, disk: Extract<NewDisk, { kind: 'new' }>): string {
  if (!pool || hasImageFiles(pool.type)) return disk.format
  return volumeFormatsOf(pool.type).includes(disk.format) ? disk.format : 'raw'
}

/** Without an ending where volumes are no files. */
function volumeName(
  vmName: string,
  pool: Pool | undefined,
  format: string,
  isTaken: (name: string) => boolean,
): string {
  const isFile = !pool || hasImageFiles(pool.type)
  // LVM and others do not take every sign that the name of a VM may have
  if (!isFile) return freeName({ stem: vmName.replaceAll(/[:+]/g, '-') }, isTaken)
  return freeName({ stem: vmName, ending: format === 'raw' ? '.img' : `.${format}` }, isTaken)
}

function valuesOf(
  disk: Extract<NewDisk, { kind: 'new' }>,
  pool: Pool | undefined,
  name: string | undefined,
  format: string,
): Values {
  const type = pool?.type ?? 'dir'
  const isFile = hasImageFiles(type)
  return {
    ...(name === undefined ? {} : { name }),
    ...(volumeFormatsOf(type).length > 1 && isFile ? { format } : {}),
    capacityBytes: disk.sizeBytes,
    ...(isFile || type === 'zfs' ? { allocation: disk.isFull ? 'full' : 'sparse' } : {}),
  }
}
