/**
 * What there is on a host around a new VM, read at once. Everything but the kinds of guests may be missing: what a host
 * refuses to tell, or takes too long to, keeps nobody from planning, and is named instead.
 */
import { isKind } from '../../shared/errors'
import type { DetectedTree } from '../../shared/model/new-vm/install-tree'
import type { HostFeatures, HostInfo } from '../../shared/model/host'
import type { HostInterface, NetworkChoice } from '../../shared/model/host-choices'
import type { GuestCapabilities, HostCapabilities, HostDetails } from '../../shared/model/host-details'
import type { InstallDisc, NewVmInput, PlaceOnHost } from '../../shared/model/new-vm/new-vm'
import type { PathAccess } from '../../shared/model/storage/image'
import type { Pool } from '../../shared/model/storage/pool'
import { hasImageFiles, whyNotInPool } from '../../shared/model/storage/volume-abilities'
import type { StorageUsage, Volume } from '../../shared/model/storage/volume'
import type { VmRecord } from '../../shared/model/vm'
import type { ContainerLook } from '../../shared/model/new-vm/container'
import type { HypervisorSession } from '../backends/backend'
import { lookAtContainer } from './container-look'
import { startPoolOf } from './first-start/plan'

const patienceMs = 9000

/** Things by name. Only of a complete list it can be said that something is not there. */
export interface Named<T> {
  readonly byName: ReadonlyMap<string, T>
  readonly isComplete: boolean
}

export interface Surroundings {
  readonly info: HostInfo
  readonly features: HostFeatures
  readonly capabilities: HostCapabilities
  readonly guest: GuestCapabilities | undefined
  readonly vms: readonly VmRecord[] | undefined
  readonly details: HostDetails | undefined
  readonly pools: Named<Pool>
  /** All names in a pool, of those pools that could be read. */
  readonly volumeNames: ReadonlyMap<string, ReadonlySet<string>>
  /** Of images the user chose, by `placeKey`. */
  readonly volumes: ReadonlyMap<string, Volume>
  /** Of images that are in no pool: their format, by path. */
  readonly formats: ReadonlyMap<string, string>
  readonly access: ReadonlyMap<string, PathAccess>
  /** Paths of images that nobody can look at, as no command can be run on the host. */
  readonly unlooked: ReadonlySet<string>
  /** Pools that VMs can read files of, where one of the chosen images is closed to them. */
  readonly openPools: readonly string[]
  readonly usage: StorageUsage | undefined
  /** The folder on a web server that is installed from, once it was looked at. */
  readonly tree?: DetectedTree
  /** Of a container's files. */
  readonly container?: ContainerLook
  readonly networks: Named<NetworkChoice>
  readonly interfaces: Named<HostInterface>
  /** Of the cards of all VMs, in lower case. */
  readonly usedMacs: ReadonlySet<string>
  /** "the pools", "who uses which disk": what nobody could find out. */
  readonly unread: readonly string[]
}

/** Images that exist before the VM does. */
export function chosenImages({ disks, source }: Pick<NewVmInput, 'disks' | 'source'>): PlaceOnHost[] {
  return [
    ...disks.flatMap((disk) =>
      disk.kind === 'existing'
        ? [disk.image]
        : disk.original && disk.original.kind !== 'local'
          ? [disk.original]
          : [],
    ),
    ...discsOf(source),
    ...(source.kind === 'cloud' ? [source.base] : []),
  ]
}

export function discsOf(source: NewVmInput['source']): InstallDisc[] {
  return source.kind === 'iso' ? [source.disc, ...source.second] : []
}

export function placeKey(place: PlaceOnHost): string {
  return place.kind === 'path' ? place.path : `${place.pool}/${place.volume}`
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')))
}

