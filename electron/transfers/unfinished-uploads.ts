/**
 * Uploads that have begun and not ended, kept on this computer, so that one that was cut off (by the network, a restart or a
 * power cut) can go on. An entry is there from the first byte on and goes when the upload has ended for good.
 */
import { join } from 'node:path'
import { z } from 'zod'
import { hostId, type HostId } from '../../shared/model/ids'
import { readTextFile, writeFileAtomically } from '../settings/json-file'

/** Beyond these the oldest are forgotten. */
const limit = 200

const schema = z.object({
  host: hostId,
  pool: z.string(),
  volume: z.string(),
  path: z.string(),
  sizeBytes: z.number(),
  /** Of the local file: another one is no longer the same file. */
  modifiedAtMs: z.number(),
  /** About how much has left; how much has arrived is found out when it goes on. */
  sentBytes: z.number(),
  endedAtMs: z.number(),
})
export type UnfinishedEntry = z.output<typeof schema>

export interface UploadPlace {
  readonly host: HostId
  readonly pool: string
  readonly volume: string
}

export class UnfinishedUploads {
  readonly #path: string
  readonly #entries: Promise<UnfinishedEntry[]>
  #last: Promise<void> = Promise.resolve()

  constructor(directory: string) {
    this.#path = join(directory, 'unfinished-uploads.json')
    this.#entries = this.#read()
  }

  async of(host: HostId): Promise<readonly UnfinishedEntry[]> {
    return (await this.#entries).filter((entry) => entry.host === host)
  }

  async find(place: UploadPlace): Promise<UnfinishedEntry | undefined> {
    return (await this.#entries).find((entry) => isAt(entry, place))
  }

  /** In place of what was known of the same volume. */
  async put(entry: UnfinishedEntry): Promise<void> {
    const entries = await this.#entries
    removeAt(entries, entry)
    entries.push(entry)
    entries.splice(0, Math.max(0, entries.length - limit))
    await this.#write()
  }

  async remove(place: UploadPlace): Promise<void> {
    if (removeAt(await this.#entries, place)) await this.#write()
  }

  /** One that cannot be read is an empty list: what is lost is that an upload can go on. */
  async #read(): Promise<UnfinishedEntry[]> {
    try {
      const found = z.array(schema).safeParse(JSON.parse((await readTextFile(this.#path)) ?? '[]'))
      return found.success ? found.data : []
    } catch {
      return []
    }
  }

  /** One writer at a time, each with the list as it is when its turn comes. */
  #write(): Promise<void> {
    const write = async (): Promise<void> =>
      writeFileAtomically(this.#path, JSON.stringify(await this.#entries, null, 2))
    const done = this.#last.then(write, write)
    this.#last = done.catch(() => undefined)
    return done
  }
}

function isAt(entry: UploadPlace, place: UploadPlace): boolean {
  return entry.host === place.host && entry.pool === place.pool && entry.volume === place.volume
}

function removeAt(entries: UnfinishedEntry[], place: UploadPlace): boolean {
  const at = entries.findIndex((entry) => isAt(entry, place))
  if (at >= 0) entries.splice(at, 1)
  return at >= 0
}
