/**
 * What creations of VMs have begun on their hosts, kept on this computer: written down before it is begun, and removed when
 * the creation has ended or taken everything back. So what a lost host, a crash or a power cut leaves behind is known later.
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { hostId, vmId, type HostId } from '../../../shared/model/ids'
import { readTextFile, writeFileAtomically } from '../../settings/json-file'

/** Beyond these the oldest are forgotten. */
const limit = 200

const identity = z.object({
  path: z.string(),
  format: z.string().exactOptional(),
  capacityBytes: z.number(),
  /** Device, number and time of birth of the file, where the host can tell. */
  fileId: z.string().exactOptional(),
})
export type Identity = z.output<typeof identity>

const made = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('volume'),
    pool: z.string(),
    volume: z.string(),
    /** Absent: it was begun, and nobody knows how that ended. */
    identity: identity.exactOptional(),
  }),
  z.object({ kind: z.literal('vm'), vm: vmId }),
])
export type JournalItem = z.output<typeof made>

const entry = z.object({
  id: z.string(),
  host: hostId,
  name: z.string(),
  what: z.enum(['create', 'clone']),
  startedAtMs: z.number(),
  lastAtMs: z.number(),
  made: z.array(made).max(200),
  /** As the window sent it, without secrets. */
  input: z.unknown().optional(),
  /** What of it is not kept. */
  without: z.array(z.string()).exactOptional(),
  cloneOf: vmId.exactOptional(),
})
export type JournalEntry = z.output<typeof entry>

export type NewEntry = Pick<JournalEntry, 'host' | 'name' | 'what' | 'input' | 'without' | 'cloneOf'>

/** What one creation writes down. It never fails: without a note only what is left behind is not known later. */
export interface CreationNote {
  /** Before the host is asked for it. */
  begins(item: JournalItem): Promise<void>
  /** It is there. `insteadOf`: the host gave it another name. */
  made(item: JournalItem, insteadOf?: JournalItem): Promise<void>
  gone(item: JournalItem): Promise<void>
  /** All of it is a VM now, but for `rest`. */
  done(rest?: readonly JournalItem[]): Promise<void>
  /** It has failed, and what is left stays in the journal. */
  ended(): Promise<void>
}

export class CreationJournal {
  readonly #path: string
  readonly #now: () => number
  readonly #entries: Promise<JournalEntry[]>
  readonly #running = new Set<string>()
  readonly #onChange: (host: HostId) => void
  #last: Promise<void> = Promise.resolve()

  constructor(directory: string, parts: { onChange?: (host: HostId) => void; now?: () => number } = {}) {
    this.#path = join(directory, 'unfinished-creations.json')
    this.#now = parts.now ?? Date.now
    this.#onChange = parts.onChange ?? (() => undefined)
    this.#entries = this.#read()
  }

  /** Those of a host that nobody works on any more. */
  async of(host: HostId): Promise<readonly JournalEntry[]> {
    return (await this.#entries).filter((one) => one.host === host && !this.#running.has(one.id))
  }

  async remove(host: HostId, id: string): Promise<void> {
    await this.#change((entries) => entries.filter((one) => one.host !== host || one.id !== id))
    this.#onChange(host)
  }

  /** What is left of an entry after some of it has gone. */
  async keepOnly(host: HostId, id: string, items: readonly JournalItem[]): Promise<void> {
    await this.#change((entries) =>
      entries.map((one) => (one.host === host && one.id === id ? { ...one, made: [...items] } : one)),
    )
    this.#onChange(host)
  }

  async forgetHost(host: HostId): Promise<void> {
    if ((await this.#entries).some((one) => one.host === host))
      await this.#change((entries) => entries.filter((one) => one.host !== host))
  }

  /** Nothing is written before something is begun. */
  open(about: NewEntry): CreationNote {
    const id = randomUUID()
    const startedAtMs = this.#now()
    this.#running.add(id)
    const put = (change: (items: JournalItem[]) => JournalItem[], claims?: JournalItem): Promise<void> =>
      this.#change((entries) => {
        const before = entries.find((one) => one.id === id)
        const items = change(before?.made ?? [])
        // its name was free when this creation began, so what an older one wrote down of it never came to be
        const others = entries
          .filter((one) => one.id !== id)
          .map((one) =>
            claims && one.host === about.host
              ? { ...one, made: one.made.filter((item) => !isSame(item, claims)) }
              : one,
          )
        if (items.length === 0) return others
        return [...others, { ...about, id, startedAtMs, lastAtMs: this.#now(), made: items }]
      })
    const end = (): void => {
      if (this.#running.delete(id)) this.#onChange(about.host)
    }
    return {
      begins: (item) => put((items) => [...without(items, item), item], item),
      // told late, it may have gone or become a part of the VM meanwhile
      made: (item, insteadOf = item) =>
        put((items) =>
          items.some((one) => isSame(one, item) || isSame(one, insteadOf))
            ? items.flatMap((one) => (isSame(one, item) || isSame(one, insteadOf) ? [item] : [one]))
            : items,
        ),
      gone: (item) => put((items) => without(items, item)),
      done: async (rest = []) => {
        await put((items) => items.filter((item) => rest.some((one) => isSame(item, one))))
        if (rest.length === 0) end()
      },
      ended: async () => end(),
    }
  }

  async #change(change: (entries: JournalEntry[]) => JournalEntry[]): Promise<void> {
    const entries = await this.#entries
    const next = change(entries).filter((one) => one.made.length > 0)
    entries.splice(0, entries.length, ...next.slice(-limit))
    await this.#write()
  }

  /** One that cannot be read is an empty list: what is lost is only what it would have reminded of. */
  async #read(): Promise<JournalEntry[]> {
    try {
      const text = (await readTextFile(this.#path)) ?? '[]'
      const found: unknown = JSON.parse(text)
      if (!Array.isArray(found)) return []
      return found.flatMap((one) => {
        const read = entry.safeParse(one)
        return read.success ? [read.data] : []
      })
    } catch {
      return []
    }
  }

  /** One writer at a time, each with the list as it is when its turn comes. A disk that is full keeps no VM from being made. */
  #write(): Promise<void> {
    const write = async (): Promise<void> =>
      writeFileAtomically(this.#path, JSON.stringify(await this.#entries, null, 2))
    this.#last = this.#last.then(write, write).catch(() => undefined)
    return this.#last
  }
}

export function isSame(a: JournalItem, b: JournalItem): boolean {
  if (a.kind === 'vm' || b.kind === 'vm') return a.kind === 'vm' && b.kind === 'vm' && a.vm === b.vm
  return a.pool === b.pool && a.volume === b.volume
}

function without(items: readonly JournalItem[], item: JournalItem): JournalItem[] {
  return items.filter((one) => !isSame(one, item))
}