/** Ends with an error only when the host is gone or cannot tell what guests it runs. */
export async function readSurroundings(session: HypervisorSession, input: NewVmInput): Promise<Surroundings> {
  const reading = new Reading()
  const { guest: wanted } = input
  const { architecture, virtType, machine } = wanted
  const [capabilities, guest, vms, details, listed, usage, choices, container] = await Promise.all([
    session.capabilities(),
    // drivers that do not tell are not checked
    reading.maybe('what guests can have here', ['unsupported', 'invalid'], () =>
      session.guestCapabilities({
        architecture,
        virtType,
        ...(machine === undefined ? {} : { machine }),
      }),
    ),
    reading.maybe('the other VMs', [], () => session.listVms()),
    reading.maybe("the host's memory", ['unsupported'], () => session.hostDetails()),
    reading.maybe('the pools', ['unsupported'], () => session.storage.pools()),
    chosenImages(input).length === 0
      ? undefined
      : reading.maybe('who uses which disk', ['unsupported'], () => session.storage.usage()),
    input.nics.length === 0 && input.changes.length === 0
      ? undefined
      : reading.maybe('the networks', ['unsupported'], () => session.hostChoices()),
    lookedAt(session, input, reading),
  ])
  if (listed?.error && listed.error.kind !== 'unsupported') reading.miss('the pools')
  if (choices?.networks.error) reading.miss('the networks')
  const pools = named(listed)
  const images = await readImages(session, input, pools, reading)
  return {
    info: session.info,
    features: session.features,
    capabilities,
    guest,
    vms,
    details,
    pools,
    ...images,
    usage,
    ...(container ? { container } : {}),
    networks: named(choices?.networks),
    interfaces: named(choices?.interfaces),
    usedMacs: new Set(choices?.macs.items.map(({ mac }) => mac)),
    unread: reading.unread,
  }
}

/** Where no command can be run on the host there is nothing to look with. */
async function lookedAt(
  session: HypervisorSession,
  { source }: NewVmInput,
  reading: Reading,
): Promise<ContainerLook | undefined> {
  if (source.kind !== 'container') return undefined
  return reading.maybe("the container's files", ['unsupported', 'denied'], () =>
    lookAtContainer(source, (path) => session.images.folder(path)),
  )
}

async function readImages(
  session: HypervisorSession,
  input: NewVmInput,
  pools: Named<Pool>,
  reading: Reading,
): Promise<Pick<Surroundings, 'volumeNames' | 'volumes' | 'formats' | 'access' | 'unlooked' | 'openPools'>> {
  const chosen = chosenImages(input)
  const isActive = (name: string): boolean => {
    const state = pools.byName.get(name)?.state
    return state === 'running' || state === 'degraded'
  }
  const wanted = new Map<string, Set<string>>()
  const want = (pool: string, volume?: string): void => {
    const names = wanted.get(pool) ?? new Set<string>()
    wanted.set(pool, names)
    if (volume !== undefined) names.add(volume)
  }
  for (const disk of input.disks) if (disk.kind === 'new') want(disk.pool)
  if (input.source.kind === 'cloud') want(input.source.pool)
  for (const { copyTo } of discsOf(input.source)) if (copyTo !== undefined) want(copyTo)
  if (input.source.kind === 'iso' && input.source.answers) want(input.source.answers.pool)
  const startPool = input.source.kind === 'tree' ? startPoolOf(input, pools) : undefined
  if (startPool) want(startPool.name)
  for (const place of chosen) {
    if (place.kind === 'volume') want(place.pool, place.volume)
    else
      for (const pool of pools.byName.values())
        if (pool.path === folderOf(place.path)) want(pool.name, place.path.slice(pool.path.length + 1))
  }
  const volumeNames = new Map<string, ReadonlySet<string>>()
  const volumes = new Map<string, Volume>()
  await Promise.all(
    [...wanted]
      .filter(([pool]) => isActive(pool))
      .map(async ([pool, names]) => {
        const told = await reading.maybe(`the volumes of ${pool}`, [], () =>
          session.storage.volumeNames(pool),
        )
        if (told && !told.isTruncated) volumeNames.set(pool, new Set(told.volumes.map(({ name }) => name)))
        if (names.size === 0) return
        const found = await reading.maybe(`the volumes of ${pool}`, [], () =>
          session.storage.volumeDetails(pool, [...names]),
        )
        if (found?.error) reading.miss(`the volumes of ${pool}`)
        for (const one of found?.volumes ?? []) {
          volumes.set(`${pool}/${one.name}`, one)
          volumes.set(one.path, one)
        }
      }),
  )
  const paths = [
    ...new Set(chosen.flatMap((place) => volumes.get(placeKey(place))?.path ?? pathOf(place))),
  ].filter((path) => path.startsWith('/'))
  const device = input.source.kind === 'drive' ? [input.source.device] : []
  const access = new Map<string, PathAccess>()
  const unlooked = new Set<string>()
  const lookAt = (path: string): Promise<PathAccess> =>
    session.images.pathAccess(path).catch((reason: unknown) => {
      if (isKind(reason, 'unsupported')) unlooked.add(path)
      throw reason
    })
  const formats = new Map<string, string>()
  await Promise.all([
    ...[...paths, ...device].map(async (path) => {
      const told = await reading.maybe(`the way to ${path}`, ['unsupported'], () => lookAt(path))
      if (told) access.set(path, told)
    }),
    ...paths
      .filter((path) => !volumes.has(path) && !isDevice(path) && !/\.iso$/i.test(path))
      .map(async (path) => {
        const told = await reading.maybe(
          `the format of ${path}`,
          ['unsupported', 'not-found', 'invalid', 'denied', 'busy', 'internal'],
          () => session.images.image(path),
        )
        const format = told?.chain[0]?.format
        if (format !== undefined) formats.set(path, format)
      }),
  ])
  const isClosed = unlooked.size > 0 || [...access.values()].some(({ blockedAt }) => blockedAt !== undefined)
  const openPools = isClosed ? await poolsOpenToVms(pools, lookAt, reading) : []
  return { volumeNames, volumes, formats, access, unlooked, openPools }
}

