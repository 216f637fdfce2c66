/** What there is at both ends of a move, read from both hosts at once. What a host does not tell keeps nobody from planning. */
import { AppError, isKind } from '../../shared/errors'
import type { HostChoices } from '../../shared/model/host-choices'
import type { HostDetails } from '../../shared/model/host-details'
import type { MoveInput } from '../../shared/model/migration/move'
import type { Pool } from '../../shared/model/storage/pool'
import { isActive, type VmRecord } from '../../shared/model/vm'
import type { HypervisorSession } from '../backends/backend'
import type { CpuFit, EmulatorOf, MovableDefinitions, MoveFacts } from '../backends/migration-session'
import { sourceDisks, type SourceDisk } from '../clone/source-disks'
import { guestFacts } from '../domain-xml/hardware/view'
import { EditDocument } from '../domain-xml/edit/tree'

export interface DiskFacts {
  readonly disk: SourceDisk
  readonly pool?: Pool
  readonly volume?: string
  readonly format?: string
  readonly sizeBytes?: number
  readonly backingPath?: string
  readonly backingFormat?: string
}

export interface MoveSurroundings {
  readonly vm: VmRecord
  readonly isRunning: boolean
  readonly definitions: MovableDefinitions
  /** The running one, or the stored one. */
  readonly document: EditDocument
  readonly emulator: EmulatorOf
  readonly disks: readonly DiskFacts[]
  readonly source: MoveFacts
  readonly target: MoveFacts
  readonly targetVms: readonly VmRecord[]
  readonly targetPools: readonly Pool[]
  readonly targetVolumes: ReadonlyMap<string, ReadonlySet<string>>
  readonly sourceChoices: HostChoices | undefined
  readonly targetChoices: HostChoices | undefined
  readonly targetDetails: HostDetails | undefined
  readonly cpuFit: CpuFit | undefined
  readonly commonCpu: string | undefined
  readonly isReached: boolean | undefined
}

export async function lookAround(
  from: HypervisorSession,
  to: HypervisorSession,
  { vm: id, options }: Pick<MoveInput, 'vm' | 'options'>,
): Promise<MoveSurroundings> {
  const vm = (await from.listVms()).find((one) => one.id === id)
  if (!vm) throw new AppError('not-found', 'This VM is no longer there')
  const definitions = await from.migration.definitions(id)
  const document = EditDocument.parse(
    definitions.running ?? definitions.stored ?? '',
    `the definition of ${vm.name}`,
  )
  const { architecture, virtType, machine } = guestFacts(document.root)
  const emulator = { architecture, virtType, machine }
  const cpu = document.root.find('cpu')?.toString()
  const [
    source,
    target,
    targetVms,
    targetPools,
    sourceChoices,
    targetChoices,
    targetDetails,
    cpuFit,
    sourcePools,
  ] = await Promise.all([
    from.migration.facts(emulator),
    to.migration.facts(emulator),
    to.listVms(),
    maybe(to.storage.pools()),
    maybe(from.hostChoices()),
    maybe(to.hostChoices()),
    maybe(to.hostDetails()),
    cpu === undefined ? undefined : maybe(to.migration.compareCpu(cpu, emulator)),
    maybe(from.storage.pools()),
  ])
  const active = (targetPools?.items ?? []).filter(isUsable)
  const wanted = sourceDisks(document.root)
  const [disks, targetVolumes, isReached, commonCpu] = await Promise.all([
    Promise.all(wanted.map((disk) => factsOf(from, disk, sourcePools?.items ?? []))),
    refreshed(to, active, wanted).then(() => namesIn(to, active)),
    maybe(from.migration.reaches(options.dataAddress ?? target.hostname)),
    cpuFit === 'incompatible' && source.cpu !== undefined && target.cpu !== undefined
      ? maybe(to.migration.commonCpu([source.cpu, target.cpu], emulator))
      : undefined,
  ])
  return {
    vm,
    isRunning: isActive(vm.state),
    definitions,
    document,
    emulator,
    disks,
    source,
    target,
    targetVms,
    targetPools: active,
    targetVolumes,
    sourceChoices,
    targetChoices,
    targetDetails,
    cpuFit,
    commonCpu,
    isReached,
  }
}

export function isUsable({ state }: Pool): boolean {
  return state === 'running' || state === 'degraded'
}

async function factsOf(
  session: HypervisorSession,
  disk: SourceDisk,
  pools: readonly Pool[],
): Promise<DiskFacts> {
  const { place } = disk
  const at =
    place.kind === 'volume'
      ? { pool: pools.find(({ name }) => name === place.pool), volume: place.volume }
      : place.kind === 'file' || place.kind === 'block'
        ? {
            pool: pools.find(({ path }) => path === place.path.slice(0, place.path.lastIndexOf('/'))),
            volume: place.path.slice(place.path.lastIndexOf('/') + 1),
          }
        : undefined
  const format = disk.format === undefined ? {} : { format: disk.format }
  if (at?.pool) {
    const { pool } = at
    const told = await maybe(session.storage.volumeDetails(pool.name, [at.volume]))
    const volume = told?.volumes[0]
    if (volume)
      return {
        disk,
        pool,
        volume: at.volume,
        ...format,
        sizeBytes: volume.capacityBytes,
        ...(volume.backingPath === undefined ? {} : { backingPath: volume.backingPath }),
        ...(volume.backingFormat === undefined ? {} : { backingFormat: volume.backingFormat }),
      }
  }
  if (place.kind !== 'file' && place.kind !== 'block') return { disk, ...format }
  const top = (await maybe(session.images.image(place.path)))?.chain[0]
  return {
    disk,
    ...format,
    ...(top === undefined ? {} : { sizeBytes: top.virtualSizeBytes }),
    ...(top?.backingPath === undefined ? {} : { backingPath: top.backingPath }),
    ...(top?.backingFormat === undefined ? {} : { backingFormat: top.backingFormat }),
  }
}

/** A host does not notice by itself what another one has put into storage that both see. */
async function refreshed(
  session: HypervisorSession,
  pools: readonly Pool[],
  disks: readonly SourceDisk[],
): Promise<void> {
  const looked = pools.filter(({ path, name }) =>
    disks.some(({ place }) =>
      place.kind === 'volume'
        ? place.pool === name
        : (place.kind === 'file' || place.kind === 'block') &&
          path === place.path.slice(0, place.path.lastIndexOf('/')),
    ),
  )
  await Promise.all(looked.map(({ name }) => maybe(session.storage.poolAction(name, 'refresh'))))
}

async function namesIn(
  session: HypervisorSession,
  pools: readonly Pool[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const names = new Map<string, ReadonlySet<string>>()
  await Promise.all(
    pools.map(async ({ name }) => {
      const told = await maybe(session.storage.volumeNames(name))
      if (told && !told.isTruncated) names.set(name, new Set(told.volumes.map((volume) => volume.name)))
    }),
  )
  return names
}

/** A host that is gone keeps one from planning; one that does not tell something does not. */
async function maybe<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (isKind(error, 'unreachable', 'cancelled')) throw error
    return undefined
  }
}
