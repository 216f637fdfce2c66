/** Volumes that shall be made: whether their pools take them, and whether there is room. */
import { problemOf } from '../../shared/model/hardware/field'
import type { NewVmInput, PlanProblem } from '../../shared/model/new-vm/new-vm'
import type { Pool } from '../../shared/model/storage/pool'
import { hasImageFiles, whyNotInPool } from '../../shared/model/storage/volume-abilities'
import { volume } from '../../shared/model/storage/volume-kind'
import { formatBytes } from '../../shared/units'
import { error, warning } from './problem'
import { isOnNetwork } from './images'
import type { NewVolume, Resolved } from './resolve'
import type { Surroundings } from './surroundings'

export function volumeProblems(
  input: NewVmInput,
  around: Surroundings,
  { volumes }: Resolved,
): PlanProblem[] {
  const problems: PlanProblem[] = []
  /** By pool, what the disks before this one will take. */
  const promised = new Map<string, { nowBytes: number; laterBytes: number }>()
  const names = new Set<string>()
  for (const one of volumes) {
    const wanted = input.disks[one.disk]
    if (wanted?.kind !== 'new') continue
    const at = `disks.${one.disk}`
    const pool = around.pools.byName.get(one.pool)
    const closed = poolProblem(`${at}.pool`, one.pool, pool, around)
    if (closed) problems.push(closed)
    problems.push(...nameProblems(`${at}.volume`, one, around, names))
    if (one.name !== undefined) names.add(`${one.pool}/${one.name}`)
    if (!pool || closed) continue
    const before = promised.get(one.pool) ?? { nowBytes: 0, laterBytes: 0 }
    const isFull = wanted.isFull || !growsIn(pool)
    promised.set(one.pool, {
      nowBytes: before.nowBytes + (isFull ? wanted.sizeBytes : 0),
      laterBytes: before.laterBytes + wanted.sizeBytes,
    })
    const free = pool.availableBytes
    if (free === undefined) continue
    const left = Math.max(0, free - before.nowBytes)
    if (isFull && wanted.sizeBytes > left)
      problems.push(
        error(
          `${at}.sizeBytes`,
          `The pool "${one.pool}" has only ${formatBytes(left)} left, and this disk takes all of its space at once`,
          'Make it smaller, let it grow as it is written to, or choose another pool.',
        ),
      )
    else if (before.laterBytes + wanted.sizeBytes > free)
      problems.push(
        warning(
          `${at}.sizeBytes`,
          `The pool "${one.pool}" has only ${formatBytes(free)} left, and the disks may grow beyond that`,
          'When it is full, the VM stops until there is room: make the disk smaller, or choose another pool.',
        ),
      )
  }
  return problems
}

export function poolProblem(
  field: string,
  name: string,
  pool: Pool | undefined,
  { pools }: Surroundings,
): PlanProblem | undefined {
  if (!pool) {
    // a list that nobody could read says nothing
    if (!pools.isComplete) return undefined
    return error(field, `There is no pool "${name}" on this host`, 'Choose another pool.')
  }
  const off = poolOff(field, pool)
  if (off) return off
  const why = whyNotInPool(pool.type, 'create')
  if (why !== undefined) return error(field, why, 'Choose another pool, or an existing volume of this one.')
  if (isOnNetwork(pool))
    return error(
      field,
      `The wizard cannot give a VM a disk in a pool of the type "${pool.type}"`,
      'Create the VM without it, and add the disk on its hardware page.',
    )
  return undefined
}

export function poolOff(field: string, pool: Pool): PlanProblem | undefined {
  if (pool.state === 'running' || pool.state === 'degraded') return undefined
  return error(field, `The pool "${pool.name}" is not active`, 'Start it on the Storage page of the host.')
}

function nameProblems(
  field: string,
  { pool, name }: NewVolume,
  { volumeNames }: Surroundings,
  before: ReadonlySet<string>,
): PlanProblem[] {
  if (name === undefined) return []
  const wrong = problemOf(volume.fields.name, name)
  if (wrong !== undefined) return [error(field, wrong)]
  if (volumeNames.get(pool)?.has(name))
    return [
      error(
        field,
        `The pool "${pool}" has a volume "${name}" already`,
        'Choose another name, or use that volume as an existing disk.',
      ),
    ]
  if (before.has(`${pool}/${name}`))
    return [error(field, `Two disks would be called "${name}"`, 'Give one of them another name.')]
  return []
}

/** Its volumes take space as they are written to, where that is wanted. */
function growsIn({ type }: Pool): boolean {
  return hasImageFiles(type) || type === 'zfs'
}
