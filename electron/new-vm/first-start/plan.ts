/** Which files a VM that is installed from the network is started with, and where they lie on the host until it has. */
import type { DetectedTree, TreeSource } from '../../../shared/model/new-vm/install-tree'
import { treeFolder } from '../../../shared/model/new-vm/install-tree'
import { kernelLineOf, wholeLine } from '../../../shared/model/new-vm/kernel-line'
import type { NewVmInput, PlannedFile } from '../../../shared/model/new-vm/new-vm'
import type { Pool } from '../../../shared/model/storage/pool'
import { hasImageFiles, whyNotInPool } from '../../../shared/model/storage/volume-abilities'
import { freeName } from '../free-name'
import type { Surroundings } from '../surroundings'

export interface StartFile {
  readonly what: 'kernel' | 'initrd'
  /** Where it is fetched. */
  readonly url: string
  readonly pool: string
  readonly volume: string
  /** Where it will be. */
  readonly path: string
}

export interface FirstStart {
  readonly files: readonly StartFile[]
  readonly line: string
}

/** Of a folder that was looked at; absent where the host has no place for the files. */
export function firstStartOf(
  input: NewVmInput,
  source: TreeSource,
  tree: DetectedTree,
  around: Pick<Surroundings, 'pools' | 'volumeNames'>,
): FirstStart | undefined {
  const pool = startPoolOf(input, around.pools)
  if (pool?.path === undefined) return undefined
  const folder = treeFolder(source.url)
  const file = (what: StartFile['what'], below: string): StartFile => {
    const taken = around.volumeNames.get(pool.name)
    const volume = freeName({ stem: input.name, what: `-${what}` }, (name) => taken?.has(name) === true)
    return { what, url: folder + below, pool: pool.name, volume, path: `${pool.path}/${volume}` }
  }
  return {
    files: [file('kernel', tree.kernel), ...(tree.initrd === undefined ? [] : [file('initrd', tree.initrd)])],
    line: wholeLine(kernelLineOf(source, tree, input.guest.architecture)),
  }
}

/** Where files can lie that the emulator opens by their path: beside the first disk, in "default", or where there is most room. */
export function startPoolOf(
  { disks }: Pick<NewVmInput, 'disks'>,
  pools: Surroundings['pools'],
): Pool | undefined {
  const fit = [...pools.byName.values()].filter(
    ({ type, state, path }) =>
      hasImageFiles(type) &&
      path !== undefined &&
      (state === 'running' || state === 'degraded') &&
      whyNotInPool(type, 'upload') === undefined,
  )
  const ofDisks = disks.flatMap((disk) => (disk.kind === 'new' ? [disk.pool] : []))
  return (
    fit.find(({ name }) => ofDisks.includes(name)) ??
    fit.find(({ name }) => name === 'default') ??
    fit.toSorted((a, b) => (b.availableBytes ?? 0) - (a.availableBytes ?? 0))[0]
  )
}

export function plannedStartFiles(start: FirstStart | undefined): PlannedFile[] {
  return (start?.files ?? []).map(({ what, url, pool, volume, path }) => ({
    action: 'fetch',
    what,
    name: `${pool}/${volume}`,
    path,
    from: url,
  }))
}
