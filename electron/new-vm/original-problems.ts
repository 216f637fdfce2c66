/** Images that new disks are copied from: whether that can be, who writes to them, and whether there is room. */
import type { NewVmInput, PlaceOnHost, PlanProblem } from '../../shared/model/new-vm/new-vm'
import { usersInWords } from '../../shared/model/storage/usage-words'
import type { Volume } from '../../shared/model/storage/volume'
import { hasImageFiles } from '../../shared/model/storage/volume-abilities'
import { formatBytes } from '../../shared/units'
import { identity, isOne, placeProblems } from './image-problems'
import { volumeAt } from './images'
import { error, warning } from './problem'
import { placeKey, type Surroundings } from './surroundings'

export function originalProblems({ disks }: NewVmInput, around: Surroundings): PlanProblem[] {
  /** By pool, what the copies before this one take. */
  const promised = new Map<string, number>()
  return disks.flatMap((disk, at): PlanProblem[] => {
    if (disk.kind !== 'new' || !disk.original) return []
    const field = `disks.${at}.original`
    if (disk.original.kind === 'local') return poolProblems(`disks.${at}.pool`, disk.pool, around)
    const there = placeProblems(field, disk.original, around).filter(({ level }) => level === 'error')
    if (there.length > 0) return there
    const from = volumeAt(disk.original, around)
    if (!from)
      return [
        error(
          field,
          'Only images in pools can be copied, and this one is in none that could be read',
          'Use it in place, or make a pool of its folder on the Storage page.',
        ),
      ]
    const before = promised.get(disk.pool) ?? 0
    promised.set(disk.pool, before + (from.volume.allocationBytes ?? 0))
    return [
      ...imageProblems(field, from.volume),
      ...userProblems(field, disk.original, around),
      ...spaceProblems(`disks.${at}.pool`, disk.pool, from.volume, before, around),
    ]
  })
}

/** The host converts files only, and what is uploaded lies beside what it becomes for a while. */
function poolProblems(field: string, name: string, { pools }: Surroundings): PlanProblem[] {
  const pool = pools.byName.get(name)
  if (!pool || hasImageFiles(pool.type)) return []
  return [
    error(
      field,
      `The pool "${name}" has no files, and disks of this computer are converted in one that has`,
      'Choose a pool that is a folder.',
    ),
  ]
}

/** What would become a disk of rubbish, or one that nobody can read. */
function imageProblems(field: string, { name, format, isEncrypted }: Volume): PlanProblem[] {
  if (isEncrypted)
    return [
      error(
        field,
        'This image is encrypted, and its copy would be read without its secret',
        'Use it in place.',
      ),
    ]
  if (/\.vmdk$/i.test(name) && (format === undefined || format === 'raw'))
    return [
      error(
        field,
        `The host sees no VMDK image in ${name}: it may only describe other files, or a part of a disk`,
        'Choose the file with the data, export the VM as OVF, or refresh the pool if the file was just put there.',
      ),
    ]
  if (/\.vhdx$/i.test(name) || format === 'vhdx')
    return [
      error(field, 'Hosts do not copy VHDX images into other formats', 'Convert it to VHD or qcow2 first.'),
    ]
  return []
}

function userProblems(field: string, original: PlaceOnHost, around: Surroundings): PlanProblem[] {
  const users = [...new Set([placeKey(original), identity(original, around)])].flatMap(
    (key) => around.usage?.users[key] ?? [],
  )
  const writing = users.filter(({ isRunning, isReadOnly }) => isRunning && !isReadOnly)
  if (writing.length === 0) return []
  return [
    warning(
      field,
      `${usersInWords(writing)} ${isOne(writing) ? 'runs' : 'run'} with this image: a copy of a disk that is being written to may be broken`,
      'Shut it down first.',
    ),
  ]
}

function spaceProblems(
  field: string,
  name: string,
  { allocationBytes, capacityBytes }: Volume,
  before: number,
  { pools }: Surroundings,
): PlanProblem[] {
  const pool = pools.byName.get(name)
  if (pool?.availableBytes === undefined) return []
  const left = Math.max(0, pool.availableBytes - before)
  // what does not grow takes all of it, which is looked at with the other disks
  const bytes = hasImageFiles(pool.type) ? (allocationBytes ?? 0) : capacityBytes
  if (bytes <= left) return []
  return [
    error(
      field,
      `The pool "${name}" has only ${formatBytes(left)} left, and the copy takes ${formatBytes(bytes)}`,
      'Choose another pool, or use the image in place.',
    ),
  ]
}
