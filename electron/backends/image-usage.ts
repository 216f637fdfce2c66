/** Who uses which image, worked out of what each VM names and of which image is built on which. */
import { AppError } from '../../shared/errors'
import { userInWords, usersInWords } from '../../shared/model/storage/usage-words'
import type { VmId } from '../../shared/model/ids'
import type { ImageUser, StorageUsage } from '../../shared/model/storage/volume'

export interface ImageUse {
  /** Its path, or "pool/volume". */
  readonly image: string
  readonly user: ImageUser
}

/** Longer ones do not work in any hypervisor; an image that is its own base must not keep us. */
const deepest = 200

/** `bases` has the base of each image that is built on another one. */
export function usersOfImages(
  uses: readonly ImageUse[],
  bases: ReadonlyMap<string, string>,
): StorageUsage['users'] {
  const users = new Map<string, Map<string, ImageUser>>()
  const add = (image: string, user: ImageUser): void => {
    const known = users.get(image) ?? new Map<string, ImageUser>()
    users.set(image, known)
    const { kind, name, vm, target, snapshot } = user
    // a VM that runs has the same disk in both of its definitions
    const key = JSON.stringify([kind, vm ?? name, target, snapshot])
    if (!known.has(key)) known.set(key, user)
  }
  for (const [overlay, base] of bases) add(base, { kind: 'image', name: overlay })
  for (const { image, user } of uses) {
    add(image, user)
    const below: ImageUser =
      user.kind === 'snapshot' ? { ...user } : { ...user, kind: 'backing', isReadOnly: true }
    let base = bases.get(image)
    for (let depth = 0; base !== undefined && depth < deepest; depth += 1) {
      add(base, below)
      base = bases.get(base)
    }
  }
  return Object.fromEntries([...users].map(([image, found]) => [image, [...found.values()]]))
}

/** Before an image is destroyed or changed: `busy`, by name, when somebody uses it. */
export function refuseWhileUsed(
  what: string,
  users: readonly ImageUser[],
  unread: readonly string[],
  cure: string,
): void {
  if (users.length > 0) {
    const isOne = new Set(users.map(({ name }) => name)).size === 1
    throw new AppError('busy', `${usersInWords(users)} ${isOne ? 'uses' : 'use'} "${what}"`, {
      cure,
      detail: users.map(userInWords).join('\n'),
    })
  }
  if (unread.length > 0) {
    throw new AppError('busy', `Nobody knows whether "${what}" is in use: not everything could be read`, {
      cure,
      detail: unread.join('\n'),
    })
  }
}

/** The disk that an image is of the one VM that runs on it; `busy` when others use it as well, or in another way. */
export function diskOfOneVm(
  what: string,
  running: readonly ImageUser[],
  cure: string,
): (ImageUser & { readonly vm: VmId; readonly target: string }) | undefined {
  const [disk, ...others] = running
  const { vm, target, kind } = disk ?? {}
  if (
    disk &&
    kind === 'disk' &&
    vm !== undefined &&
    target !== undefined &&
    others.every((one) => one.vm === vm)
  )
    return { ...disk, vm: vm as VmId, target }
  refuseWhileUsed(what, running, [], cure)
  return undefined
}
