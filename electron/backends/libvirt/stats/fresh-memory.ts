/**
 * Whether what a guest says of its memory is still true. The balloon keeps the last report for ever, also when the guest
 * has gone silent or is never asked; what tells is the time of the report, by the host's clock, which may differ from
 * ours. So a report counts only once a newer one was seen to come, and as long as they go on coming.
 */
interface Seen {
  readonly updateSeconds: number
  readonly changedAtMs: number
  /** Between the last two reports; undefined before a second one came. */
  readonly intervalMs: number | undefined
}

const shortestMs = 15_000
const longestMs = 120_000
/** Reports may be late, as the guest has more to do than to answer. */
const missedReports = 3

export class FreshMemory {
  readonly #seen = new Map<string, Seen>()
  readonly #now: () => number

  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** `updateSeconds`: libvirt's balloon.last-update. */
  isFresh(id: string, updateSeconds: number | undefined): boolean {
    if (updateSeconds === undefined || updateSeconds === 0) return false
    const nowMs = this.#now()
    const before = this.#seen.get(id)
    if (before?.updateSeconds === updateSeconds) {
      const patienceMs = Math.min(longestMs, Math.max(shortestMs, missedReports * (before.intervalMs ?? 0)))
      return before.intervalMs !== undefined && nowMs - before.changedAtMs <= patienceMs
    }
    const intervalMs = before && (updateSeconds - before.updateSeconds) * 1000
    // one that went backwards is of another run of the VM, or of a clock that was set
    const isNewer = intervalMs !== undefined && intervalMs > 0
    this.#seen.set(id, { updateSeconds, changedAtMs: nowMs, intervalMs: isNewer ? intervalMs : undefined })
    return isNewer
  }

  /** Forgets the VMs that no longer run. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#seen.keys()) if (!ids.has(id)) this.#seen.delete(id)
  }
}
