/** Who uses an image, in words. */
import type { ImageUser } from './volume'

const how: Record<ImageUser['kind'], (user: ImageUser) => string> = {
  disk: ({ target }) => (target === undefined ? 'disk' : `disk ${target}`),
  cdrom: ({ target }) => (target === undefined ? 'CD drive' : `CD drive ${target}`),
  floppy: ({ target }) => (target === undefined ? 'floppy drive' : `floppy drive ${target}`),
  lun: ({ target }) => (target === undefined ? 'LUN' : `LUN ${target}`),
  backing: ({ target }) => (target === undefined ? 'below a disk' : `below disk ${target}`),
  snapshot: ({ snapshot }) => `snapshot ${snapshot ?? ''}`.trim(),
  firmware: () => 'firmware',
  kernel: () => 'kernel',
  image: () => 'built on it',
}

/** "web-01 (disk vda)", "/images/web-01.qcow2 (built on it)". */
export function userInWords(user: ImageUser): string {
  return `${user.name} (${how[user.kind](user)})`
}

/** Each once, however many disks it has there: "web-01, web-02 and 3 more". */
export function usersInWords(users: readonly ImageUser[], most = 3): string {
  const names = [...new Set(users.map(({ name }) => name))]
  const shown = names.slice(0, most)
  const more = names.length - shown.length
  if (more > 0) return `${shown.join(', ')} and ${more} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
