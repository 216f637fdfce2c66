/** Which files belong to a VM, and who else needs each of them: worked out of what a host's VMs and images use. */
import type { DeletePlanFile, FileRole } from '../../shared/model/delete-plan'
import type { VmId } from '../../shared/model/ids'
import type { ImageUser, StorageUsage } from '../../shared/model/storage/volume'

/** What the VM names itself. */
export interface OwnFile {
  /** By which the usage knows it: its path, where it has one. */
  readonly path: string
  readonly role: FileRole
  /** "vda" */
  readonly target?: string
  /** Read-only, or several VMs may have it: not suggested. */
  readonly isHandled?: boolean
  readonly format?: string
}

export interface OwnImage {
  readonly path: string
  readonly role: FileRole
  readonly targets: readonly string[]
  readonly isHandled: boolean
  readonly format: string | undefined
}

/** The more a role ties a file to this VM alone, the later it stands here. */
const ties: readonly FileRole[] = ['kernel', 'media', 'layer', 'memory', 'snapshot', 'seed', 'disk']
const suggestedRoles: ReadonlySet<FileRole> = new Set(['disk', 'seed', 'snapshot', 'memory'])
const deepest = 200

export function basesOf({ users }: StorageUsage): Map<string, string> {
  return new Map(
    Object.entries(users).flatMap(([base, all]) =>
      all.flatMap(({ kind, name }) => (kind === 'image' ? [[name, base] as const] : [])),
    ),
  )
}

/** With all that these are built on; each image once, above its base. */
export function ownImages(named: readonly OwnFile[], bases: ReadonlyMap<string, string>): OwnImage[] {
  const images = new Map<string, OwnImage>()
  const add = ({ path, role, target, isHandled = false, format }: OwnFile): void => {
    const known = images.get(path)
    images.set(path, {
      path,
      role: known && ties.indexOf(known.role) > ties.indexOf(role) ? known.role : role,
      targets: [...new Set([...(known?.targets ?? []), ...(target === undefined ? [] : [target])])],
      isHandled: isHandled || known?.isHandled === true,
      format: known?.format ?? format,
    })
  }
  for (const one of named) {
    add(one)
    let base = bases.get(one.path)
    for (let depth = 0; base !== undefined && depth < deepest; depth += 1) {
      add({ path: base, role: 'layer', ...(one.target === undefined ? {} : { target: one.target }) })
      base = bases.get(base)
    }
  }
  return [...images.values()]
}

/** What the host tells of a file itself. */
export type FileFacts = Pick<
  DeletePlanFile,
  'sizeBytes' | 'allocationBytes' | 'format' | 'volume' | 'keep'
> & { readonly isFile: boolean }

export function planFiles(
  images: readonly OwnImage[],
  usage: StorageUsage,
  vm: VmId,
  alongWith: readonly VmId[],
  factsOf: (path: string) => FileFacts,
): DeletePlanFile[] {
  const own = new Set(images.map(({ path }) => path))
  const along = new Set<string>(alongWith.filter((one) => one !== vm))
  const suggested = new Set<string>()
  const files = images.map((image): DeletePlanFile => {
    const { path, role, targets, isHandled } = image
    const { isFile, ...facts } = factsOf(path)
    const who = whoNeeds(usersOf(usage, path), { usage, own, vm, along })
    const isSuggested =
      isFile &&
      facts.keep === undefined &&
      suggestedRoles.has(role) &&
      !isHandled &&
      who.usedBy.length + who.sharedWith.length + usage.unread.length === 0
    if (isSuggested) suggested.add(path)
    const format = facts.format ?? image.format
    return {
      path,
      role,
      target: targets.join(', '),
      ...facts,
      ...(format === undefined ? {} : { format }),
      ...who,
      isSuggested,
    }
  })
  const withTheirOverlays = new Map<string, boolean>()
  const goesWith = (file: DeletePlanFile, depth = 0): boolean => {
    const known = withTheirOverlays.get(file.path)
    if (known !== undefined) return known
    const goes =
      suggested.has(file.path) &&
      depth < deepest &&
      file.neededBy.every((overlay) => {
        const above = files.find(({ path }) => path === overlay)
        return above !== undefined && goesWith(above, depth + 1)
      })
    withTheirOverlays.set(file.path, goes)
    return goes
  }
  return files.map((file) => ({ ...file, isSuggested: goesWith(file) }))
}

interface Surroundings {
  readonly usage: StorageUsage
  /** Paths of the VM's own images. */
  readonly own: ReadonlySet<string>
  readonly vm: VmId
  readonly along: ReadonlySet<string>
}

function whoNeeds(
  users: readonly ImageUser[],
  { usage, own, vm, along }: Surroundings,
): Pick<DeletePlanFile, 'usedBy' | 'sharedWith' | 'neededBy'> {
  const others = users.filter((user) => user.vm !== undefined && user.vm !== vm)
  const strangers = others.filter((user) => !along.has(user.vm ?? ''))
  const usedBy = inWords(strangers)
  const neededBy: string[] = []
  for (const { kind, name } of users) {
    if (kind !== 'image') continue
    const itsVms = usersOf(usage, name).flatMap((user) => user.vm ?? [])
    if (own.has(name)) neededBy.push(name)
    else if (itsVms.length === 0) usedBy.push(`the image ${name}`)
    else if (itsVms.every((one) => one === vm || along.has(one))) neededBy.push(name)
  }
  return { usedBy, sharedWith: inWords(others.filter((user) => along.has(user.vm ?? ''))), neededBy }
}

export function usersOf({ users }: StorageUsage, path: string): readonly ImageUser[] {
  return Object.hasOwn(users, path) ? (users[path] ?? []) : []
}

/** Each VM once: "db", or "db (snapshot clean)" where nothing else of it uses the file. */
function inWords(users: readonly ImageUser[]): string[] {
  const byVm = new Map<string, ImageUser[]>()
  for (const user of users) byVm.set(user.vm ?? '', [...(byVm.get(user.vm ?? '') ?? []), user])
  return [...byVm.values()].map((all) => {
    const [first] = all
    const snapshots = all.flatMap(({ kind, snapshot }) => (kind === 'snapshot' ? (snapshot ?? []) : []))
    const isSnapshotOnly = all.every(({ kind }) => kind === 'snapshot')
    return isSnapshotOnly && snapshots.length > 0
      ? `${first?.name ?? ''} (snapshot ${snapshots.join(', ')})`
      : (first?.name ?? '')
  })
}

/** Discs that we made for the first start of a VM are called after it: "web-seed.iso", "web-answers-2.iso". */
export function isOurSeed(path: string, name: string): boolean {
  const file = path.slice(path.lastIndexOf('/') + 1)
  if (!file.startsWith(`${name}-`)) return false
  return /^(?:seed|answers)(?:-\d+)?\.iso$/.test(file.slice(name.length + 1))
}
