/** What there is around a VM that is to be cloned: where its disks lie, who uses them, and where copies can go. */
import { isKind } from '../../shared/errors'
import type { CloneInput } from '../../shared/model/clone'
import type { Snapshot } from '../../shared/model/snapshots/snapshot'
import type { ImageInfo } from '../../shared/model/storage/image'
import type { Pool } from '../../shared/model/storage/pool'
import type { StorageUsage, Volume } from '../../shared/model/storage/volume'
import type { VmRecord } from '../../shared/model/vm'
import type { HypervisorSession } from '../backends/backend'
import { EditDocument } from '../domain-xml/edit/tree'
import { asOfSnapshot, snapshotToClone } from './as-of-snapshot'
import { nvramPath } from './definition'
import { sourceDisks, type SourceDisk } from './source-disks'

export interface FoundVolume {
  readonly pool: Pool
  readonly volume: Volume
}

export interface CloneSurroundings {
  /** With its secrets: for the host only. */
  readonly original: EditDocument
  readonly disks: readonly SourceDisk[]
  /** The one that the disks are of. */
  readonly snapshot?: Snapshot
  readonly vm: VmRecord
  readonly vms: readonly VmRecord[]
  /** Active ones. */
  readonly pools: readonly Pool[]
  readonly volumeNames: ReadonlyMap<string, ReadonlySet<string>>
  /** By the disk's target, for disks that are volumes. */
  readonly volumes: ReadonlyMap<string, FoundVolume>
  /** By path, for files and devices that are in no pool, as far as the host's tools can read them. */
  readonly images: ReadonlyMap<string, ImageInfo>
  readonly usage: StorageUsage | undefined
  /** Paths beside the UEFI variables that are files already. */
  readonly besideNvram: ReadonlySet<string>
  /** Of the cards of all VMs, in lower case. */
  readonly usedMacs: ReadonlySet<string>
  readonly unread: readonly string[]
}

export async function readCloneSurroundings(
  session: HypervisorSession,
  input: Pick<CloneInput, 'vm' | 'snapshot'>,
  vm: VmRecord,
  vms: readonly VmRecord[],
): Promise<CloneSurroundings> {
  const unread = new Set<string>()
  /** What cannot be told keeps nobody from planning; a host that is gone does. */
  const maybe = async <T>(what: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch (error) {
      if (isKind(error, 'unreachable', 'cancelled')) throw error
      if (!isKind(error, 'unsupported')) unread.add(what)
      return undefined
    }
  }
  const [xml, view, listed, usage, choices] = await Promise.all([
    session.creation.source(input.vm),
    input.snapshot === undefined ? undefined : session.snapshots.snapshots(input.vm),
    maybe('the pools', () => session.storage.pools()),
    maybe('who uses which disk', () => session.storage.usage()),
    maybe('the network cards of the other VMs', () => session.hostChoices()),
  ])
  const original = EditDocument.parse(xml, `the definition of ${vm.name}`)
  const snapshot = view && input.snapshot !== undefined ? snapshotToClone(view, input.snapshot) : undefined
  const disks = sourceDisks(original.root).map((disk) =>
    view && snapshot ? asOfSnapshot(disk, snapshot, view) : disk,
  )
  const pools = (listed?.items ?? []).filter(({ state }) => state === 'running' || state === 'degraded')
  const volumeNames = new Map<string, ReadonlySet<string>>()
  const volumes = new Map<string, FoundVolume>()
  const images = new Map<string, ImageInfo>()
  await Promise.all([
    ...pools.map(async ({ name }) => {
      const told = await maybe(`the volumes of ${name}`, () => session.storage.volumeNames(name))
      if (told && !told.isTruncated) volumeNames.set(name, new Set(told.volumes.map((one) => one.name)))
    }),
    ...disks.map(async (disk) => {
      const at = volumeAt(disk, pools)
      if (!at) return
      const told = await maybe(`the volumes of ${at.pool.name}`, () =>
        session.storage.volumeDetails(at.pool.name, [at.volume]),
      )
      const volume = told?.volumes[0]
      if (volume) volumes.set(disk.target, { pool: at.pool, volume })
    }),
  ])
  const nvram = nvramPath(original.root)
  // what is inside of an image is read by the host's tools, wherever the image lies
  const outside = disks.flatMap(({ place, target, moment }) =>
    (place.kind === 'file' || place.kind === 'block') && (!volumes.has(target) || moment === 'inside')
      ? [place.path]
      : [],
  )
  const besideNvram = new Set<string>()
  await Promise.all([
    ...[...new Set([...outside, ...(nvram === undefined ? [] : [nvram])])].map(async (path) => {
      // what cannot be looked at cannot be copied, which is told where it matters
      const report = await session.images.image(path).catch((error: unknown) => {
        if (isKind(error, 'unreachable', 'cancelled')) throw error
        return undefined
      })
      const top = report?.chain[0]
      if (top && report.brokenBy === undefined) images.set(path, top)
    }),
    nvram === undefined ? undefined : listBeside(session, nvram, besideNvram),
  ])
  const usedMacs = new Set(choices?.macs.items.map(({ mac }) => mac))
  return {
    usedMacs,
    original,
    disks,
    ...(snapshot ? { snapshot } : {}),
    vm,
    vms,
    pools,
    volumeNames,
    volumes,
    images,
    usage,
    besideNvram,
    unread: [...unread],
  }
}

/** A host that does not say keeps nobody from planning: the copy is refused where a file of its name is there after all. */
async function listBeside(session: HypervisorSession, path: string, into: Set<string>): Promise<void> {
  const folder = path.slice(0, path.lastIndexOf('/'))
  try {
    for (const { name } of (await session.images.folder(folder === '' ? '/' : folder)).files)
      into.add(`${folder}/${name}`)
  } catch (error) {
    if (isKind(error, 'unreachable', 'cancelled')) throw error
  }
}

function volumeAt(
  { place }: SourceDisk,
  pools: readonly Pool[],
): { readonly pool: Pool; readonly volume: string } | undefined {
  if (place.kind === 'volume') {
    const pool = pools.find(({ name }) => name === place.pool)
    return pool && { pool, volume: place.volume }
  }
  if (place.kind !== 'file' && place.kind !== 'block') return undefined
  const at = place.path.lastIndexOf('/')
  const pool = pools.find(({ path }) => path === place.path.slice(0, at))
  return pool && { pool, volume: place.path.slice(at + 1) }
}
