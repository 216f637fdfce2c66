import { errorData, type ErrorData } from '../../../shared/errors'
import type { Api } from '../../../shared/ipc/contract'
import type { HostId } from '../../../shared/model/ids'
import type { Volume, VolumeName } from '../../../shared/model/storage/volume'

/** One line of the table: what is known at once, and what was read of it since. */
export interface VolumeRow extends VolumeName {
  readonly details?: Volume
}

export interface VolumeRows {
  /** Undefined until the names are there. */
  readonly rows?: readonly VolumeRow[]
  /** The host has more than it told. */
  readonly isTruncated: boolean
  /** The names could not be read. */
  readonly error?: ErrorData
  /** Some details could not be read. */
  readonly detailsError?: ErrorData
  /** So many lines still wait for their details. */
  readonly missing: number
}

export const noRows: VolumeRows = { isTruncated: false, missing: 0 }

/** So many are asked for at once; more would keep the host from answering others. */
const batchSize = 200
/** Scrolling on and on must not ask for every line that flew by. */
const settleMs = 40
/** Known details are read again only when changes have calmed down. */
const quietMs = 1500
/** In a larger pool they are read again line by line as they come into view: each change would cost thousands of reads. */
const mostReadAgain = 500

type Ask = Pick<Api['storage'], 'volumeNames' | 'volumeDetails'>

interface Parts {
  readonly target: { readonly host: HostId; readonly pool: string }
  readonly ask: Ask
  readonly first: VolumeRows
  readonly onChange: (rows: VolumeRows) => void
}

/**
 * Reads a pool of any size without anybody having to wait: all names in one call, then details in batches, those in
 * view before the others, one call at a time. Stops when nobody looks any more.
 */
export class VolumeLoader {
  readonly #parts: Parts
  #state: VolumeRows
  /** Names of lines that are in view. */
  readonly #wanted = new Map<string, number>()
  /** Names whose details are from before a change. */
  #stale = new Set<string>()
  #quietAtMs = 0
  #isStopped = false
  #isRunning = false
  #reading = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(parts: Parts) {
    this.#parts = parts
    this.#state = parts.first
  }

  /** Reads the names, and the details of what is new; what is known stays and is read again later. */
  async reload(): Promise<void> {
    const { target, ask } = this.#parts
    this.#reading += 1
    const turn = this.#reading
    try {
      const { volumes, isTruncated } = await ask.volumeNames(target)
      if (this.#isStopped || turn !== this.#reading) return
      const known = new Map(this.#state.rows?.map((row) => [row.name, row]))
      this.#stale = new Set(volumes.flatMap(({ name }) => (known.get(name)?.details ? name : [])))
      this.#quietAtMs = Date.now() + quietMs
      // a known line stays the same object, so that it is not drawn again
      const rows = volumes.map((volume): VolumeRow => {
        const row = known.get(volume.name)
        return row?.key === volume.key ? row : volume
      })
      this.#put({ rows, isTruncated, missing: rows.filter((row) => !row.details).length })
      this.#wake()
    } catch (error) {
      if (this.#isStopped || turn !== this.#reading) return
      this.#put({ ...this.#state, error: errorData(error) })
    }
  }

  /** A line came into view; returns what tells that it left. */
  want(name: string): () => void {
    this.#wanted.set(name, (this.#wanted.get(name) ?? 0) + 1)
    this.#wake()
    return () => {
      const count = (this.#wanted.get(name) ?? 1) - 1
      if (count === 0) this.#wanted.delete(name)
      else this.#wanted.set(name, count)
    }
  }

  /** After a failure. */
  retry(): void {
    const { detailsError: _, ...rest } = this.#state
    this.#put(rest)
    this.#wake()
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  #wake(afterMs = settleMs): void {
    if (this.#isStopped || this.#isRunning || this.#state.rows === undefined) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#run(), afterMs)
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (!this.#isStopped && this.#state.detailsError === undefined) {
      const names = this.#next()
      if (names.length === 0) break
      await this.#read(names)
    }
    this.#isRunning = false
    const waitMs = this.#quietAtMs - Date.now()
    if (this.#stale.size > 0 && this.#isSmall() && this.#state.detailsError === undefined)
      this.#wake(Math.max(settleMs, waitMs))
  }

  /** In view first, then the rest from the top; what is known from before comes last, and only in quiet times. */
  #next(): string[] {
    const rows = this.#state.rows ?? []
    const missing = rows.filter((row) => !row.details)
    const inView = missing.filter(({ name }) => this.#wanted.has(name))
    if (inView.length > 0) return namesOf(inView)
    const staleInView = rows.filter(({ name }) => this.#stale.has(name) && this.#wanted.has(name))
    if (staleInView.length > 0) return namesOf(staleInView)
    if (missing.length > 0) return namesOf(missing)
    if (!this.#isSmall() || Date.now() < this.#quietAtMs) return []
    return namesOf(rows.filter(({ name }) => this.#stale.has(name)))
  }

  #isSmall(): boolean {
    return (this.#state.rows?.length ?? 0) <= mostReadAgain
  }

  async #read(names: readonly string[]): Promise<void> {
    const { target, ask } = this.#parts
    const turn = this.#reading
    try {
      const { volumes, error } = await ask.volumeDetails({ ...target, names: [...names] })
      if (this.#isStopped) return
      for (const name of names) this.#stale.delete(name)
      const found = new Map(volumes.map((volume) => [volume.name, volume]))
      const asked = new Set(names)
      // what the host left out is gone, unless it could not tell all
      const rows = (this.#state.rows ?? []).flatMap((row) => {
        const details = found.get(row.name)
        if (details) return { name: row.name, key: row.key, details }
        return error === undefined && asked.has(row.name) && turn === this.#reading ? [] : row
      })
      this.#put({
        ...this.#state,
        rows,
        missing: rows.filter((row) => !row.details).length,
        ...(error === undefined ? {} : { detailsError: error }),
      })
    } catch (error) {
      if (!this.#isStopped) this.#put({ ...this.#state, detailsError: errorData(error) })
    }
  }

  #put(state: VolumeRows): void {
    this.#state = state
    this.#parts.onChange(state)
  }
}

function namesOf(rows: readonly VolumeRow[]): string[] {
  return rows.slice(0, batchSize).map(({ name }) => name)
}
