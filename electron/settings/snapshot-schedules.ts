/**
 * Schedules of snapshots, kept on this computer, each with the snapshots that it made: only these may it delete. A file
 * that cannot be read is put aside, as whoever relies on a schedule would miss it.
 */
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError, errorData } from '../../shared/errors'
import { hostId, vmId, type HostId, type VmRef } from '../../shared/model/ids'
import { schedule, scheduleOutcomes, type ScheduleResult } from '../../shared/model/snapshots/schedule'
import { readTextFile, writeFileAtomically } from './json-file'
import { storedError } from './stored-error'

const result: z.ZodType<ScheduleResult> = z.object({
  atMs: z.number(),
  outcome: z.enum(scheduleOutcomes),
  name: z.string().exactOptional(),
  times: z.number().exactOptional(),
  error: storedError.exactOptional(),
  note: z.string().exactOptional(),
})

/** Without a time it was asked for, and nobody has seen it yet: Innkeeper ended meanwhile. */
const ownSnapshot = z.object({ name: z.string(), createdAtMs: z.number().exactOptional() })
export type OwnSnapshot = z.output<typeof ownSnapshot>

const stored = z.object({
  host: hostId,
  vm: vmId,
  schedule,
  /** Up to this time all is dealt with. */
  handledMs: z.number(),
  last: result.exactOptional(),
  own: z.array(ownSnapshot),
})
export type StoredSchedule = z.output<typeof stored>

export class SnapshotSchedules {
  readonly #path: string
  #all: readonly StoredSchedule[]
  #last: Promise<void> = Promise.resolve()

  private constructor(path: string, all: readonly StoredSchedule[]) {
    this.#path = path
    this.#all = all
  }

  static async open(directory: string): Promise<SnapshotSchedules> {
    const path = join(directory, 'snapshot-schedules.json')
    return new SnapshotSchedules(path, await read(path))
  }

  list(): readonly StoredSchedule[] {
    return this.#all
  }

  get(ref: VmRef): StoredSchedule | undefined {
    return this.#all.find((one) => isSame(one, ref))
  }

  /** Counts at once; the promise ends when it is on disk. */
  put(entry: StoredSchedule): Promise<void> {
    return this.#set([...this.#all.filter((one) => !isSame(one, entry)), entry])
  }

  /** One that was removed meanwhile stays removed. What cannot be written counts all the same while Innkeeper runs. */
  async change(ref: VmRef, part: Partial<StoredSchedule>): Promise<void> {
    if (!this.get(ref)) return
    await this.#set(this.#all.map((one) => (isSame(one, ref) ? { ...one, ...part } : one))).catch(
      () => undefined,
    )
  }

  /** As `change`. */
  async move(ref: VmRef, host: HostId): Promise<void> {
    await this.#set(this.#all.map((one) => (isSame(one, ref) ? { ...one, host } : one))).catch(
      () => undefined,
    )
  }

  remove(ref: VmRef): Promise<void> {
    return this.#set(this.#all.filter((one) => !isSame(one, ref)))
  }

  async forgetHost(host: HostId): Promise<void> {
    if (this.#all.some((one) => one.host === host))
      await this.#set(this.#all.filter((one) => one.host !== host))
  }

  #set(all: readonly StoredSchedule[]): Promise<void> {
    this.#all = all
    const write = async (): Promise<void> => {
      try {
        await writeFileAtomically(this.#path, JSON.stringify(this.#all, null, 2))
      } catch (error) {
        throw new AppError('internal', 'The schedule could not be kept on this computer', {
          cure: `Check that ${this.#path} can be written and that the disk is not full`,
          detail: errorData(error).detail,
          cause: error,
        })
      }
    }
    this.#last = this.#last.then(write, write)
    return this.#last
  }
}

const isSame = (one: VmRef, other: VmRef): boolean => one.host === other.host && one.vm === other.vm

async function read(path: string): Promise<readonly StoredSchedule[]> {
  const text = await readTextFile(path).catch(() => undefined)
  if (text === undefined) return []
  const checked = z.array(stored).safeParse(parsed(text))
  if (checked.success) return checked.data
  await rename(path, `${path}.bad`).catch(() => undefined)
  return []
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
