import { AppError } from '../../shared/errors'
import type { HostId, TaskId } from '../../shared/model/ids'
import type { DownloadInput, UnfinishedUpload, UploadInput } from '../../shared/model/storage/volume'
import type { HypervisorSession } from '../backends/backend'
import type { TaskList } from '../tasks/task-list'

export interface TransferParts {
  readonly hosts: { get(host: HostId): HypervisorSession }
  readonly tasks: TaskList
  readonly files: {
    path(id: string, kind: 'open' | 'save'): string
    toRead(path: string): Promise<{ id: string }>
  }
}

/** Files of this computer to volumes of hosts and back, as tasks. */
export class Transfers {
  readonly #parts: TransferParts

  constructor(parts: TransferParts) {
    this.#parts = parts
  }

  upload({ host, file }: UploadInput): TaskId {
    this.#parts.files.path(file, 'open')
    this.#parts.hosts.get(host)
    throw new AppError('unsupported', 'Uploading is not possible yet')
  }

  download({ host, file }: DownloadInput): TaskId {
    this.#parts.files.path(file, 'save')
    this.#parts.hosts.get(host)
    throw new AppError('unsupported', 'Downloading is not possible yet')
  }

  async unfinished(_host: HostId): Promise<readonly UnfinishedUpload[]> {
    return []
  }
}