/** More than a few are no choice. */
const maxOpenPools = 8

/** "default" first, as it is made for this; then those with the most room. Where nobody can look, a pool is taken to be open. */
async function poolsOpenToVms(
  pools: Named<Pool>,
  lookAt: (path: string) => Promise<PathAccess>,
  reading: Reading,
): Promise<string[]> {
  const folders = [...pools.byName.values()]
    .filter(
      ({ type, state, path }) =>
        (state === 'running' || state === 'degraded') &&
        path !== undefined &&
        hasImageFiles(type) &&
        whyNotInPool(type, 'create') === undefined,
    )
    .toSorted(
      (a, b) =>
        Number(b.name === 'default') - Number(a.name === 'default') ||
        (b.availableBytes ?? 0) - (a.availableBytes ?? 0),
    )
    .slice(0, maxOpenPools)
  const looked = await Promise.all(
    folders.map(({ path = '' }) => reading.maybe(`the way to ${path}`, ['unsupported'], () => lookAt(path))),
  )
  return folders
    .filter(({ path = '' }, at) => looked[at]?.blockedAt === undefined && !isUsuallyClosed(path))
    .map(({ name }) => name)
}

/** Homes are closed to other users. */
export function isUsuallyClosed(path: string): boolean {
  return /^\/(?:home\/[^/]+|root)(?:\/|$)/.test(path)
}

export function isDevice(path: string): boolean {
  return path.startsWith('/dev/')
}

function pathOf(place: PlaceOnHost): string[] {
  return place.kind === 'path' ? [place.path] : []
}

function named<T extends { readonly name: string }>(
  listed: { readonly items: readonly T[]; readonly error?: unknown } | undefined,
): Named<T> {
  return {
    byName: new Map((listed?.items ?? []).map((item) => [item.name, item])),
    isComplete: listed !== undefined && listed.error === undefined,
  }
}

/** Remembers what could not be found out. */
class Reading {
  readonly #missed = new Set<string>()

  get unread(): readonly string[] {
    return [...this.#missed]
  }

  miss(what: string): void {
    this.#missed.add(what)
  }

  /** Errors of a kind in `passed` only say that there is nothing to look at. A host that is gone ends it all. */
  async maybe<T>(
    what: string,
    passed: readonly Parameters<typeof isKind>[1][],
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), patienceMs)
    })
    try {
      const told = await Promise.race([work(), late])
      if (told !== 'late') return told
      this.miss(what)
    } catch (error) {
      if (isKind(error, 'unreachable', 'cancelled')) throw error
      if (!isKind(error, ...passed)) this.miss(what)
    } finally {
      clearTimeout(timer)
    }
    return undefined
  }
}
