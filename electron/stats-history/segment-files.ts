import { mkdir, readdir, readFile, rm, appendFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  fileHead,
  readSegment,
  rowsBlock,
  seriesBlock,
  type SeriesName,
  type StoredRow,
} from './segment-format'
import { tiers } from './tiers'

/** A tier's past lies in about so many files, of which the oldest goes when it is older than the tier reaches. */
const filesPerTier = 8
/** Of one tier; whatever the number of VMs, the disk is not filled. */
const maxTierBytes = 400_000_000
/** Main does something else after so many rows. */
const rowsPerTurn = 4_000

const nameOf = (tier: number, startMs: number): string => `${tiers[tier]?.stepMs ?? 0}-${startMs}.stats`

interface Segment {
  readonly path: string
  readonly startMs: number
  readonly known: Set<number>
}

/** The files of the past: each tier has its own, begun anew with each run of the app and after an eighth of its time. */
export class SegmentFiles {
  readonly #directory: string
  readonly #now: () => number
  readonly #open = new Map<number, Segment>()

  constructor(directory: string, now: () => number) {
    this.#directory = directory
    this.#now = now
  }

  /** `nameOf`: series by their number. */
  async append(
    tier: number,
    rows: readonly StoredRow[],
    seriesOf: (number: number) => SeriesName | undefined,
  ): Promise<void> {
    if (rows.length === 0) return
    const blocks: Buffer[] = []
    const segment = await this.#segment(tier, blocks)
    const fresh = new Set(rows.map(({ number }) => number).filter((number) => !segment.known.has(number)))
    const names = [...fresh].flatMap((number) => seriesOf(number) ?? [])
    if (names.length > 0) blocks.push(seriesBlock(names))
    blocks.push(rowsBlock(rows))
    try {
      await appendFile(segment.path, Buffer.concat(blocks), { mode: 0o600 })
      for (const { number } of names) segment.known.add(number)
    } catch (error) {
      // half of a block may be there: what follows it would never be read
      this.#open.delete(tier)
      throw error
    }
  }

  async #segment(tier: number, blocks: Buffer[]): Promise<Segment> {
    const nowMs = this.#now()
    const open = this.#open.get(tier)
    if (open && nowMs - open.startMs < spanMs(tier)) return open
    await mkdir(this.#directory, { recursive: true, mode: 0o700 })
    const segment = {
      path: join(this.#directory, nameOf(tier, nowMs)),
      startMs: nowMs,
      known: new Set<number>(),
    }
    this.#open.set(tier, segment)
    blocks.push(fileHead())
    await this.#removeOld()
    return segment
  }

  /** Reads all that is there, oldest first, a little at a time. What cannot be read is passed over. */
  async read(
    found: (tier: number, key: string, figures: readonly string[], row: StoredRow) => void,
  ): Promise<void> {
    await this.#removeOld()
    for (const { path, tier } of await this.#files()) {
      const file = await readFile(path).catch(() => undefined)
      if (!file) continue
      const names = new Map<number, SeriesName>()
      let rows = 0
      const blocks = readSegment(file, {
        series: (name) => names.set(name.number, name),
        row: (row) => {
          rows += 1
          const name = names.get(row.number)
          if (name) found(tier, name.key, name.figures, row)
        },
      })
      for (const _ of blocks) {
        if (rows < rowsPerTurn) continue
        rows = 0
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
  }

  async sizeBytes(): Promise<number> {
    const files = await this.#files()
    return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  }

  async #removeOld(): Promise<void> {
    const nowMs = this.#now()
    const sizes = new Map<number, number>()
    for (const { path, tier, startMs, sizeBytes } of (await this.#files()).toReversed()) {
      const size = (sizes.get(tier) ?? 0) + sizeBytes
      sizes.set(tier, size)
      const { stepMs, slots } = tiers[tier] ?? { stepMs: 0, slots: 0 }
      if (nowMs - startMs - spanMs(tier) > stepMs * slots || size > maxTierBytes)
        await rm(path, { force: true })
    }
  }

  async #files(): Promise<{ path: string; tier: number; startMs: number; sizeBytes: number }[]> {
    const names = await readdir(this.#directory).catch(() => [])
    const files = await Promise.all(
      names.map(async (name) => {
        const [, stepMs, startMs] = /^(\d+)-(\d+)\.stats$/.exec(name) ?? []
        const tier = tiers.findIndex((one) => one.stepMs === Number(stepMs))
        const path = join(this.#directory, name)
        const found = tier < 0 ? undefined : await stat(path).catch(() => undefined)
        return found && { path, tier, startMs: Number(startMs), sizeBytes: found.size }
      }),
    )
    return files.filter((file) => file !== undefined).toSorted((a, b) => a.startMs - b.startMs)
  }
}

function spanMs(tier: number): number {
  const { stepMs, slots } = tiers[tier] ?? { stepMs: 0, slots: 0 }
  return (stepMs * slots) / filesPerTier
}
