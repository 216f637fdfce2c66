/** Images and files of a host, looked at and worked on with the host's own tools. */
import { AppError } from '../../../shared/errors'
import type { ImageSession, StorageSession } from '../storage-session'
import { given } from '../../../shared/given'
import { act } from './act'
import { readChain } from './chain'
import { commandText } from './command-text'
import { dependantsOf, runningUsers } from './image-users'
import { findOrphans } from './orphans'
import { readFolder } from './folder'
import type { HostCommands } from './host-commands'
import { readMap } from './map'
import { readFileId } from './file-id'
import { readBytes } from './read-bytes'
import { grantPathAccess, readPathAccess } from './path-access'
import type { VmUser } from './vm-user'

export interface ImageParts {
  readonly host: HostCommands
  readonly storage: Pick<StorageSession, 'pools' | 'usage' | 'volumeNames' | 'volumeDetails'>
  readonly isReadOnly: boolean
  vmUser(): Promise<VmUser | undefined>
  /** An image may have become another, or have another base. */
  changed?(): void
}

/** Formats of images that were looked at, for the commands that are shown. */
const maxKnown = 500

export function imagesWith({ host, storage, isReadOnly, vmUser, changed }: ImageParts): ImageSession {
  const formats = new Map<string, string>()
  const changing = <T>(work: () => Promise<T>): Promise<T> => {
    if (!isReadOnly) return work()
    return Promise.reject(
      new AppError('denied', 'This connection is read-only', {
        cure: 'To change anything, edit the host and untick "Only look: connect read-only".',
      }),
    )
  }
  return {
    async image(path) {
      const { images, brokenBy } = await readChain(host, path)
      for (const { path: one, format } of images) formats.set(one, format)
      while (formats.size > maxKnown) formats.delete(formats.keys().next().value ?? '')
      const usage = await storage.usage()
      return {
        chain: images,
        ...given('brokenBy', brokenBy),
        dependants: dependantsOf(usage, path),
        inUseBy: runningUsers(usage, path),
      }
    },
    imageMap: (path) => readMap(host, path),
    imageAction: (path, action, context) =>
      changing(() => act(host, () => storage.usage(), path, action, context).finally(() => changed?.())),
    imageCommand: (path, action) => commandText(path, action, formats.get(path)),
    orphans: () => findOrphans(storage),
    folder: (path) => readFolder(host, path),
    readBytes: (path, offset, length) => readBytes(host, path, offset, length),
    fileId: (path) => readFileId(host, path),
    pathAccess: async (path) => readPathAccess(host, await vmUser(), path),
    grantAccess: (path) => changing(async () => grantPathAccess(host, await vmUser(), path)),
  }
}
