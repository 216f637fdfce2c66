/** Images and files of a libvirt host, looked at and worked on with the host's own tools. */
import { AppError } from '../../../../shared/errors'
import type { Link } from '../../../link/link'
import type { ImageSession, StorageSession } from '../../storage-session'
import { toAppError } from '../errors'
import { given } from '../given'
import { act } from './act'
import { readChain } from './chain'
import { commandText } from '../../images/command-text'
import { dependantsOf, runningUsers } from '../../images/image-users'
import { findOrphans } from '../../images/orphans'
import { readFolder } from './folder'
import { hostCommands } from './host-commands'
import { readMap } from './map'
import { readFileId } from './file-id'
import { readBytes } from './read-bytes'
import { grantPathAccess, readPathAccess } from './path-access'
import type { VmUser } from './vm-user'

export interface ImageParts {
  readonly link: Link
  readonly hostname: string
  readonly storage: Pick<StorageSession, 'pools' | 'usage' | 'volumeNames' | 'volumeDetails'>
  readonly isReadOnly: boolean
  vmUser(): Promise<VmUser | undefined>
  /** An image may have become another, or have another base. */
  changed?(): void
}

/** Formats of images that were looked at, for the commands that are shown. */
const maxKnown = 500

export function imagesOf({ link, hostname, storage, isReadOnly, vmUser, changed }: ImageParts): ImageSession {
  const host = hostCommands(link, hostname)
  const formats = new Map<string, string>()
  const changing = <T>(work: () => Promise<T>): Promise<T> => {
    if (!isReadOnly) return work()
    return Promise.reject(
      new AppError('denied', 'This connection is read-only', {
        cure: 'To change anything, edit the host and untick "Only look: connect read-only".',
      }),
    )
  }
  return translated({
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
  })
}

/** What the RPC client throws below leaves as an error of ours. */
function translated(session: ImageSession): ImageSession {
  const told =
    <Input extends unknown[], T>(method: (...input: Input) => Promise<T>) =>
    async (...input: Input): Promise<T> => {
      try {
        return await method(...input)
      } catch (error) {
        throw toAppError(error)
      }
    }
  return {
    image: told(session.image),
    imageMap: told(session.imageMap),
    imageAction: told(session.imageAction),
    imageCommand: session.imageCommand,
    orphans: told(session.orphans),
    folder: told(session.folder),
    readBytes: told(session.readBytes),
    fileId: told(session.fileId),
    pathAccess: told(session.pathAccess),
    grantAccess: told(session.grantAccess),
  }
}
