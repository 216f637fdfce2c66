/** Disks and discs that are there already: whether they are, who may read them, and who else has them. */
import { shellWord } from '../../shared/shell-word'
import type { NewVmInput, PlaceOnHost, PlanProblem } from '../../shared/model/new-vm/new-vm'
import { usersInWords } from '../../shared/model/storage/usage-words'
import type { ImageUser } from '../../shared/model/storage/volume'
import { error, warning } from './problem'
import { copyProblems, discField } from './disc-copies'
import { isGuessedFormat, isOnNetwork, volumeAt } from './images'
import { discsOf, isUsuallyClosed, placeKey, type Surroundings } from './surroundings'
import { poolOff } from './volume-problems'

export function imageProblems(input: NewVmInput, around: Surroundings): PlanProblem[] {
  const problems: PlanProblem[] = []
  const seen = new Set<string>()
  for (const [at, disk] of input.disks.entries()) {
    if (disk.kind !== 'existing') continue
    const field = `disks.${at}.image`
    const key = identity(disk.image, around)
    problems.push(...placeProblems(field, disk.image, around, volumeAt(disk.image, around) !== undefined))
    if (seen.has(key))
      problems.push(error(field, 'The same image is chosen for two disks', 'Choose another one.'))
    seen.add(key)
    problems.push(...sharingProblems(field, disk.image, around))
    const isWrong = problems.some((one) => one.field === field && one.level === 'error')
    if (!isWrong && isGuessedFormat(disk.image, around))
      problems.push(
        warning(
          field,
          'Nobody could look into this image: its format is taken from its name',
          'Check the format on the hardware page. A wrong one lets the guest see the image as raw data.',
        ),
      )
  }
  if (input.source.kind === 'drive')
    problems.push(...accessProblems('source.device', input.source.device, around, false))
  for (const [at, disc] of discsOf(input.source).entries())
    problems.push(
      ...(disc.copyTo === undefined
        ? placeProblems(discField(at), disc, around, true)
        : copyProblems(at, disc, around)),
    )
  return problems
}

export function identity(place: PlaceOnHost, { volumes }: Surroundings): string {
  const key = placeKey(place)
  return volumes.get(key)?.path ?? key
}

/** `canCopy`: where VMs cannot get to it, the host can copy it to where they do. */
export function placeProblems(
  field: string,
  place: PlaceOnHost,
  around: Surroundings,
  canCopy = false,
): PlanProblem[] {
  if (place.kind === 'path') return accessProblems(field, place.path, around, canCopy)
  const pool = around.pools.byName.get(place.pool)
  if (!pool)
    return around.pools.isComplete
      ? [error(field, `There is no pool "${place.pool}" on this host`, 'Choose another one.')]
      : []
  const off = poolOff(field, pool)
  if (off) return [off]
  const volume = around.volumes.get(placeKey(place))
  if (!volume)
    return around.volumeNames.get(place.pool)?.has(place.volume) === false
      ? [
          error(
            field,
            `The pool "${place.pool}" has no volume "${place.volume}"`,
            'Choose another one; if it was just put there, refresh the pool first.',
          ),
        ]
      : []
  // libvirt gives VMs no volumes of the others by their name (qemu: "not yet supported")
  if (isOnNetwork(pool) && pool.type !== 'iscsi-direct')
    return [
      error(
        field,
        `The wizard cannot give a VM volumes of a pool of the type "${pool.type}"`,
        'Create the VM without it, and add it on its hardware page.',
      ),
    ]
  return accessProblems(field, volume.path, around, canCopy)
}

function accessProblems(field: string, path: string, around: Surroundings, canCopy: boolean): PlanProblem[] {
  const told = around.access.get(path)
  if (!told) return around.unlooked.has(path) ? unlookedProblems(field, path, around, canCopy) : []
  if (!told.exists)
    return [error(field, `There is no ${path} on the host`, 'Choose another one, or put it there first.')]
  // a file itself is handed over by libvirt when the VM starts; folders on the way are not
  if (told.blockedAt === undefined) return []
  const { fix } = told
  const copyTo = canCopy ? around.openPools : []
  // whoever is not root there sees no access lists, so it may be open all the same
  return [
    warning(
      field,
      told.why ?? `The user that runs VMs may not go through the folder ${told.blockedAt}`,
      fix
        ? copyTo.length > 0
          ? 'Let that user get to it, or have it copied to where VMs can read it.'
          : 'Let that user get to it.'
        : 'Move it to a pool, or let that user through the folder.',
      { kind: 'unreadable', path, copyTo, ...(fix ? { grant: fix } : {}) },
    ),
  ]
}

/** Nobody can look from here; of homes it is known that they are closed as a rule. */
function unlookedProblems(
  field: string,
  path: string,
  around: Surroundings,
  canCopy: boolean,
): PlanProblem[] {
  if (!isUsuallyClosed(path)) return []
  const parts = path.split('/').slice(0, -1)
  const first = parts[1] === 'root' ? 2 : 3
  const folders = parts.slice(first - 1).map((_, at) => parts.slice(0, first + at).join('/'))
  // by name only: what is in no pool cannot be copied over this connection
  const copyTo = canCopy && around.volumes.has(path) ? around.openPools : []
  return [
    warning(
      field,
      `Nobody can look from here whether VMs get to ${path}; homes are closed to them as a rule`,
      `Run on the host: ${['chmod', 'o+x', '--', ...folders].map(shellWord).join(' ')}. Everybody may then go through, without seeing what else is in there.`,
      { kind: 'unreadable', path, copyTo },
    ),
  ]
}

/** What the VM writes would be written into what somebody else has. */
function sharingProblems(field: string, place: PlaceOnHost, around: Surroundings): PlanProblem[] {
  const { usage } = around
  if (!usage) return []
  const users = [...new Set([placeKey(place), identity(place, around)])].flatMap(
    (key) => usage.users[key] ?? [],
  )
  const below = users.filter(({ kind }) => kind === 'backing' || kind === 'image' || kind === 'snapshot')
  if (below.length > 0)
    return [
      error(
        field,
        `${usersInWords(below)} ${isOne(below) ? 'is' : 'are'} built on this image: writing to it would destroy ${isOne(below) ? 'it' : 'them'}`,
        'Make a copy of it, or a new image that is built on it, and choose that.',
      ),
    ]
  const writing = users.filter((user) => user.isRunning && !user.isReadOnly && !user.isShared)
  if (writing.length > 0)
    return [
      error(
        field,
        `${usersInWords(writing)} ${isOne(writing) ? 'runs' : 'run'} with this disk: two VMs that write to it would destroy it`,
        'Choose another one, or make a copy of it.',
      ),
    ]
  if (users.length === 0) return []
  return [
    warning(
      field,
      `${usersInWords(users)} ${isOne(users) ? 'has' : 'have'} this disk too`,
      'Never run them at once, or make a copy of it.',
    ),
  ]
}

export function isOne(users: readonly ImageUser[]): boolean {
  return new Set(users.map(({ name }) => name)).size === 1
}
