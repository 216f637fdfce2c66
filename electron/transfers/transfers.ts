import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../shared/errors'
import type { HostId, TaskId } from '../../shared/model/ids'
import type { DownloadInput, UnfinishedUpload, UploadInput } from '../../shared/model/storage/volume'
import { writable, type SessionHosts } from '../hosts/session-tasks'
import type { TaskList } from '../tasks/task-list'
import { download } from './download'
import { UnfinishedUploads, type UnfinishedEntry, type UploadPlace } from './unfinished-uploads'
import { upload } from './upload'

export interface TransferParts {
  readonly hosts: SessionHosts
  readonly tasks: TaskList
  readonly files: {
    path(id: string, kind: 'open' | 'save'): string
    toRead(path: string): Promise<{ id: string }>
  }
  /** Where unfinished uploads are kept. */
  readonly directory: string
  readonly now?: () => number
}

/** Files of this computer to volumes of hosts and back, as tasks. */
export class Transfers {
  readonly #parts: TransferParts
  readonly #now: () => number
  readonly #unfinished: UnfinishedUploads
  /** Volumes that are being written to now. */
  readonly #running = new Set<string>()

  constructor(parts: TransferParts) {
    this.#parts = parts
    this.#now = parts.now ?? Date.now
    this.#unfinished = new UnfinishedUploads(parts.directory)
  }

  upload({ host, pool, file, name, format, overwrite, resume }: UploadInput): TaskId {
    const path = this.#parts.files.path(file, 'open')
    const session = writable(this.#parts.hosts, host)
    const place = { host, pool, volume: name }
    const key = keyOf(place)
    if (this.#running.has(key)) {
      throw new AppError('busy', `A file is being uploaded to ${name} already`, {
        cure: 'Wait until it has ended, or cancel it.',
      })
    }
    this.#running.add(key)
    const start = {
      kind: 'volume.upload',
      title: `${resume ? 'Resuming the upload of' : 'Uploading'} ${basename(path)} to ${pool}`,
      host,
      canCancel: true,
      command: resume ? undefined : session.virsh(['vol-upload', '--pool', pool, name, path, '--sparse']),
    }
    return this.#parts.tasks.run(start, async (context) => {
      try {
        const job = { ...place, path, format, overwrite, resume }
        await upload(job, { session, unfinished: this.#unfinished, now: this.#now }, context)
      } finally {
        this.#running.delete(key)
      }
    })
  }

  download({ host, pool, volume, file }: DownloadInput): TaskId {
    const path = this.#parts.files.path(file, 'save')
    const session = this.#parts.hosts.get(host)
    const start = {
      kind: 'volume.download',
      title: `Downloading ${volume} of ${pool}`,
      host,
      canCancel: true,
      command: session.virsh(['vol-download', '--pool', pool, volume, path, '--sparse']),
    }
    return this.#parts.tasks.run(start, (context) =>
      download(session.storage, { pool, volume }, path, context),
    )
  }

  /** Those that could go on: not running now, and the volume is still there as far as can be told. */
  async unfinished(host: HostId): Promise<readonly UnfinishedUpload[]> {
    const idle = (await this.#unfinished.of(host)).filter((entry) => !this.#running.has(keyOf(entry)))
    const there = await Promise.all(idle.map((entry) => this.#isThere(entry)))
    return Promise.all(idle.filter((_, at) => there[at]).map((entry) => this.#shown(entry)))
  }

  async #isThere(entry: UnfinishedEntry): Promise<boolean> {
    try {
      const { storage } = this.#parts.hosts.get(entry.host)
      const { volumes, error } = await storage.volumeDetails(entry.pool, [entry.volume])
      if (volumes.length > 0 || error) return true
    } catch {
      // not connected, or the pool is not active
      return true
    }
    await this.#unfinished.remove(entry)
    return false
  }

  async #shown(entry: UnfinishedEntry): Promise<UnfinishedUpload> {
    const { pool, volume, path, sentBytes, sizeBytes, endedAtMs } = entry
    const found = await stat(path).catch(() => undefined)
    const isSame = found?.size === sizeBytes && found.mtimeMs === entry.modifiedAtMs
    return {
      pool,
      volume,
      localName: basename(path),
      ...(isSame ? { file: (await this.#parts.files.toRead(path)).id } : {}),
      sentBytes,
      sizeBytes,
      endedAtMs,
    }
  }
}

function keyOf({ host, pool, volume }: UploadPlace): string {
  return JSON.stringify([host, pool, volume])
}
