/** Discs that VMs cannot get to where they are: the host copies them into a pool before the VM is made of it. */
import { AppError } from '../../shared/errors'
import type { InstallDisc, NewVmInput, PlannedFile, PlanProblem } from '../../shared/model/new-vm/new-vm'
import { hasImageFiles } from '../../shared/model/storage/volume-abilities'
import type { Volume } from '../../shared/model/storage/volume'
import { formatBytes } from '../../shared/units'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import type { ResolvedImage } from './facts'
import { freeName } from './free-name'
import { ofVolume, volumeAt } from './images'
import type { LeftBehind } from './left-behind'
import { error } from './problem'
import { discsOf, placeKey, type Surroundings } from './surroundings'
import { poolProblem } from './volume-problems'

export interface DiscCopy {
  /** Place among the discs of the source. */
  readonly at: number
  readonly pool: string
  readonly name: string
  /** Where it will be. */
  readonly path: string
  /** The host copies volumes itself; what is in no pool is copied by its tools. */
  readonly from: { readonly pool: string; readonly volume: string } | { readonly path: string }
  readonly sizeBytes?: number
}

export function discField(at: number): string {
  return at === 0 ? 'source.disc' : `source.second.${at - 1}`
}

export function discCopiesOf({ source }: Pick<NewVmInput, 'source'>, around: Surroundings): DiscCopy[] {
  const taken = new Set<string>()
  return discsOf(source).flatMap((disc, at): DiscCopy[] => {
    const { copyTo } = disc
    if (copyTo === undefined) return []
    const folder = around.pools.byName.get(copyTo)?.path ?? ''
    const name = freeName(
      stemOf(disc),
      (one) => around.volumeNames.get(copyTo)?.has(one) === true || taken.has(`${copyTo}/${one}`),
    )
    taken.add(`${copyTo}/${name}`)
    const found = volumeAt(disc, around)
    const from = found
      ? { pool: found.pool, volume: found.volume.name }
      : { path: disc.kind === 'path' ? disc.path : '' }
    const sizeBytes = found?.volume.capacityBytes
    return [
      {
        at,
        pool: copyTo,
        name,
        path: `${folder}/${name}`,
        from,
        ...(sizeBytes === undefined ? {} : { sizeBytes }),
      },
    ]
  })
}

function stemOf(disc: InstallDisc): { stem: string; ending: string } {
  const key = placeKey(disc)
  const name = key.slice(key.lastIndexOf('/') + 1) || 'disc'
  const at = name.lastIndexOf('.')
  return at <= 0 ? { stem: name, ending: '' } : { stem: name.slice(0, at), ending: name.slice(at) }
}

export function copiedDisc(copy: DiscCopy, made: Volume | undefined, around: Surroundings): ResolvedImage {
  if (made) return { ...ofVolume(copy.pool, made, around), format: 'raw' }
  return { source: { kind: 'file', path: copy.path }, format: 'raw' }
}

/** Instead of what would stand against the disc where it lies now. */
export function copyProblems(at: number, disc: InstallDisc, around: Surroundings): PlanProblem[] {
  const field = discField(at)
  const name = disc.copyTo ?? ''
  const pool = around.pools.byName.get(name)
  const closed = poolProblem(field, name, pool, around)
  if (closed) return [closed]
  if (pool && (!hasImageFiles(pool.type) || pool.path === undefined))
    return [
      error(field, `The pool "${name}" has no files, and a disc is one`, 'Choose a pool that is a folder.'),
    ]
  const found = volumeAt(disc, around)
  if (disc.kind === 'path' && !found) {
    const told = around.access.get(disc.path)
    if (told?.exists === false)
      return [
        error(field, `There is no ${disc.path} on the host`, 'Choose another one, or put it there first.'),
      ]
    if (!told)
      return [
        error(
          field,
          'Over this connection the host copies only what is in a pool',
          'Make a pool of its folder on the Storage page, or choose another disc.',
        ),
      ]
  }
  const sizeBytes = found?.volume.allocationBytes ?? 0
  if (pool?.availableBytes !== undefined && sizeBytes > pool.availableBytes)
    return [
      error(
        field,
        `The pool "${name}" has only ${formatBytes(pool.availableBytes)} left, and the copy takes ${formatBytes(sizeBytes)}`,
        'Choose another pool.',
      ),
    ]
  return []
}

export function plannedCopy(copy: DiscCopy, around: Surroundings): PlannedFile {
  const freeBytes = around.pools.byName.get(copy.pool)?.availableBytes
  return {
    action: 'create',
    what: 'disc',
    name: `${copy.pool}/${copy.name}`,
    path: copy.path,
    ...(copy.sizeBytes === undefined ? {} : { sizeBytes: copy.sizeBytes }),
    ...(freeBytes === undefined ? {} : { freeBytes }),
  }
}

export async function copyDisc(
  { storage, images }: HypervisorSession,
  { pool, name, path, from }: DiscCopy,
  left: LeftBehind,
  context: ActionContext,
): Promise<Volume> {
  await left.making({ pool, volume: name }, async () => {
    if ('volume' in from) await storage.cloneVolume({ ...from, toPool: pool, name, format: 'raw' }, context)
    else {
      const convert = { kind: 'convert' as const, to: path, format: 'raw', isCompressed: false, options: {} }
      await images.imageAction(from.path, convert, context)
      await storage.poolAction(pool, 'refresh')
    }
  })
  left.add({ pool, volume: name })
  const [volume] = (await storage.volumeDetails(pool, [name])).volumes
  if (!volume)
    throw new AppError('not-found', `The copy ${name} cannot be found in the pool "${pool}"`, {
      cure: 'Look at the pool on the Storage page.',
    })
  return volume
}
