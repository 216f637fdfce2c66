import { vmKey, type VmRef } from '../../../shared/model/ids'

export interface PictureRoundsParts {
  /** Ends when the picture is there, or is not to be had. */
  take(ref: VmRef): Promise<void>
  nowMs(): number
  /** Runs it later; answers what takes that back. */
  later(run: () => void, delayMs: number): () => void
}

/** A picture is this old before there is another. */
const calmMs = 3000
/** A host is busy with pictures for a tenth of the time at most: a slow one is asked more rarely. */
const restPerWork = 9
/** For half of it while there are VMs that have none yet. */
const restPerFirst = 1
const longestRestMs = 60_000
/** Over all hosts. */
const maxAtOnce = 4

interface Tile {
  readonly ref: VmRef
  takenAtMs: number
}

/**
 * Whose picture is taken when. Only of those that are on screen; one at a time on each host, as pictures are work of the
 * hypervisor's main loop; the one that was taken longest ago first.
 */
export class PictureRounds {
  readonly #parts: PictureRoundsParts
  #tiles = new Map<string, Tile>()
  readonly #busy = new Set<string>()
  /** Of the last picture of each host. */
  readonly #last = new Map<string, { readonly endedAtMs: number; readonly tookMs: number }>()
  #takeBack: (() => void) | undefined
  #isStopped = false

  constructor(parts: PictureRoundsParts) {
    this.#parts = parts
  }

  /** These are on screen now, and no others. */
  show(refs: readonly VmRef[]): void {
    this.#tiles = new Map(
      refs.map((ref) => {
        const key = vmKey(ref)
        return [key, this.#tiles.get(key) ?? { ref, takenAtMs: Number.NEGATIVE_INFINITY }]
      }),
    )
    this.#look()
  }

  stop(): void {
    this.#isStopped = true
    this.#takeBack?.()
  }

  #look(): void {
    this.#takeBack?.()
    this.#takeBack = undefined
    if (this.#isStopped) return
    const nowMs = this.#parts.nowMs()
    const waiting = [...this.#tiles.values()]
      .filter(({ ref }) => !this.#busy.has(ref.host))
      .map((tile) => ({ tile, atMs: this.#dueAtMs(tile) }))
      .toSorted((a, b) => a.tile.takenAtMs - b.tile.takenAtMs)
    for (const { tile, atMs } of waiting) {
      if (this.#busy.size >= maxAtOnce) return
      if (atMs <= nowMs && !this.#busy.has(tile.ref.host)) void this.#take(tile)
    }
    const next = Math.min(
      ...waiting.filter(({ tile }) => !this.#busy.has(tile.ref.host)).map(({ atMs }) => atMs),
    )
    if (Number.isFinite(next)) this.#takeBack = this.#parts.later(() => this.#look(), next - nowMs)
  }

  #dueAtMs({ ref, takenAtMs }: Tile): number {
    const last = this.#last.get(ref.host)
    if (!last) return takenAtMs + calmMs
    const rest = takenAtMs === Number.NEGATIVE_INFINITY ? restPerFirst : restPerWork
    return Math.max(takenAtMs + calmMs, last.endedAtMs + Math.min(longestRestMs, last.tookMs * rest))
  }

  async #take(tile: Tile): Promise<void> {
    const { host } = tile.ref
    const beganAtMs = this.#parts.nowMs()
    this.#busy.add(host)
    tile.takenAtMs = beganAtMs
    try {
      await this.#parts.take(tile.ref)
    } finally {
      const endedAtMs = this.#parts.nowMs()
      this.#last.set(host, { endedAtMs, tookMs: endedAtMs - beganAtMs })
      this.#busy.delete(host)
      this.#look()
    }
  }
}
