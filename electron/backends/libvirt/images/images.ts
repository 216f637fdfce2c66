/** Images and files of a libvirt host. */
import type { Link } from '../../../link/link'
import { imagesWith, type ImageParts as CommonParts } from '../../images/images'
import type { ImageSession } from '../../storage-session'
import { toAppError } from '../errors'
import { hostCommands } from './host-commands'

export interface ImageParts extends Omit<CommonParts, 'host'> {
  readonly link: Link
  readonly hostname: string
}

export function imagesOf({ link, hostname, ...parts }: ImageParts): ImageSession {
  return translated(imagesWith({ host: hostCommands(link, hostname), ...parts }))
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
