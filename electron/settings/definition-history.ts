/**
 * What was changed in definitions through Innkeeper, kept on this computer so that any earlier one can be brought back.
 * Definitions come here without their secrets.
 */
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../shared/errors'
import type { HistoryEntry } from '../../shared/model/hardware/view'
import type { VmRef } from '../../shared/model/ids'
import { readTextFile, writeFileAtomically } from './json-file'

/** Of one VM; the oldest go first. */
const maxEntries = 100
const maxCharacters = 8_000_000

const entries = z.array(
  z.object({
    id: z.string(),
    atMs: z.number(),
    title: z.string(),
    commands: z.array(z.string()),
    before: z.string(),
    after: z.string(),
  }),
)

export class DefinitionHistory {
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly directory: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** Newest first. A file that cannot be read is an empty history: nothing depends on it. */
  async list(vm: VmRef): Promise<HistoryEntry[]> {
    const text = await readTextFile(this.#path(vm))
    if (text === undefined) return []
    try {
      const found = entries.safeParse(JSON.parse(text))
      return found.success ? found.data : []
    } catch {
      return []
    }
  }

  /** One writer at a time, so that two changes at once lose neither. */
  add(vm: VmRef, entry: Omit<HistoryEntry, 'id' | 'atMs'>): Promise<void> {
    const write = async (): Promise<void> => {
      const all = [{ id: randomUUID(), atMs: this.now(), ...entry }, ...(await this.list(vm))].slice(
        0,
        maxEntries,
      )
      let text = JSON.stringify(all)
      while (text.length > maxCharacters && all.length > 1) {
        all.pop()
        text = JSON.stringify(all)
      }
      await writeFileAtomically(this.#path(vm), text)
    }
    const done = this.#last.then(write, write)
    this.#last = done.catch(() => undefined)
    return done
  }

  #path({ host, vm }: VmRef): string {
    // a host's id comes from the window and becomes the name of a folder
    if (!/^[\w-]+$/.test(host)) throw new AppError('invalid', 'This is not the id of a host')
    return join(this.directory, 'history', host, `${vm}.json`)
  }
}
