import { AppError, errorData } from '../../shared/errors'
import type { Reply } from '../../shared/ipc/define'
import type { LocalFile } from '../../shared/model/storage/image'
import type { IpcServer, ServeOptions } from '../ipc/serve'

/** Known to the preload only. Not in the contract, whose channels the page may call with whatever it likes. */
export const droppedChannel = 'dropped-file'

/** Files dropped on the window, by the path that the preload found out; from then on they are known by an id. */
export function serveDroppedFiles<Sender>(
  files: { toRead(path: string): Promise<LocalFile> },
  server: IpcServer<Sender>,
  { trust, log }: ServeOptions<Sender>,
): void {
  server.handle(droppedChannel, async (event, path): Promise<Reply<LocalFile>> => {
    try {
      if (trust(event) === undefined) {
        log(`Refused ${droppedChannel} from an untrusted sender`, undefined)
        throw new AppError('denied', 'This page may not talk to Innkeeper')
      }
      if (typeof path !== 'string' || path === '') {
        throw new AppError('invalid', 'What was dropped is not a file of this computer', {
          cure: 'Save it as a file first, or choose a file with the button.',
        })
      }
      return { ok: true, value: await files.toRead(path) }
    } catch (error) {
      if (!(error instanceof AppError)) log(`${droppedChannel} failed`, error)
      return { ok: false, error: errorData(error) }
    }
  })
}
