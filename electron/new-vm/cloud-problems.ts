/** Cloud images: whether a disk can be made of them, who else has them, and whether anybody could log in. */
import type { InstallSource, NewVmInput, PlanProblem } from '../../shared/model/new-vm/new-vm'
import { hasImageFiles } from '../../shared/model/storage/volume-abilities'
import { usersInWords } from '../../shared/model/storage/usage-words'
import type { Volume } from '../../shared/model/storage/volume'
import { formatBytes } from '../../shared/units'
import { baseOf, baseVolume } from './cloud'
import { identity, isOne, placeProblems } from './image-problems'
import { isGuessedFormat } from './images'
import { error, warning } from './problem'
import { placeKey, type Surroundings } from './surroundings'

type CloudSource = Extract<InstallSource, { kind: 'cloud' }>

export function cloudProblems({ source, nics }: NewVmInput, around: Surroundings): PlanProblem[] {
  if (source.kind !== 'cloud') return []
  const base = placeProblems('source.base', source.base, around)
  const isThere = !base.some(({ level }) => level === 'error')
  return [
    ...base,
    ...(isThere
      ? [
          ...imageProblems(source, around),
          ...copyProblems({ source }, around),
          ...userProblems(source, around),
        ]
      : []),
    ...poolProblems(source, around),
    ...loginProblems(source),
    ...(source.init.network.kind === 'static' && source.init.networkConfig === undefined && nics.length === 0
      ? [error('source.init.network', 'There is no network card for this address', 'Add one.')]
      : []),
  ]
}

function imageProblems(source: CloudSource, around: Surroundings): PlanProblem[] {
  const volume = baseOf(source, around)
  if (volume?.isEncrypted === true)
    return [
      error('source.base', 'This image is encrypted, and the new disk would be read without its secret'),
    ]
  const problems: PlanProblem[] = []
  if (source.how === 'copy' && !baseVolume(source, around))
    problems.push(
      error(
        'source.base',
        'A copy can be made of images in pools only, and this one is in none that could be read',
        'Build on it instead of copying it, or make a pool of its folder on the Storage page.',
      ),
    )
  if (source.how === 'overlay' && isGuessedFormat(source.base, around))
    problems.push(
      warning(
        'source.base',
        'Nobody could look into this image: its format is taken from its name',
        'Copy it instead, or refresh its pool, if the VM does not start.',
      ),
    )
  if (source.how === 'overlay' && volume?.type === 'network')
    problems.push(
      error('source.base', 'No disk can be built on an image that has no place on the host', 'Copy it.'),
    )
  return volume ? [...problems, ...sizeProblems(source, volume)] : problems
}

function sizeProblems({ sizeBytes }: CloudSource, base: Volume): PlanProblem[] {
  if (sizeBytes !== undefined && sizeBytes < base.capacityBytes)
    return [
      error(
        'source.sizeBytes',
        `The image is ${formatBytes(base.capacityBytes)} large, and a smaller disk would cut off its end`,
        'Make the disk as large, or larger.',
      ),
    ]
  return []
}

/** The copies of a series are all made, one after the other. */
export function copyProblems(
  { source }: Pick<NewVmInput, 'source'>,
  around: Surroundings,
  count = 1,
): PlanProblem[] {
  if (source.kind !== 'cloud' || source.how !== 'copy') return []
  const free = around.pools.byName.get(source.pool)?.availableBytes
  const bytes = (baseOf(source, around)?.allocationBytes ?? 0) * count
  if (free === undefined || bytes <= free) return []
  return [
    error(
      'source.pool',
      `The pool "${source.pool}" has only ${formatBytes(free)} left, and ${count === 1 ? 'the copy takes' : `the ${count} copies take`} ${formatBytes(bytes)}`,
      'Choose another pool, or build on the image instead of copying it.',
    ),
  ]
}

/** Whoever writes to the image changes what is below the new disk. */
function userProblems({ base, how }: CloudSource, around: Surroundings): PlanProblem[] {
  const users = [...new Set([placeKey(base), identity(base, around)])].flatMap(
    (key) => around.usage?.users[key] ?? [],
  )
  const writers = users.filter(({ kind, isReadOnly }) => (kind === 'disk' || kind === 'lun') && !isReadOnly)
  if (writers.length === 0) return []
  const who = usersInWords(writers)
  if (how === 'overlay')
    return [
      error(
        'source.base',
        `${who} ${isOne(writers) ? 'has' : 'have'} this image as a disk: what is written to it would destroy whatever is built on it`,
        'Copy it instead, or choose an image that no VM writes to.',
      ),
    ]
  if (!writers.some(({ isRunning }) => isRunning)) return []
  return [
    warning(
      'source.base',
      `${who} ${isOne(writers) ? 'runs' : 'run'} with this image: a copy of a disk that is being written to may be broken`,
      'Shut it down first.',
    ),
  ]
}

function poolProblems({ pool: name }: CloudSource, { pools }: Surroundings): PlanProblem[] {
  const pool = pools.byName.get(name)
  // others are told where the disk is looked at
  if (!pool || hasImageFiles(pool.type)) return []
  return [
    error(
      'source.pool',
      `The pool "${name}" has no files, and both the disk and the disc for cloud-init are files`,
      'Choose a pool that is a folder.',
    ),
  ]
}

function loginProblems({ init: { user, userData } }: CloudSource): PlanProblem[] {
  if (userData !== undefined) return []
  if (user && (user.sshKeys.length > 0 || user.password !== undefined)) return []
  return [
    error(
      'source.init.user.sshKeys',
      'Nobody could log in to this VM: it has neither an SSH key nor a password',
      'Give it one of them.',
    ),
  ]
}
